"""What two editors of the Bend Wire decided about its posts. Nobody can sign in as them:
they have neither a password nor a link."""

from commonwire.accounts.actions import add_editor, join, make_sign_in_link
from commonwire.accounts.models import Editor
from commonwire.moderation.actions import appealing, commenting, placing, undoing
from commonwire.moderation.models import Rule
from commonwire.moderation.states import Appellant
from commonwire.publishing.models import Post
from commonwire.publishing.states import PUBLIC_CLASSES, WireClass
from commonwire.web.demo.stories import STORIES

SORTED = [name for name in PUBLIC_CLASSES if name != WireClass.UNSORTED]


def decide(posts: dict[str, Post]) -> None:
    """``posts``: by their titles."""
    heron, tamsin = _editor("Heron"), _editor("Tamsin")
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
