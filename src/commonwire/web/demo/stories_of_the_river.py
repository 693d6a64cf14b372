"""What came in today about the river, the streets and the stages, and nobody has
sorted."""

from commonwire.web.demo.story import Part, Picture, Story

WEIR = Story(
    hours=0.9,
    title="The weir hums again, and nobody has switched anything on",
    byline="Lock House",
    summary="It is a B flat, about 116 a minute. The lock keeper has an explanation.",
    topics=("environment",),
    regions=("valley",),
    body="""\
Since Tuesday evening the weir hums. One hears it best from the footbridge, with a
hand on the rail: the rail hums too.

The lock keeper, Eustace Nakamura-Pell, says that it happens when the water stands
between 2.10 and 2.14 metres and falls as a sheet, without breaking. Then the air
behind the sheet swings, and the sheet with it. His father put a row of bricks on
the edge, which cured it. The bricks went with the flood.

It is not dangerous. Two dogs disagree.
""",
    pictures=(
        Picture(
            "weir",
            "Water falls as a smooth sheet over a long weir, a small house beside it",
            "The weir at 2.12 metres",
        ),
    ),
)

LANTERNS = Story(
    hours=6.7,
    kind="release",
    title="Lantern walk for the twelve who drowned on the Marigold",
    byline="Ferry House Committee",
    summary="On the eleventh at dusk, from the ferry house to the lock. No speeches.",
    topics=("culture",),
    regions=("east-bank", "west-bank"),
    body="""\
Seventy years ago the ferry *Marigold* went down in fog, two hundred metres from the
landing. Twelve people who were on their way home from the late shift drowned.

We walk their way to the end. At the lock the names are read, and at each name one
lantern is put out. There are no speeches, no flags and no stalls.

Lanterns are made in the ferry house every afternoon from three. Bring jam jars.

###

Contact: committee@ferryhouse.example
""",
    pictures=(
        Picture(
            "lanterns",
            "People with lanterns walk along a dark river in a long line",
            "Last year’s walk",
        ),
    ),
)

