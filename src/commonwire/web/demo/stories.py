"""What happened in Alder Bend, and was sorted; the rest came in today."""

from dataclasses import replace

from commonwire.web.demo.stories_of_the_river import RIVER
from commonwire.web.demo.stories_of_work import WORK
from commonwire.web.demo.stories_to_look_at import TO_LOOK_AT
from commonwire.web.demo.story import Part, Picture, Story

TOPICS = (
    ("labor", "Labor & Workers"),
    ("housing", "Housing"),
    ("health", "Health"),
    ("schools", "Schools & Libraries"),
    ("environment", "River & Environment"),
    ("culture", "Arts & Festivals"),
    ("transport", "Transport"),
)
REGIONS = (
    ("east-bank", "East Bank"),
    ("west-bank", "West Bank"),
    ("old-mill", "Old Mill"),
    ("valley", "The Valley"),
)


# A heading and the text below it, for each page.
OFFER = (
    """Bend Transit Company
To the committee of Local 41

Our offer, in short:

1. The night lines 7 and 12 end on the last day of the month.
   In their place there will be an on-call service, subject
   to availability.

2. The break between two runs is eleven minutes.

3. Wages rise by 1.5 % in the first year and by 1 % in the
   second.
""",
    """Page 2
4. The part-time contracts of eleven mechanics are extended
   until the end of the season.

5. This offer stands until Friday at noon.

For the company,
the directors
""",
)

STRIKE = Story(
    hours=3,
    kind="release",
    title="Bend Transit drivers vote 214 to 9 to strike from Monday",
    byline="Alder Bend Transit Workers, Local 41",
    summary=(
        "Drivers and mechanics say the last offer cuts the night lines and the "
        "breaks between runs. Talks go on through the weekend."
    ),
    topics=("labor", "transport"),
    regions=("east-bank", "west-bank"),
    wire_class="local",
    feature="Night buses are the sticking point as drivers vote to walk out",
    related_url="https://local41.example/offer-in-full",
    body="""\
ALDER BEND — Drivers and mechanics of Bend Transit voted on Thursday night, 214
to 9, to stop work from 4 a.m. on Monday unless the company withdraws its plan
to end the night lines 7 and 12 and to shorten the break between two runs to
eleven minutes.

“Eleven minutes is not a break, it is the time it takes to find out that the
toilet at the terminus is locked,” said Wilhelmina Okafor-Strand, who has driven
the 12 for nineteen years and chairs the local’s committee. “We do not want to
strike. We want to drive the buses that bring the night shift home.”

The company carried 2.1 million passengers last year, 4 % more than the year
before. Its own count says that 340 people a night use the two lines it wants to
end, most of them on the way to or from the clinic and the cold store.

The drivers demand:

• that lines 7 and 12 run all night, as they do now
• a break of at least twenty minutes after every third run
• a key to the toilet at each terminus
• that the eleven part-time mechanics are taken on for good

## If there is a strike

Local 41 will run six vans for people who must reach the clinic, free of charge,
from the corner of Ferry Street and Mill Lane. Those who need one can leave a
message at the number below by 8 p.m. the day before.

Talks continue on Saturday at 10 a.m. in the old ferry house. They are open to
the press.

###

Alder Bend Transit Workers, Local 41, speaks for 231 drivers and mechanics on
both banks of the river. It was founded by tram conductors in 1911.

Press contact:
Tobias Fennimore-Adeyemi
555 0141
press@local41.example
""",
    pictures=(
        Picture(
            "depot",
            "A crowd with placards stands in front of three buses at sunrise",
            "Drivers at the Ferry Street depot after the count",
        ),
    ),
    addenda=(
        Part(
            "What the offer says about the night lines",
            byline="Local 41",
            body="""\
The offer, on page 4, replaces both lines with “an on-call service subject to
availability”. It does not say how many cars there would be, or what a ride
would cost.
""",
            related_url="https://local41.example/offer-in-full",
            pictures=(
                Picture(
                    "offer.pdf",
                    "Two pages of a letter to the local",
                    "The company’s letter of Wednesday",
                    "Local 41",
                ),
            ),
        ),
        Part(
            "Passengers on the 12, on film",
            byline="Mill Lane Video Group",
            body="https://videos.example.org/w/3kqT9vZcXn5mPp7rWs2yBd\n\n"
            "Four minutes, with captions. Filmed on the last run on Wednesday.",
        ),
        Part(
            "Riders’ meeting on Sunday",
            byline="Bend Riders’ Circle",
            body="""\
Riders meet on Sunday at 3 p.m. under the bridge, West Bank side. Bring a chair
and, if you can, soup.
""",
            pictures=(
                Picture(
                    "bridge",
                    "A footbridge over the river in evening light, people walking home",
                    "The footbridge, where the 12 turns",
                ),
            ),
        ),
    ),
)

