"""Page-shaped reads of decisions, rules, appeals and flags."""

from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from commonwire.kit.prepared import Prepared
from commonwire.moderation.models import Appeal, Decision, Heap, Message, Rule
from commonwire.moderation.states import FLOOD, Act
from commonwire.publishing.models import Post
from commonwire.publishing.states import WireClass


def rules() -> list[Rule]:
    """Those in force, in the order in which they are published."""
    return list(Rule.objects.filter(retired_at=None))


def decisions() -> QuerySet[Decision]:
    """The log, newest first."""
    return Decision.objects.select_related("post", "rule", "undoes")


def hiding(post: Post) -> Decision | None:
    """The decision that keeps a post hidden, for its banner: about the post itself, or
    about the heap that it lay in."""
    hidings = decisions().filter(act=Act.HIDE, undone_by=None)
    return (
        hidings.filter(post=post).first() or hidings.filter(heaped__post=post).first()
    )


_FLOOD = Prepared(lambda: Heap.objects.filter(code=FLOOD, ended_at=None))


def flood() -> Heap | None:
    """The flood that is going on."""
    found = _FLOOD()
    return found[0] if found else None


def is_flooded() -> bool:
    return flood() is not None


def heaps(*, least: int = 20) -> list[Heap]:
    """What one act can clear: each with ``left``, the posts that no editor has seen,
    when they are at least so many; the latest first."""
    unseen = Q(
        heaped__post__listed=False,
        heaped__post__withdrawn_at=None,
    ) & ~Q(heaped__post__wire_class=WireClass.HIDDEN)
    found = Heap.objects.annotate(left=Count("heaped", filter=unseen))
    return list(found.filter(left__gte=least).order_by("-last_at"))


def withdrawing(post: Post) -> Decision | None:
    """The decision that took a post away for safety."""
    return decisions().filter(post=post, act=Act.WITHDRAW_FOR_SAFETY).first()


def appeals_of(decision: Decision) -> list[Appeal]:
    return list(decision.appeals.select_related("answer", "answer__rule"))


def open_appeals() -> QuerySet[Appeal]:
    found = Appeal.objects.filter(answer=None, withdrawn=False)
    return found.select_related("post", "decision", "decision__rule")


def overdue_appeals(hours: int, now: datetime | None = None) -> QuerySet[Appeal]:
    """Those that wait longer than the site allows itself."""
    limit = (now or timezone.now()) - timedelta(hours=hours)
    return open_appeals().filter(opened_at__lt=limit)


def history(post: Post) -> list[Decision]:
    """All that was decided about a post, oldest first."""
    return list(decisions().filter(post=post).order_by("number"))


def line(post: Post) -> list[Message]:
    """What its author and the editors have written to each other."""
    return list(post.messages.select_related("editor"))


def keeping_back(post: Post) -> Decision | None:
    """The decision for which a post is in no list: what can be appealed against."""
    if post.wire_class == WireClass.HIDDEN:
        return hiding(post)
    if post.waiting_since:
        return decisions().filter(post=post, addendum=None, act=Act.HOLD).first()
    return None
