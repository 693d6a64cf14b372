"""What came in today about work, housing, health and schools, and nobody has sorted."""

from commonwire.web.demo.story import Part, Picture, Story

COLD_STORE = Story(
    hours=0.4,
    title="Third night in a row without heating in the cold store’s break room",
    byline="Packing hall, night shift",
    summary="Outside it is four below, inside it is two above. The kettle is the heater.",
    topics=("labor", "health"),
    regions=("old-mill",),
    body="""\
The joke writes itself, so we will not write it. In the cold store the goods are
kept at minus eighteen. In the break room, where people are kept, it was two
degrees on Monday, three on Tuesday and two again last night.

The foreman says that a part has been ordered. The part is called a *circulation
pump*. The one in the fish hall was changed within two hours in September.

We have written down the temperature every hour, with a photo of the
thermometer. Whoever works days is asked to do the same, on the sheet beside the
time clock.
""",
)

BAKERY = Story(
    hours=1.6,
    kind="release",
    title="Bakers of the East Bank win back Sunday",
    byline="Bread and Dough Workers, East Bank branch",
    summary="From next month no oven is lit between Saturday noon and Sunday midnight.",
    topics=("labor",),
    regions=("east-bank",),
    body="""\
EAST BANK — Four bakeries have signed an agreement that leaves Sunday free. It
covers 38 bakers and eleven apprentices, and ends a dispute that began when two
ovens were lit on Easter morning.

“My daughter is nine,” said Perpetua Halloran-Iyer, who shapes loaves at the
Weir Street bakery. “I have seen her eat breakfast on perhaps forty Sundays.”

The agreement in short:

• no work from noon on Saturday to midnight on Sunday
• bread for Monday is made from midnight, with a supplement of a third
• apprentices start at five, not at three

Two bakeries have not signed. They will find us outside, with cake.

###

Press contact: bread@doughworkers.example
""",
)

TANNERY = Story(
    hours=7.3,
    title="Who owns the tannery? A walk through four registers",
    byline="Paper Trail, a reading group",
    summary=(
        "The empty tannery belongs to a company, which belongs to a company, which "
        "has its seat in a mailbox. We rang at the mailbox."
    ),
    topics=("housing",),
    regions=("old-mill",),
    body="""\
Everybody in Old Mill knows the tannery: six storeys, 211 windows, no light. It
has stood empty for nine years. In that time it was sold five times.

## The registers

The land register names *Alderside Property One*. The register of companies says
that this belongs to *Alderside Holding*, and that to *Kestrel Nominees*. Kestrel
Nominees has a seat in the valley’s county town, on the second floor of a house
that has one floor.

We went there. There is a board with forty-two mailboxes. A friendly woman from the
nail studio told us that a man comes on Thursdays, with a bag.

## What it costs to be empty

The town pays for the fence: 8,400 a year, as the budget says on page 31. It paid
twice for the roof over the pavement, and once for the search when two boys had
climbed in.

## What could be there

The planning office counted 64 flats in a study that was paid for and never
presented. We have asked for it, and got it, and have put it in the library, in the
reading room, on the upper floor, where it is dry.

Nobody in this report has done anything forbidden. That is what is wrong with it.
""",
    related_url="https://papertrail.example/tannery",
)

