"""What calendars show: dates of events that are in the lists."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet
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


def whole(rows: QuerySet[Occurrence]) -> QuerySet[Occurrence]:
    """With all that a file says of them."""
    return rows.prefetch_related(
        Prefetch("event__post__places", queries.places()),
        Prefetch("event__post__placements", queries.placements()),
    )


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