RIVER = (
    WEIR,
    LANTERNS,
    Story(
        hours=0.2,
        title="Ice on the footbridge, West Bank side",
        body="Somebody should throw sand. I have thrown ash, it helps a little.",
        regions=("west-bank",),
    ),
    Story(
        hours=1.9,
        title="Sample 53: clear",
        byline="River Watch",
        summary="The cold store stood still on Sunday, and the river says so.",
        topics=("environment",),
        regions=("old-mill",),
        body="""\
We go on. On Sunday the cold store was being defrosted, and there was no ammonia at
any of the three places. That makes five Sundays out of five.

The table has been brought up to date. Who wants to take a bottle in spring: two
households are moving away, and we need two new ones below the outlet.
""",
        related_url="https://riverwatch.example/fifty-three",
    ),
    Story(
        hours=3.2,
        title="The 7 at 22.14: not late, not early, not there",
        byline="Bend Riders’ Circle",
        topics=("transport",),
        regions=("west-bank",),
        body="""\
We stood at the stop under the bridge for fourteen evenings and wrote down when the
22.14 came. It came nine times. Five times it did not come at all, and on none of the
five did the board say so.

* evenings 1 to 4: on time
* evening 5: not at all; the board said “2 min” for 31 minutes
* evenings 6 to 9: up to six minutes late, and the board knew
* evenings 10 and 11: not at all; the board said “due”
* evening 12: three minutes late
* evenings 13 and 14: not at all; the board said nothing
""",
    ),
    Story(
        hours=4.4,
        title="Heron counted twice",
        byline="Bird list of the lower Alder",
        topics=("environment",),
        regions=("valley",),
        body="""\
Erratum to the October list: there are six herons, not seven. One of them flew from
the allotments to the weir while we were having tea.
""",
    ),
    Story(
        hours=6.1,
        title="محطة تحت الجسر بلا مقعد منذ الصيف",
        byline="ركّاب الخط 7",
        language="ar",
        topics=("transport",),
        regions=("west-bank",),
        body="""\
أُزيل المقعد في شهر تموز «لإصلاحه»، ولم يعد حتى اليوم. الانتظار عشرون دقيقة في
المساء، وبيننا كبار في السن.

وضعنا كرسيين من بيوتنا. نرجو ممّن يجلس عليهما أن يتركهما هناك.
""",
    ),
    Story(
        hours=7.9,
        title="Choir seeks tenors. It has always sought tenors",
        byline="Quay Choir",
        topics=("culture",),
        regions=("east-bank",),
        body="""\
Mondays at half past seven, in the net loft. Nobody has to read music; half of us
pretend.

In spring we sing the *Songs of the Locks*, all nine of them. Number six needs
somebody who can hold an E for as long as it takes a barge to sink by three metres.
""",
    ),
    Story(
        hours=9.1,
        title="Cyclists and the new kerb at Mill Lane: eleven falls in a month",
        byline="Two Wheels Old Mill",
        summary="The kerb is four centimetres high and lies where the path turns.",
        topics=("transport", "health"),
        regions=("old-mill",),
        body="""\
Since the kerb was laid we know of eleven falls. Two collarbones, one tooth, a cake.

It was meant to keep cars off the path. Cars go over it without noticing. A front
wheel, at an angle, in the rain, does not.

We ask the town to

1. paint it, this week, white
2. chamfer it, this year
3. put bollards there, which is what was promised

Who has fallen and is not among the eleven, please write below; age and how it
happened are enough.
""",
    ),
    Story(
        hours=10.4,
        title="Open stage: nine acts, one goose",
        byline="the back row",
        topics=("culture",),
        regions=("west-bank",),
        body="""\
It was full, it was loud, and the goose was not planned. It came in during the second
act through the kitchen, walked along the front row, stood before the harmonium and
stayed there.

Best of the evening: a spoken list of everything that can be got for nothing in
Alder Bend. It took four minutes. “The sound of the weir” came last, and the goose
left at that.
""",
    ),
    Story(
        hours=12.3,
        title="El puente peatonal, cerrado dos semanas sin aviso",
        byline="vecina de la orilla oeste",
        language="es",
        topics=("transport",),
        regions=("west-bank",),
        body="""\
Esta mañana había una valla y un papel: «obras, dos semanas». Nadie avisó a la
escuela, ni al centro de salud, ni a quienes cruzamos con carrito.

La vuelta por el puente grande son veinticinco minutos. ¿Se podría dejar pasar a pie
por la mañana, de siete a nueve?
""",
    ),
    Story(
        hours=14.6,
        title="Town gives up on the fountain",
        byline="Gallery Bench",
        summary="After nineteen years of repairs it becomes a flower bed. Almost.",
        topics=("culture",),
        regions=("east-bank",),
        body="""\
The council’s committee for squares voted on Wednesday to fill the fountain in Station
Square with earth. It has run for 71 days in nineteen years.

Member Ottakar Villalobos-Reed asked for the sum of the repairs. It was given, and
then it was asked that it not be written down. It was 212,000.

The flower bed needs a licence from the office for water, for it is, legally, still a
fountain.
""",
    ),
    Story(
        hours=16.9,
        title="Seeds for nothing: list of what the exchange has too much of",
        byline="Seed exchange",
        topics=("environment",),
        regions=("west-bank",),
        body="""\
* runner beans, scarlet, two buckets
* dill, dill, dill
* a marrow that nobody can name; it keeps until May
* marigolds
* tobacco, ornamental (please do not)

What we lack: leek. Everybody eats it before it flowers.
""",
    ),
    Story(
        hours=19.4,
        title="Skate bowl at the gasworks: the town says no, the town’s own plan says yes",
        byline="Concrete Youth",
        topics=("culture",),
        regions=("old-mill",),
        body="""\
We are fourteen to nineteen years old and have read 340 pages of building plan. On page
212 there is a circle with the word *play*. It lies exactly where we dug.

The digger that came on Monday was from the same office that drew the circle. The man in
it was decent. He drove round the bowl twice, telephoned, and went home.

We come to the consulting hour on Thursday, all of us. We will wash before.
""",
        addenda=(
            Part(
                "What we would build, with a drawing by Idris",
                byline="Concrete Youth",
                body="""\
One bowl, one metre forty deep, one bench for parents, one tap. Cement for it has been
promised by somebody who does not want to be thanked.
""",
            ),
        ),
    ),
    Story(
        hours=22.2,
        title="Power cut on Quay 3 from nine to noon tomorrow",
        byline="seen on a door",
        body="Says a note from the grid company. Freezers, lifts, the pump of the fish hall.",
        regions=("valley",),
    ),
    Story(
        hours=25.7,
        title="What a lock keeper’s logbook of 1954 says about this week",
        byline="Casimir Oyelaran, librarian",
        summary="Found while drying: a notebook in which the river has its say every day.",
        topics=("environment", "schools"),
        regions=("old-mill", "valley"),
        body="""\
Among the books from the cellar there is a notebook in oilcloth. It is the logbook of
the lower lock for 1954, kept by hand, one line a day.

> *Nov 12. 2.31. Rising. Moved the hens.*
>
> *Nov 13. 2.58. Rising. Hens in the kitchen.*
>
> *Nov 14. 3.02. Stands. Told the library to look to its cellar. Laughed at.*
>
> *Nov 15. 2.90. Falling. Library not laughing.*

This week the river stood at 2.97 on the same day of the year. We are having the line
of the fourteenth framed, and hung in the cellar, at the height of the water.
""",
    ),
)