WORK = (
    COLD_STORE,
    BAKERY,
    Story(
        hours=2.7,
        title="Mechanics at the depot: what “part-time” means",
        byline="one of the eleven",
        topics=("labor", "transport"),
        regions=("east-bank",),
        body="""\
I am one of the eleven whose contracts are “extended until the end of the
season”. There is no season. Buses have brakes in winter.

Part-time means 32 hours on paper and 45 in the pit. What is above 32 is paid in
March, if there is money in March.

I do not write my name, because my contract ends on Friday.
""",
    ),
    Story(
        hours=3.8,
        title="Rent letter, second edition: the same mistake, now in colour",
        byline="Tenants of Weir Terrace",
        summary="The owner has sent the letter again. It still names the wrong index.",
        topics=("housing",),
        regions=("east-bank",),
        body="""\
A second letter came this morning, with a coloured logo. It thanks us “for our
understanding”, which nobody had expressed, and repeats the rise of 11 %.

* Do not sign the slip at the bottom. It says that you agree.
* Do not stop paying the old rent.
* Bring the letter to the ferry house on Wednesday at seven.

The nine who were chosen have written an answer. It is two pages long and will be
read aloud.
""",
        addenda=(
            Part(
                "The sentence that matters",
                byline="Tenants of Weir Terrace",
                body="""\
“Should we not hear from you within fourteen days, we take this as your consent.”
It is not so. Silence is not consent to a rise; the advice centre has confirmed it.
""",
            ),
        ),
    ),
    Story(
        hours=5.1,
        title="Stairs of number 9 without light since August",
        byline="second floor, left",
        topics=("housing",),
        regions=("east-bank",),
        body="""\
Three bulbs, that is all. The caretaker is not allowed to buy them, the company
does not answer, and last night Mr. Abernathy-Sow from the fourth floor fell. He
is all right. His shopping is not.

Does anybody have a ladder of three metres?
""",
    ),
    TANNERY,
    Story(
        hours=8.2,
        title="Clinic looks for people who speak Spanish, Arabic, or with their hands",
        byline="Old Mill Community Clinic",
        kind="release",
        topics=("health",),
        regions=("old-mill",),
        body="""\
The evening hours begin on the first, and the evening has too few interpreters. We
look for twelve people who can come one evening a fortnight.

You will be trained on two Saturdays, and paid as the town pays interpreters. You
will hear things that you must not tell. You will not have to translate what you do
not understand: “I do not know the word” is a good answer.

Come by on Tuesday after five, or leave a note at the front desk.
""",
    ),
    Story(
        hours=9.6,
        title="La cocina de la escuela se queda, dicen. Veremos",
        byline="Madres y padres del turno de tarde",
        language="es",
        topics=("schools",),
        regions=("east-bank",),
        body="""\
La junta ha votado que la cocina se queda. Pero en el presupuesto del año que viene
no hay ni un céntimo para la cocinera.

Una cocina sin cocinera es un cuarto con azulejos. El jueves vamos a la sesión con
cucharas de palo. No hace falta saber cocinar.
""",
    ),
    Story(
        hours=11.5,
        title="Substitute teacher, forty-one days, five classrooms: a diary",
        byline="M.",
        topics=("schools", "labor"),
        regions=("west-bank",),
        body="""\
*Day 1.* I am told that it is for a week.

*Day 6.* I am told that the week is over, and asked whether I could stay until noon.

*Day 15.* The fourth class has learned to divide. I have learned where the chalk is.

*Day 22.* Pay comes for day 1 to day 5.

*Day 30.* A boy asks whether I am real. He means it kindly: a real teacher, who stays.

*Day 41.* I say goodbye in five classrooms. In the last one they sing. It is the song
about the ferry, with all the verses, and nobody knows who taught it to them.
""",
    ),
    Story(
        hours=13.2,
        title="Night nurse count: one for thirty-four",
        byline="staff council of the valley hospital",
        topics=("health", "labor"),
        regions=("valley",),
        body="""\
On Saturday night there was one nurse for thirty-four patients on the second floor.
The rule that the hospital gave itself says one for twelve.

We publish the number every week from now on. Last weeks: 28, 31, 26, 34.
""",
    ),
    Story(
        hours=15.4,
        title="Repair table: what came in, what went out whole",
        byline="Repair Table",
        summary="Seventeen of twenty-two could be saved. A toaster could not.",
        topics=("culture",),
        regions=("west-bank",),
        body="""\
Twenty-two things in three hours: nine lamps, four radios, two sewing machines, a
doll, a toaster, a hearing-aid charger, three phones with broken glass, a music box.

Seventeen work again. The music box plays one note too few, and its owner wants it
left like that.

Next time on the first Sunday of the month. We need a soldering iron and somebody
who is not afraid of televisions.
""",
        pictures=(
            Picture(
                "workbench",
                "A long table under a lamp, with radios, lamps and tools on it",
                "What came in before ten o’clock",
            ),
        ),
    ),
    Story(
        hours=18.7,
        title="Warehouse vote postponed: the list of voters had gone home",
        byline="Loaders’ Committee, Quay 3",
        topics=("labor",),
        regions=("valley",),
        body="""\
The vote on a works council at the river warehouse should have been today. At six in
the morning it turned out that the list of voters was in a locked drawer, and the
key in the personnel manager’s pocket, and the personnel manager at a wedding.

The vote is on Thursday now. The list has been copied, three times.
""",
    ),
    Story(
        hours=20.3,
        title="Dormitory of the orchard pickers: eight beds, eleven people",
        byline="Valley Advice Bus",
        summary="A visit, with permission, and what the pickers ask for first: a lock.",
        topics=("labor", "housing"),
        regions=("valley",),
        body="""\
The advice bus stopped at the orchard on Monday evening. We were invited by those who
live there, and let in by nobody else.

The room has eight beds, a stove and a window that does not close. Eleven people
sleep in it, in turns. For a bed 95 a week are taken from the wage, so that three of
them pay for a bed that somebody else lies in.

What they ask for, in this order:

1. a lock on the door
2. that the window is mended before the frost
3. a receipt for the 95

They do not ask for names in the newspaper, and there are none here.
""",
    ),
    Story(
        hours=23.5,
        title="Library needs blotting paper no more; it needs shelves",
        byline="Noor Castellane",
        topics=("schools",),
        regions=("old-mill",),
        body="""\
Thank you. There is blotting paper to the ceiling of the gym. Please bring none.

What is missing now are shelves, of any height, and somebody with a van on Friday
between two and four. The books that are dry lie on the floor of the school hall, in
the order of the alphabet, and the children jump over M.
""",
    ),
)
