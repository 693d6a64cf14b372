"""Page-shaped reads of decisions, rules, appeals and flags."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from commonwire.moderation.models import Appeal, Decision, Message, Rule
from commonwire.moderation.states import Act
from commonwire.publishing.models import Post
from commonwire.publishing.states import WireClass


def rules() -> list[Rule]:
    """Those in force, in the order in which they are published."""
    return list(Rule.objects.filter(retired_at=None))


def decisions() -> QuerySet[Decision]:
    """The log, newest first."""
    return Decision.objects.select_related("post", "rule", "undoes")


def hiding(post: Post) -> Decision | None:
    """The decision that keeps a post hidden, for its banner."""
    found = decisions().filter(post=post, act=Act.HIDE, undone_by=None)
    return found.first()


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
