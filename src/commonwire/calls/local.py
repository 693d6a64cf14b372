"""The local events of a call, as its page lists them: three queries, however many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils import timezone

from commonwire.calendar.dates import Span
from commonwire.calendar.models import Occurrence
from commonwire.calendar.showing import said
from commonwire.calls.models import Call, CallEvent


@dataclass(frozen=True)
class LocalEvent:
    """The date to speak of is the next that takes place, or the last one."""

    title: str
    path: str
    language: str
    place: str
    when: str
    starts: str
    starts_at: datetime
    is_over: bool
    cancelled: bool


def local_events_of(call: Call) -> list[LocalEvent]:
    rows = (
        call.local_events.exclude(listed_at=None)
        .filter(post__listed=True)
        .select_related("post__event")
        .prefetch_related(
            Prefetch("post__event__occurrences", Occurrence.objects.all())
        )
    )
    return sorted(_each(rows), key=lambda event: (event.starts_at, event.title))


def _each(rows: Iterable[CallEvent]) -> Iterable[LocalEvent]:
    now = timezone.now()
    for row in rows:
        post, event = row.post, row.post.event
        dates = list(event.occurrences.all())
        coming = [d for d in dates if (d.ends_at or d.starts_at) >= now]
        date = ([d for d in coming if not d.cancelled_at] or coming or dates[-1:])[0]
        zone = date.begins.tzinfo
        span = Span(
            date.begins,
            timezone.localtime(date.ends_at, zone) if date.ends_at else None,
        )
        yield LocalEvent(
            title=post.title,
            path=post.path,
            language=post.language,
            place=", ".join(filter(None, (event.place, event.address))),
            when=said(span, all_day=event.all_day),
            starts=span.start.date().isoformat()
            if event.all_day
            else span.start.isoformat(timespec="minutes"),
            starts_at=date.starts_at,
            is_over=not coming,
            cancelled=all(d.cancelled_at for d in dates),
        )


def events_to_look_at(call: Call) -> list[CallEvent]:
    """Added by strangers, and neither listed nor refused yet."""
    rows = call.local_events.filter(listed_at=None, refused_at=None)
    return list(rows.select_related("post").order_by("added_at", "pk"))
