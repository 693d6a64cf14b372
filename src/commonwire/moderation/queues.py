"""What lies on the desk: each queue is a stretch of one index, so that a page of it costs
the same with a hundred thousand posts as with a hundred."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from commonwire.moderation.models import Appeal, Flag
from commonwire.publishing.models import (
    Addendum,
    Correction,
    Post,
    PostSection,
    Section,
)
from commonwire.publishing.queries import the_site
from commonwire.publishing.states import Author, WireClass

# How far a page looks for what matches a filter; it then says where it stopped.
MOST_LOOKED_AT = 1_000
MOST_SEARCHED = 5_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Rows = QuerySet[Any]


@dataclass(frozen=True)
class Queue:
    """``moment``: the field that it is ordered by; empty where rows come in the order of
    time, and their numbers do. ``post``: how its rows reach their post. ``words``: the
    fields that a search looks into. ``dated``: the field of its dates."""

    name: str
    title: Any
    rows: Callable[[], Rows]
    moment: str
    post: str = ""
    words: tuple[str, ...] = ("title", "byline", "summary", "body")
    oldest_first: bool = False
    dated: str = ""


def _listed(wire_class: str = "") -> Callable[[], Rows]:
    def rows() -> Rows:
        posts = Post.objects.filter(listed=True)
        return posts.filter(wire_class=wire_class) if wire_class else posts

    return rows


def _waiting() -> Rows:
    return Post.objects.filter(waiting_since__isnull=False, withdrawn_at=None)


def _waiting_comments() -> Rows:
    rows = Addendum.objects.filter(waiting_since__isnull=False)
    return rows.filter(withdrawn_at=None, post__withdrawn_at=None)


def _raw() -> Rows:
    return Post.objects.filter(raw=True, waiting_since=None, withdrawn_at=None)


def _hidden() -> Rows:
    hidden = {"listed": False, "wire_class": WireClass.HIDDEN}
    return Post.objects.filter(**hidden, withdrawn_at=None)


def _flags() -> Rows:
    return Flag.objects.filter(seen_at=None)


def _appeals() -> Rows:
    return Appeal.objects.filter(answer=None, settled_by=None, withdrawn=False)


def _comments() -> Rows:
    return Addendum.objects.filter(by=Author.READER)


def _addenda() -> Rows:
    return Addendum.objects.filter(by=Author.AUTHOR)


def _corrections() -> Rows:
    return Correction.objects.filter(by=Author.AUTHOR)


_PART = {"post": "post__", "words": ("title", "byline", "body")}
QUEUES: dict[str, Queue] = {
    queue.name: queue
    for queue in (
        Queue(
            "appeals",
            _("Appeals"),
            _appeals,
            "opened_at",
            post="post__",
            words=("text",),
            oldest_first=True,
        ),
        Queue("flags", _("Flags"), _flags, "last_at", post="post__", words=()),
        Queue("waiting", _("Waiting"), _waiting, "waiting_since", oldest_first=True),
        Queue(
            "waiting-comments",
            _("Waiting comments"),
            _waiting_comments,
            "waiting_since",
            **_PART,  # type: ignore[arg-type]
            oldest_first=True,
        ),
        Queue("new", _("New"), _listed(WireClass.UNSORTED), "published_at"),
        Queue("raw", _("Raw wire"), _raw, "published_at"),
        Queue("comments", _("Comments"), _comments, "published_at", **_PART),  # type: ignore[arg-type]
        Queue("addenda", _("Addenda"), _addenda, "", **_PART, dated="published_at"),  # type: ignore[arg-type]
        Queue(
            "corrections",
            _("Corrections"),
            _corrections,
            "",
            post="post__",
            words=(),
            dated="made_at",
        ),
        Queue("local", _("Sorted as local"), _listed(WireClass.LOCAL), "published_at"),
        Queue(
            "global", _("Sorted as global"), _listed(WireClass.GLOBAL), "published_at"
        ),
        Queue("other", _("Sorted as other"), _listed(WireClass.OTHER), "published_at"),
        Queue("listed", _("All that is listed"), _listed(), "published_at"),
        Queue("hidden", _("Hidden"), _hidden, "published_at"),
        Queue(
            "withdrawn",
            _("Withdrawn"),
            lambda: Post.objects.filter(withdrawn_at__isnull=False),
            "withdrawn_at",
        ),
    )
}


@dataclass(frozen=True)
class Filters:
    kind: str = ""
    language: str = ""
    section: Section | None = None
    words: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def any(self) -> bool:
        return self.about_posts or bool(self.since or self.until)

    @property
    def about_posts(self) -> bool:
        """Whether rows have to be looked at one by one."""
        return bool(self.kind or self.language or self.section or self.words)


@dataclass(frozen=True)
class Place:
    """In a queue: the last row that was looked at."""

    moment: datetime
    id: int

    def __str__(self) -> str:
        return f"{(self.moment - _EPOCH) // timedelta(microseconds=1)}-{self.id}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        since, _dash, number = text.rpartition("-")
        try:
            return cls(_EPOCH + timedelta(microseconds=int(since)), int(number))
        except (ValueError, OverflowError):
            return None


@dataclass
class Stretch:
    """Rows by number, in order; ``after``: where to go on; ``stopped``: it looked at as
    many rows as it may before it had enough."""

    ids: list[int] = field(default_factory=list)
    after: Place | None = None
    stopped: bool = False


def read(
    queue: Queue, filters: Filters, *, limit: int, after: Place | None = None
) -> Stretch:
    rows = _from(queue, queue.rows(), after)
    if queue.moment:
        rows = _within(queue.moment, rows, filters)
    order = [queue.moment, "pk"] if queue.moment else ["pk"]
    way = "" if queue.oldest_first else "-"
    rows = rows.order_by(*(f"{way}{name}" for name in order)).values_list(*order)
    if not filters.about_posts and (queue.moment or not filters.any):
        found = [_place(*row) for row in rows[: limit + 1]]
        return _stretch(found, found, limit)
    most = MOST_SEARCHED if filters.words else MOST_LOOKED_AT
    looked_at = [_place(*row) for row in rows[:most]]
    matching = _matching(queue, filters, [place.id for place in looked_at])
    chosen = [place for place in looked_at if place.id in matching]
    return _stretch(chosen, looked_at, limit, stopped=len(looked_at) == most)


def _place(*row: Any) -> Place:
    return Place(row[0] if len(row) > 1 else _EPOCH, row[-1])


def _stretch(
    chosen: list[Place], looked_at: list[Place], limit: int, *, stopped: bool = False
) -> Stretch:
    shown = chosen[:limit]
    if len(chosen) > limit:
        return Stretch([place.id for place in shown], shown[-1])
    after = looked_at[-1] if stopped else None
    return Stretch([place.id for place in shown], after, stopped=stopped)


def _from(queue: Queue, rows: Rows, after: Place | None) -> Rows:
    if after is None:
        return rows
    past = "gt" if queue.oldest_first else "lt"
    if not queue.moment:
        return rows.filter(**{f"pk__{past}": after.id})
    same = Q(**{queue.moment: after.moment, f"pk__{past}": after.id})
    further = Q(**{f"{queue.moment}__{past}": after.moment})
    # Said twice: the first is what the index is entered by.
    return rows.filter(**{f"{queue.moment}__{past}e": after.moment}).filter(
        same | further
    )


def _within(field: str, rows: Rows, filters: Filters) -> Rows:
    """Days are the site's."""
    if not filters.since and not filters.until:
        return rows
    zone = the_site().zone
    if filters.since:
        start = datetime.combine(filters.since, time.min, zone)
        rows = rows.filter(**{f"{field}__gte": start})
    if filters.until:
        end = datetime.combine(filters.until, time.max, zone)
        rows = rows.filter(**{f"{field}__lte": end})
    return rows


def _matching(queue: Queue, filters: Filters, ids: list[int]) -> set[int]:
    """By number alone, or the database reads another index, of all that it knows."""
    rows = queue.rows().model._default_manager.filter(pk__in=ids)  # noqa: SLF001
    if queue.dated:
        rows = _within(queue.dated, rows, filters)
    for name in ("kind", "language"):
        if wanted := getattr(filters, name):
            rows = rows.filter(**{f"{queue.post}{name}": wanted})
    if filters.section:
        of_post = OuterRef(f"{queue.post}pk")
        places = PostSection.objects.filter(section=filters.section, post=of_post)
        rows = rows.filter(Exists(places))
    if filters.words:
        rows = rows.filter(_said(queue, filters.words))
    return set(rows.order_by().values_list("pk", flat=True))


def _said(queue: Queue, words: str) -> Q:
    """Every word, anywhere in what the row or its post says."""
    names = [*queue.words, *(f"{queue.post}{name}" for name in ("title", "byline"))]
    every = Q()
    for word in words.split():
        once = Q()
        for name in dict.fromkeys(names):
            once |= Q(**{f"{name}__icontains": word})
        every &= once
    return every
