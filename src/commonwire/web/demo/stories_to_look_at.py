"""What came in today and gives an editor something to decide: adverts, rumours, too much
about a person, the same twice; and some that only look like it."""

from dataclasses import replace

from commonwire.web.demo.stories_of_work import BAKERY
from commonwire.web.demo.story import Story

RUMOUR = Story(
    hours=0.6,
    title="Mayor’s brother-in-law gets the snow contract, everybody knows it",
    byline="eyes open",
    topics=("transport",),
    body="""\
Everybody knows it and nobody writes it. Ask yourself who has bought a plough. Ask
yourself why the tender ran over a weekend. I say no more.
""",
)

TOO_MUCH = Story(
    hours=1.4,
    title="This is the woman who calls the office about our music",
    byline="the band from the back house",
    body="""\
We play until ten, which is allowed. One person telephones all the same, every week. She
has grey hair, walks a white dog at seven, works at the post office in the mornings and
hangs her keys outside when she waters the flowers. Now you know her too. Say hello.
""",
    regions=("east-bank",),
)

MIRACLE = Story(
    hours=2.4,
    title="Doctors are silent about this simple root",
    body="""\
A miracle cure from the mountains has helped thousands. Knees, sleep, marriage. One jar
for 49, three jars for 99, only until midnight. Orders at https://root-of-life.example/now
and https://root-of-life.example/three.
""",
)

FLATS = Story(
    hours=3.4,
    title="Exclusive riverside living: secure your unit now",
    byline="Alderside Residences",
    kind="release",
    summary="Twelve units of character, from 480,000. Parking optional.",
    topics=("housing",),
    regions=("old-mill",),
    body="""\
Discover a new way of being at home. Alderside Residences brings together heritage and
comfort in the former tannery, with a concierge, a wellness area and views that inspire.

Register your interest today at https://alderside.example/register. The first ten buyers
receive a kitchen upgrade.

###

Sales: sales@alderside.example
""",
)

BOATS = Story(
    hours=4.9,
    title="Whoever moors at the council’s jetty next will find holes in the boat",
    byline="an angler",
    regions=("valley",),
    body="""\
We have asked for years. Now it is enough. The next one who ties up where we fish had
better be able to swim. We know the boats, and we have drills.
""",
)

WHISTLE = Story(
    hours=5.6,
    title="Where the salt for the roads really comes from: what I saw at the depot",
    byline="a driver",
    summary="Bags with another town’s name, at night, without papers.",
    topics=("transport", "environment"),
    regions=("valley",),
    body="""\
I drive for the town. On Tuesday and on Wednesday, after eleven at night, a lorry from
elsewhere stood in the yard and we loaded bags from it into the silo. On the bags stood
the name of a town forty kilometres up the river. The delivery notes were not shown to us.

I do not know whether that is forbidden. Perhaps they had too much and we too little. But
the budget says that we bought 300 tonnes at the full price, and I have counted what was
delivered: I come to a hundred and eighty.

I have photos of the bags and will show them to an editor, not to the internet.
""",
)

TO_LOOK_AT = (
    RUMOUR,
    TOO_MUCH,
    MIRACLE,
    FLATS,
    BOATS,
    WHISTLE,
    # Sent once more, because the first one was not seen at once.
    replace(
        BAKERY, hours=1.5, title="Sunday is won back by the bakers of the East Bank"
    ),
    Story(
        hours=6.4,
        title="Ice on the foot bridge at West Bank side",
        body="Ice on the footbridge again, West Bank side. Sand, please. This is the third one.",
        regions=("west-bank",),
    ),
    Story(
        hours=7.6,
        title="Water still stands over the towpath between lock and mill",
        byline="another cyclist",
        body="""\
Since this morning there are planks on the wall side. One person at a time, and push the
bicycle. The lamp at the bend is out.
""",
        topics=("environment",),
        regions=("old-mill",),
    ),
    Story(
        hours=8.8,
        title="test",
        body="does this work",
    ),
    Story(
        hours=10.1,
        title="Earn from home with your telephone, no experience",
        body="""\
Write to my channel and I explain the system. Yesterday 310, today already 270. My cousin
has bought a car. It is not a scam, a scam would ask for more.
""",
        waiting=True,
    ),
    Story(
        hours=11.2,
        title="Looking for the man who gave me his gloves on the night bus",
        byline="cold hands",
        body="""\
Line 12, Thursday, a quarter past one. You said that you had pockets. I have knitted you a
pair, they are green, and lie at the ferry house under “Gloves”.
""",
        topics=("transport",),
        waiting=True,
    ),
    Story(
        hours=12.9,
        title="WAKE UP ALDER BEND",
        byline="Truthful Citizen",
        body="""\
THEY COUNT THE VOTES TWICE BECAUSE THE FIRST TIME IT IS US WHO COUNT. First the library,
then the bridge, then the fountain. Water! Always water!! Think about it!!!
""",
        waiting=True,
    ),
    Story(
        hours=14.1,
        title="Poem on the closing of the night line",
        byline="Ludmila Osei-Thornbury",
        topics=("culture", "transport"),
        body="""\
The last bus has a yellow light
and room for all the tired of the town.
It does not ask you where you spent the night.
It only asks: how far are you going down?

They say that it is empty. So is air
until you need it. So is every chair.
""",
    ),
    Story(
        hours=17.5,
        title="Correction to what I wrote about the school board yesterday",
        byline="Gallery Bench",
        topics=("schools",),
        regions=("east-bank",),
        body="""\
I wrote that the minutes mention neither count. They mention both, in a footnote, which is
on the back. I have apologised to the secretary, who has been turning pages for thirty
years and was right.
""",
    ),
    Story(
        hours=21.1,
        title="Two kittens, one bridge, no owner",
        body="""\
Under the big bridge, in a fruit crate. One is grey, the other thinks that it is grey. They
are with me now and eat everything. Ask at the repair table for the one with the scarf.
""",
        regions=("west-bank",),
    ),
    Story(
        hours=24.4,
        title="How to write to the wire so that people read to the end",
        byline="somebody who has read it since the beginning",
        summary="Eleven years of the Bend Wire in one page of advice.",
        topics=("culture",),
        body="""\
1. Say what happened, where and when, before you say what it means.
2. One who was there is worth ten who know.
3. If you do not know a number, do not write “many”. Go and count, or write “I did not
   count”.
4. The other side may be wrong, and still has a telephone. Call.
5. Leave out who lives where.
6. When you were mistaken, correct it yourself. It stands you better than being corrected.
7. Stop when you are done.
""",
    ),
    Story(
        hours=26.8,
        title="Who has keys to the old ferry house? An honest question",
        byline="Ferry House Committee",
        topics=("culture",),
        regions=("west-bank",),
        body="""\
There are four keys in the book and, as we noticed on Sunday, at least nine in the town.
We do not want them back. We want to know whom to wake when the pipe bursts.

Sign the list inside the door. Inside, for then we also know that it was one of the nine.
""",
    ),
)
