"""What readers and editors of Alder Bend did about the posts."""

from dataclasses import dataclass

from commonwire.web.demo.stories import CLINIC, GOLD, LIBRARY, SCHOOL, STRIKE

# Two of them, so that one can answer for the other.
EDITORS = ("Wren", "Heron")


@dataclass(frozen=True)
class Comment:
    on: str
    hours: float
    body: str
    byline: str = ""
    title: str = ""
    # Why an editor hid it, and under which rule.
    hidden: str = ""
    rule: str = ""


COMMENTS = (
    Comment(
        STRIKE.title,
        2.4,
        "I take the 12 home from the cold store at ten past three. Without it I walk "
        "for an hour and a half, along the quay. Thank you for asking for the key to "
        "the toilet, too.",
        byline="Oluwaseun, packing hall",
    ),
    Comment(
        STRIKE.title,
        2.1,
        "Drivers are all crooks and everybody who defends them should be spat at.",
        hidden="Calls for spitting at people. Say what is wrong with the strike instead.",
        rule="threats",
    ),
    Comment(
        STRIKE.title,
        0.6,
        "The vans of Local 41 stop at Weir Terrace as well; I have just asked.",
        title="One more stop",
        byline="Tenants of Weir Terrace",
    ),
    Comment(
        LIBRARY.title,
        4.5,
        "We have a dry cellar, empty shelves and a handcart. Ring twice at the seed "
        "exchange.",
        byline="Seed exchange",
    ),
    Comment(
        CLINIC.title,
        11,
        "¿Habrá alguien que hable español por la noche?",
    ),
)


@dataclass(frozen=True)
class Hiding:
    title: str = GOLD.title
    rule: str = "advertising"
    reason: str = "It sells something, and says nothing that anybody here could check."
    appeal: str = (
        "A neighbour lost money with this very offer. Leave it in the lists, so that "
        "people can warn each other below it."
    )
    answer: str = (
        "It stays hidden: the post itself only sells. A warning is welcome on the wire; "
        "publish one, and link to this address."
    )


HIDING = Hiding()


@dataclass(frozen=True)
class Slip:
    """A correction by editors."""

    title: str = SCHOOL.title
    wrong: str = "4 to 3"
    right: str = "4 to 2"
    reason: str = (
        "The minutes have 4 to 2: one member was not there. The author was asked and "
        "agrees."
    )


SLIP = Slip()
