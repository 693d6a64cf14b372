"""What became of posts and decisions, week by week. A week's posts are read by their
day, its decisions by their numbers: never more than the weeks that are shown."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from statistics import median
from typing import Any, NamedTuple

from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Value, When

from commonwire.moderation.archive import decided
from commonwire.moderation.models import Appeal, Decision, Heaped
from commonwire.moderation.models.decision import SCREENING
from commonwire.moderation.states import Act
from commonwire.publishing.models import Post
from commonwire.publishing.states import WireClass

MOST_WEEKS = 52
_WEEK = timedelta(days=7)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Week:
    """``first``: its Monday. Of its posts: how many there were, how many are hidden now
    and under which rules, how long they waited for an editor's first decision, and what
    became of those that screening held back. Of its days: appeals, and decisions by the
    names that they are signed with."""

    first: date
    posts: int
    hidden: int
    hidden_under: Counter[str]
    withdrawn: int
    minutes: float | None
    held: Counter[str]
    appeals: Counter[str]
    decisions: Counter[str]
    automatic: int

    @property
    def share_hidden(self) -> float | None:
        """In hundredths."""
        return 100 * self.hidden / self.posts if self.posts else None


class _Act(NamedTuple):
    """A decision about one of the week's posts."""

    post: int
    pk: int
    act: str
    editor: int | None
    at: datetime
    rule: str | None
    undoes: int | None
    published_at: datetime
    withdrawn_at: datetime | None


_FIELDS = (
    "post",
    "pk",
    "act",
    "editor",
    "at",
    "rule__slug",
    "undoes",
    "post__published_at",
    "post__withdrawn_at",
)


def weeks(now: datetime, zone: tzinfo) -> list[Week]:
    """The last ones, oldest first, from when there was anything to count."""
    today = now.astimezone(zone).date()
    this_week = today - timedelta(days=today.weekday())
    oldest = this_week - (MOST_WEEKS - 1) * _WEEK
    begun = _begun(zone) or today
    first = max(oldest, begun - timedelta(days=begun.weekday()))
    number = (this_week - first).days // 7 + 1
    return [_week(first + place * _WEEK, zone) for place in range(max(number, 1))]


def _begun(zone: tzinfo) -> date | None:
    posted = Post.objects.order_by("day").values_list("day", flat=True).first()
    decided = Decision.objects.order_by("number").values_list("at", flat=True).first()
    found = [posted, decided.astimezone(zone).date() if decided else None]
    return min((day for day in found if day), default=None)


def _week(first: date, zone: tzinfo) -> Week:
    after = first + _WEEK
    posts = Post.objects.filter(day__gte=first, day__lt=after)
    acts = _acts_on(posts)
    of_heaps = Heaped.objects.filter(post__in=posts.values("pk"))
    undone = {act.undoes for act in acts if act.undoes}
    hidings = {
        act.post: act.rule or ""
        for act in acts
        if act.act == Act.HIDE and act.pk not in undone and not act.withdrawn_at
    }
    hidden_under = Counter(hidings.values()) + _hidden_together(of_heaps)
    withdrawn = {act.post for act in acts if act.act == Act.WITHDRAW_FOR_SAFETY}
    signed = _signed(first, after, zone)
    return Week(
        first=first,
        posts=posts.count(),
        hidden=hidden_under.total(),
        hidden_under=hidden_under,
        withdrawn=len(withdrawn),
        minutes=_minutes(acts, of_heaps),
        held=_held(of_heaps),
        appeals=_appeals(first, after, zone),
        automatic=signed.pop(SCREENING, 0),
        decisions=signed,
    )


def _acts_on(posts: Any) -> list[_Act]:
    """What was decided about posts of a week, oldest first."""
    found = Decision.objects.filter(post__in=posts.values("pk"))
    rows = found.order_by("number").values_list(*_FIELDS)
    return [_Act(*row) for row in rows]


def _hidden_together(of_heaps: QuerySet[Heaped]) -> Counter[str]:
    """By rule: what one decision about a whole heap hides, and none of its own."""
    own = Decision.objects.filter(post=OuterRef("post"), act=Act.HIDE, undone_by=None)
    found = of_heaps.filter(
        cleared_by__act=Act.HIDE,
        post__wire_class=WireClass.HIDDEN,
        post__withdrawn_at=None,
    ).exclude(Exists(own))
    rules = found.order_by().values_list("cleared_by__rule__slug")
    return Counter(dict(rules.annotate(Count("pk"))))


def _minutes(acts: Iterable[_Act], of_heaps: QuerySet[Heaped]) -> float | None:
    """The median from a post to an editor's first decision about it, or about the heap
    that it lay in."""
    first: dict[int, float] = {}
    for act in acts:
        if act.editor is not None and act.post not in first:
            first[act.post] = (act.at - act.published_at) / _MINUTE
    cleared = of_heaps.exclude(first_cleared_by=None)
    fields = ("post", "first_cleared_by__at", "post__published_at")
    for post, at, published_at in cleared.values_list(*fields):
        minutes = (at - published_at) / _MINUTE
        first[post] = min(first.get(post, minutes), minutes)
    return max(median(first.values()), 0) if first else None


def _held(of_heaps: QuerySet[Heaped]) -> Counter[str]:
    """What is now with the posts that screening held back."""
    state = Case(
        When(post__withdrawn_at__isnull=False, then=Value("withdrawn")),
        When(post__wire_class=WireClass.HIDDEN, then=Value("hidden")),
        When(post__waiting_since__isnull=False, then=Value("waiting")),
        default=Value("released"),
    )
    held = of_heaps.filter(held=True).order_by().values_list(state)
    return Counter(dict(held.annotate(Count("pk"))))


def _appeals(first: date, after: date, zone: tzinfo) -> Counter[str]:
    """Upheld, not upheld, settled or open, of those that were made in the week."""
    start, end = (datetime.combine(day, time.min, zone) for day in (first, after))
    # What went with its post, unanswered, was not left lying.
    found = Appeal.objects.filter(opened_at__gte=start, opened_at__lt=end)
    found = found.exclude(answer=None, withdrawn=True)
    names = {True: "upheld", False: "refused", None: "open"}
    rows = found.values_list("upheld", "settled_by")
    return Counter("settled" if by else names[upheld] for upheld, by in rows)


def _signed(first: date, after: date, zone: tzinfo) -> Counter[str]:
    found = Decision.objects.filter(decided(first, after, zone).found)
    counted = found.order_by().values_list("signed_as").annotate(Count("pk"))
    return Counter(dict(counted))
