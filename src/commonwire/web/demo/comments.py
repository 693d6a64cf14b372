"""What readers of Alder Bend say below the posts, and what editors did about it."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from commonwire.accounts.models import Editor
from commonwire.kit.buckets import Network
from commonwire.moderation.actions import commenting, correcting
from commonwire.moderation.models import Rule
from commonwire.publishing.actions import comments
from commonwire.publishing.content import AddendumContent, Facts
from commonwire.publishing.models import Post
from commonwire.web.demo.stories import CLINIC, LIBRARY, SCHOOL, STRIKE
from commonwire.web.demo.stories_of_the_river import LANTERNS, WEIR
from commonwire.web.demo.stories_of_work import BAKERY, COLD_STORE
from commonwire.web.demo.stories_to_look_at import WHISTLE


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
    Comment(
        COLD_STORE.title,
        0.3,
        "Day shift here. 14 at noon, with the door to the boiler room open. We have "
        "hung a sheet beside the clock.",
        byline="day shift",
    ),
    Comment(
        WEIR.title,
        0.7,
        "It is an A, rather sharp. I have a fork.",
        byline="Quay Choir, alto",
    ),
    Comment(
        WEIR.title,
        0.5,
        "My miracle cure for humming: earplugs from https://root-of-life.example/ears",
        byline="Root",
    ),
    Comment(
        BAKERY.title,
        1.1,
        "And who bakes for the hospital on Sundays? Asking in earnest.",
    ),
    Comment(
        WHISTLE.title,
        4.8,
        "I know who you are, there are only three of you on that shift. Think of your "
        "pension.",
        byline="a colleague",
    ),
    Comment(
        LANTERNS.title,
        5.2,
        "My grandmother was on the ferry before. She never told us why she had run to "
        "catch it. We will come with all the children.",
        byline="Family Dubois-Achterberg",
    ),
)


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


def look_after() -> None:
    """Needs the stories and the editors of `decisions`."""
    heron, tamsin = (Editor.objects.get(pseudonym=name) for name in ("Heron", "Tamsin"))
    for said in COMMENTS:
        _comment(said, by=heron)
    post = Post.objects.get(title=SLIP.title)
    body = post.body.replace(SLIP.wrong, SLIP.right)
    correcting.correct(by=tamsin, post=post, fields={"body": body}, reason=SLIP.reason)


def _comment(said: Comment, *, by: Editor) -> None:
    made = comments.comment(
        post=Post.objects.get(title=said.on),
        content=AddendumContent(title=said.title, byline=said.byline, body=said.body),
        facts=Facts(
            network=Network("demo", shared=True),
            now=timezone.now() - timedelta(hours=said.hours),
            through_form=False,
        ),
    )
    if said.hidden:
        rule = Rule.objects.get(slug=said.rule)
        commenting.hide_comment(by=by, comment=made, rule=rule, reason=said.hidden)
