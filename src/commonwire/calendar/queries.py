"""What calendars show: dates of events that are in the lists."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from commonwire.calendar.models import Event, Occurrence
from commonwire.publishing import queries
from commonwire.publishing.models import Post, Section

# A page of the list; the months have the rest.
MOST_COMING = 200
MOST_IN_FILE = 5_000
# What is over stays in files that programs subscribe to, so that nothing vanishes at once.
KEPT_IN_FILE = timedelta(days=60)


@dataclass(frozen=True)
class Scope:
    """Which events a calendar has. ``path``: under which its pages stand."""

    path: str = "/calendar/"
    name: str = ""
    events: Q = field(default_factory=Q)


def of_section(section: Section) -> Scope:
    path = f"/calendar/{section.kind}s/{section.slug}/"
    return Scope(path, section.name, Q(event__post__places__section=section))


def today() -> date:
    return timezone.localdate(timezone.now(), queries.the_site().zone)


def dates(scope: Scope) -> QuerySet[Occurrence]:
    shown = Occurrence.objects.filter(scope.events, event__post__listed=True)
    return shown.select_related("event__post").order_by("starts_at", "pk")


def coming(scope: Scope, day: date) -> list[Occurrence]:
    return list(dates(scope).filter(last_day__gte=day)[:MOST_COMING])


def within(scope: Scope, first: date, after: date) -> QuerySet[Occurrence]:
    """Those that have a day from ``first`` to before ``after``."""
    return dates(scope).filter(day__lt=after, last_day__gte=first)


def in_file(scope: Scope) -> QuerySet[Occurrence]:
    since = today() - KEPT_IN_FILE
    return whole(dates(scope).filter(last_day__gte=since))[:MOST_IN_FILE]


_OF_POST = (
    "kind",
    "title",
    "summary",
    "body",
    "language",
    "slug",
    "day",
    "published_at",
)


def whole(rows: QuerySet[Occurrence]) -> QuerySet[Occurrence]:
    """With all that a file says of them, and no more: five thousand stand in one."""
    own = (field.attname for field in Occurrence._meta.concrete_fields)  # noqa: SLF001
    event = (f"event__{f.attname}" for f in Event._meta.concrete_fields)  # noqa: SLF001
    return rows.only(*own, *event, *(f"event__post__{name}" for name in _OF_POST))


class Extra(NamedTuple):
    """What a post has beside its words."""

    sections: tuple[str, ...] = ()
    # The address of its first picture.
    picture: str = ""


NOTHING_MORE = Extra()


def extras_of(posts: Iterable[int]) -> dict[int, Extra]:
    """Of those that have something: three questions, however many there are."""
    wanted = set(posts)
    names: dict[int, list[str]] = defaultdict(list)
    placed = queries.places().filter(post__event__isnull=False)
    for post, name in placed.values_list("post_id", "section__name"):
        if post in wanted:
            names[post].append(name)
    pictures: dict[int, str] = {}
    files = queries.placements().filter(post__event__isnull=False)
    for placement in files.order_by("post_id", "position"):
        post_id = placement.post_id
        if post_id in wanted and placement.attachment.has_picture:
            pictures.setdefault(post_id or 0, placement.attachment.poster)
    return {
        post: Extra(tuple(names.get(post, ())), pictures.get(post, ""))
        for post in {*names, *pictures}
    }


def months(scope: Scope) -> list[date]:
    """The first day of each month in which something begins, newest first."""
    return list(dates(scope).order_by().dates("day", "month", order="DESC"))


def posts(scope: Scope) -> QuerySet[Post]:
    """The newest events by when they were published, for feeds."""
    shown = dates(scope).order_by().values("event_id")
    return queries.listed().filter(pk__in=shown)[: queries.PER_LISTING]


def event_of(post: Post) -> Event | None:
    event = Event.objects.filter(post=post).first()
    if event is not None:
        event.post = post
    return event


def dates_of(post: Post) -> QuerySet[Occurrence]:
    return whole(Occurrence.objects.filter(event=post.pk).select_related("event__post"))


def ended(since: datetime, now: datetime) -> Iterable[Occurrence]:
    """What got over meanwhile: pages say so."""
    over = Q(ends_at__gt=since, ends_at__lte=now)
    over |= Q(ends_at=None, starts_at__gt=since, starts_at__lte=now)
    return Occurrence.objects.filter(over).select_related("event__post")


def is_over(event: Event) -> bool:
    """All of its dates."""
    last = event.occurrences.order_by("-last_day").values_list("last_day", flat=True)
    day = last.first()
    return day is None or day < today()
