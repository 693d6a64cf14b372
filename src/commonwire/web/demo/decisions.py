"""What two editors of the Bend Wire decided about its posts, what readers have reported
since, and who asks for a second look: the rest of the evening is for whoever signs in.
Nobody can sign in as these two: they have neither a password nor a link."""

from dataclasses import dataclass

from commonwire.accounts.actions import add_editor, join, make_sign_in_link
from commonwire.accounts.models import Editor
from commonwire.moderation.actions import (
    appealing,
    commenting,
    flagging,
    placing,
    undoing,
)
from commonwire.moderation.actions.screening_rules import save_screening_rule
from commonwire.moderation.models import Rule, ScreeningRule
from commonwire.moderation.states import Appellant
from commonwire.publishing.models import Addendum, Post
from commonwire.publishing.states import PUBLIC_CLASSES, WireClass
from commonwire.web.demo import stories_of_work, stories_to_look_at
from commonwire.web.demo.stories import STORIES

SORTED = [name for name in PUBLIC_CLASSES if name != WireClass.UNSORTED]


# What one of them wanted to look at before it is listed.
CURES = ("miracle cure", "Cures", "Two jars of it last week, three this week.")


@dataclass(frozen=True)
class Report:
    """What readers say of a post: each note came from another of them."""

    on: str
    rule: str
    notes: tuple[str, ...]


REPORTS = (
    Report(
        stories_to_look_at.TOO_MUCH.title,
        "private-data",
        ("That is my neighbour. Please.", "One can find her with that.", ""),
    ),
    Report(stories_to_look_at.BOATS.title, "threats", ("They mean it.",)),
    Report(stories_to_look_at.RUMOUR.title, "false", ("", "He sold the plough.")),
    Report(
        stories_to_look_at.FLATS.title, "advertising", ("It is a sales brochure.", "")
    ),
    # And one against a post that breaks nothing.
    Report(
        stories_of_work.TANNERY.title,
        "private-data",
        ("This names my company. I want it gone.",),
    ),
)


def begin() -> None:
    """The two, and what they want to look at first; before anything comes in."""
    heron = _editor("Heron")
    _editor("Tamsin")
    pattern, note, reason = CURES
    rule = ScreeningRule(
        pattern=pattern,
        note=note,
        rule=Rule.objects.filter(slug="advertising").first(),
        active=True,
    )
    save_screening_rule(by=heron, rule=rule, reason=reason)


def decide(posts: dict[str, Post]) -> None:
    """``posts``: by their titles."""
    heron, tamsin = (Editor.objects.get(pseudonym=name) for name in ("Heron", "Tamsin"))
    for place, story in enumerate(sorted(STORIES, key=lambda story: -story.hours)):
        if story.wire_class in SORTED and not story.withdrawn:
            by = tamsin if place % 3 else heron
            placing.classify(
                by=by, post=posts[story.title], wire_class=story.wire_class
            )
    _hide_what_sells(heron, tamsin, _titled(posts, "BUY GOLD"))
    _hide_in_error(tamsin, heron, _titled(posts, "The 5:40 ferry"))
    dog = _titled(posts, "Lost: brown dog")
    words = "It is a dog. Nobody sells anything, and he is still out there."
    appealing.appeal(post=dog, by=Appellant.READER, text=words)
    river = _titled(posts, "River in the reading room")
    words = "The same three people have argued here since noon. Until tomorrow."
    locked = commenting.lock_comments(by=heron, post=river, locked=True, reason=words)
    undoing.undo(by=tamsin, decision=locked, reason="They have made up.")


def _editor(pseudonym: str) -> Editor:
    """Somebody who has come in, and has no way in any more."""
    name = f"the demo's {pseudonym}"
    link = make_sign_in_link(editor=add_editor(name=name))
    joined = join(token=link.strip("/").split("/")[-1], name=name, pseudonym=pseudonym)
    if joined is None:
        raise ValueError(link)
    return joined.editor


def _titled(posts: dict[str, Post], beginning: str) -> Post:
    return next(post for title, post in posts.items() if title.startswith(beginning))


def _hide_what_sells(heron: Editor, tamsin: Editor, post: Post) -> None:
    rule = Rule.objects.get(slug="advertising")
    words = "It sells something, and promises what nobody can."
    placing.hide(by=heron, post=post, rule=rule, reason=words)
    words = "Gold is news. You are against freedom."
    appeal = appealing.appeal(post=post, by=Appellant.AUTHOR, text=words)
    words = "Gold may be news; a telephone number to buy it from is not."
    appealing.answer(by=tamsin, appeal=appeal, upheld=False, reason=words)


def _hide_in_error(tamsin: Editor, heron: Editor, post: Post) -> None:
    rule = Rule.objects.get(slug="false")
    words = "The transit company says that it knows nothing of this."
    placing.hide(by=tamsin, post=post, rule=rule, reason=words)
    words = "It was decided in the open council on Tuesday; the minutes are linked."
    appeal = appealing.appeal(post=post, by=Appellant.AUTHOR, text=words)
    words = "The minutes say so. We asked the wrong people."
    appealing.answer(by=heron, appeal=appeal, upheld=True, reason=words)


def report() -> None:
    """What readers have reported, and a comment among it; what an author appeals."""
    for said in REPORTS:
        post, rule = Post.objects.get(title=said.on), Rule.objects.get(slug=said.rule)
        for note in said.notes:
            flagging.flag(post=post, rule=rule, note=note)
    threat = Addendum.objects.get(post__title=stories_to_look_at.WHISTLE.title)
    rule = Rule.objects.get(slug="threats")
    flagging.flag(
        post=threat.post, comment=threat, rule=rule, note="Please take this down fast."
    )
    _hide_too_keenly(Editor.objects.get(pseudonym="Tamsin"))


def _hide_too_keenly(tamsin: Editor) -> None:
    """Open, for another editor to answer."""
    post = Post.objects.get(title__startswith="Skate bowl")
    rule = Rule.objects.get(slug="advertising")
    words = "It asks for cement."
    placing.hide(by=tamsin, post=post, rule=rule, reason=words)
    words = "We sell nothing. It is about a plan of the town, and we gave the page."
    appealing.appeal(post=post, by=Appellant.AUTHOR, text=words)