LIBRARY = Story(
    hours=16,
    title="River in the reading room: forty people carry out the children’s library",
    byline="Noor Castellane",
    summary=(
        "The Alder came over the steps at six in the morning. By noon a chain of "
        "neighbours had moved nine thousand books across the square."
    ),
    topics=("schools", "environment"),
    regions=("old-mill",),
    wire_class="local",
    feature="Forty people, nine thousand books, one very long chain",
    body="""\
The water stood at the third step when the caretaker came at six, and at the
reading-room door by seven. There was no plan for it. There was a telephone list
of the Saturday story hour, and that turned out to be a plan.

By eight there were forty people on the square, in a chain from the side door to
the school hall. Books went from hand to hand: picture books first, for they
stand on the lowest shelves.

> “You could tell who had been read which one,” said Ottoline Brandt, 71. “They
> stopped, looked at the cover, and only then passed it on.”

The town’s archive, in the cellar, is under water. The librarian, Casimir
Oyelaran, thinks that two thirds can be dried.

## What is needed now

1. Blotting paper, clean and white, any amount
2. Fans and dehumidifiers, to be left at the school gate
3. Hands, from 9 to 5, in shifts of two hours

The *story hour* takes place on Saturday all the same, in the school hall, at
ten. It will be about a whale.
""",
    pictures=(
        Picture(
            "library",
            "A library with columns stands in brown water, books float in front of it",
            "The old library on Thursday morning",
            "Noor Castellane",
        ),
        Picture(
            "chain",
            "A long line of people hand books along the edge of the flooded square",
            "From the side door to the school hall",
            "Noor Castellane",
        ),
    ),
    addenda=(
        Part(
            "The water is falling",
            byline="Noor Castellane",
            body="At nine in the evening it was back at the second step.",
            pictures=(
                Picture(
                    "flood.mp4",
                    "A slow look across the flooded square, from the steps to the far side",
                    "The square at noon, eight seconds",
                    "Noor Castellane",
                ),
            ),
        ),
    ),
    note="The archive can be saved to two thirds, not to one third.",
)

FAIR = Story(
    hours=30,
    title="Ferry Street belongs to the street again: fair on Saturday",
    byline="Ferry Street Neighbours",
    summary="Sixty stalls, nine bands, no cars, and a parade of wheelbarrows.",
    topics=("culture",),
    regions=("west-bank",),
    wire_class="local",
    feature="No cars, nine bands: the street fair is back",
    related_url="https://fair.example/programme",
    body="""\
After two years without, the Ferry Street fair is back on Saturday, from eleven
until the lamps go out.

There are sixty stalls, among them the seed exchange, the repair table and the
dumplings of the Thuy-Lindqvist sisters, who ask us to say that they bring twice
as many this time.

* 11.00 opening, with the school’s brass band
* 13.00 wheelbarrow parade, from the pump
* 15.30 open stage: put your name on the board by three
* 20.00 dance at the ferry house

The street is level from the pump to the ferry house. A quiet room and a hearing
loop are in number 14.
""",
    pictures=(
        Picture(
            "fair",
            "Striped stalls and bunting fill a street of painted houses",
            "Ferry Street, the year it did not rain",
        ),
        Picture(
            "bell.wav",
            "",
            "The ferry bell, which opens the fair",
        ),
    ),
)

CLINIC = Story(
    hours=52,
    kind="release",
    title="Old Mill Clinic opens in the evening, four days a week",
    byline="Old Mill Community Clinic",
    summary="From the first of the month until nine at night, no appointment needed.",
    topics=("health",),
    regions=("old-mill", "valley"),
    wire_class="local",
    body="""\
OLD MILL — The community clinic stays open until nine in the evening from Monday
to Thursday, beginning on the first of next month. Nobody needs an appointment
after five, and nobody is asked for papers.

“People who work until six do not get well at two in the afternoon,” said Dr.
Marisol Tan-Everhart, who runs the practice with two nurses and a midwife.

Hours from the first:

• Monday to Thursday, 8 a.m. to 9 p.m.
• Friday, 8 a.m. to 4 p.m.
• Saturday, 10 a.m. to 1 p.m., children first

Interpreters for Spanish, Arabic and sign language are there on Tuesdays; on
other days by telephone.

-30-
""",
    pictures=(
        Picture(
            "clinic",
            "A lit white clinic at dusk, people wait in front of its door",
            "The clinic on its first trial evening",
        ),
    ),
)

SCHOOL = Story(
    hours=27,
    title="School board counts votes twice, gets two results, counts again",
    byline="Gallery Bench",
    summary="The third count agreed with the first. The minutes mention neither.",
    topics=("schools",),
    regions=("east-bank",),
    wire_class="local",
    body="""\
The board decided on Tuesday, 4 to 3, to keep the kitchen at Weir School. Or it
decided the other way: the first count had four hands, the second three.

A third count, with names, had four. It was moved to strike the second from the
minutes, and nobody could remember whether it was in them.
""",
)

GOLD = Story(
    hours=70,
    title="BUY GOLD NOW!!! guaranteed 900 % in one week",
    body="Cheap gold, best price, ask for the catalogue.",
)

OTHERS = (
    Story(
        hours=1.2,
        title="Water still over the towpath between the lock and the mill",
        byline="a cyclist",
        body="Passable on foot in boots on the wall side. Do not take the children.",
        topics=("environment",),
        regions=("old-mill",),
    ),
    Story(
        hours=2.1,
        title="Lost: brown dog with one white ear, answers to “Professor”",
        body="Last seen near the seed exchange. He likes cheese and does not like hats.",
        regions=("west-bank",),
        waiting=True,
    ),
    Story(
        hours=6,
        title="Rent meeting fills the ferry house: 120 tenants compare letters",
        byline="Tenants of Weir Terrace",
        summary="The same letter, with the same mistake in it, went to every flat.",
        topics=("housing",),
        regions=("east-bank",),
        wire_class="local",
        body="""\
Everybody brought the letter. It announces a rise of 11 % “in line with the
index”, and it names the wrong index: the one for office space.

The meeting chose nine people who will write back together. Whoever has not yet
answered should wait for that.
""",
    ),
    Story(
        hours=9,
        title="اجتماع مفتوح عن خطوط الحافلات الليلية يوم الأحد",
        byline="لجنة الجيران",
        summary="ندعو جميع الركّاب والعاملات والعمّال في المناوبة الليلية إلى الحضور.",
        language="ar",
        topics=("transport", "labor"),
        regions=("west-bank",),
        body="""\
نلتقي يوم الأحد في الساعة الثالثة تحت الجسر، من جهة الضفة الغربية، للحديث عن
مستقبل الخطين 7 و12.

* الترجمة متوفرة إلى الإنجليزية والإسبانية
* مكان للأطفال مع قصص ورسم

أهلاً وسهلاً بالجميع.
""",
    ),
    Story(
        hours=21,
        title="Huertos del Molino: reparto de plantones este domingo",
        byline="Huertos del Molino",
        summary="Tomates, acelgas y tres clases de pimiento, a cambio de lo que se pueda.",
        language="es",
        topics=("environment",),
        regions=("valley",),
        wire_class="other",
        body="""\
Repartimos plantones de diez a una en la puerta del huerto. Traed macetas vacías.

Si llueve, estaremos bajo el puente.
""",
        pictures=(
            Picture(
                "garden",
                "Tres personas entre hileras de verduras, detrás una casa y colinas",
            ),
        ),
    ),
    SCHOOL,
    Story(
        hours=33,
        title="Port workers in three valleys agree on one set of safety rules",
        byline="Federation of River Ports",
        kind="release",
        summary="No loading by one person, no night shift without a second lamp.",
        topics=("labor",),
        regions=("valley",),
        wire_class="global",
        body="""\
The locals of the Alder, the Tarn and the Upper Ouze have agreed on common
rules for loading. They hold from the first of January on all three rivers.

1. Nobody loads alone.
2. No night shift without a second lamp on the quay.
3. Work stops when the wind gauge at the lock shows forty.

# # #
""",
    ),
    Story(
        hours=41,
        title="A year of measuring: what is in the Alder below the cold store",
        byline="River Watch",
        summary="Fifty-two samples, taken by nine households, and a table anyone may check.",
        topics=("environment", "health"),
        regions=("old-mill",),
        wire_class="global",
        related_url="https://riverwatch.example/fifty-two-samples",
        body="""\
Every Sunday for a year, nine households took a bottle from the river at the
same three places. The laboratory of the valley college tested them for nothing.

## What was found

Ammonia above the limit on 31 of 52 Sundays, always below the outlet and never
above it. On the four Sundays on which the cold store stood still, none.

## What we do not know

Whether it comes from cooling or from cleaning. The company has been asked, in
writing, and has said that it will look into who is responsible for looking.
""",
    ),
    Story(
        hours=60,
        title="The 5:40 ferry will be named after its passengers",
        byline="Ferry House Committee",
        topics=("transport", "culture"),
        regions=("east-bank", "west-bank"),
        wire_class="other",
        body="All of them, in small letters. There are 212. Spellings can be checked "
        "at the ferry house until Friday.",
    ),
    GOLD,
    Story(
        hours=76,
        title="A note that its author took back",
        body="This will be gone.",
        withdrawn=True,
    ),
)
STORIES = (
    STRIKE,
    replace(LIBRARY, first_body=LIBRARY.body.replace("two thirds", "one third")),
    FAIR,
    CLINIC,
    *OTHERS,
    *WORK,
    *RIVER,
    *TO_LOOK_AT,
)

ABOUT = """\
The Bend Wire is the open newswire of Alder Bend, a town that does not exist, on a
river that does not either. Anyone may publish here, without an account.

It is the demo of Commonwire: every post was written, and every picture drawn, to show
what the software does.
"""
POLICY = """\
We list what people of the valley report, announce and ask for. We hide

* advertising
* private data of others
* threats, and calls to harm anybody

A hidden post keeps its address and says that it is hidden.
"""
