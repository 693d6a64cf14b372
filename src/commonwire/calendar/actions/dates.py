"""Single dates of an event: moved, cancelled, taking place after all, and new ones. Each
keeps its address; what is cancelled stays, and says so."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from commonwire.calendar.actions import scheduling
from commonwire.calendar.dates import Span
from commonwire.calendar.models import Event, Occurrence
from commonwire.publishing.actions.corrections import Withdrawn
from commonwire.publishing.models import Post


@transaction.atomic
def move(*, post: Post, number: int, span: Span, note: str = "") -> Occurrence:
    event, row = _lock(post, number)
    if (row.starts_at, row.ends_at, row.note) == (*span.moments, note):
        return row
    before, moved_from = scheduling.months_of(event), row.moved_from
    if row.starts_at != span.moments[0]:
        moved_from = row.moved_from or row.starts_at
    times = scheduling.times(span)
    scheduling.put(row, **times, moved_from=moved_from, note=note)
    _tell(post, event, before)
    return row


@transaction.atomic
def cancel(*, post: Post, number: int, note: str = "") -> Occurrence:
    event, row = _lock(post, number)
    if row.cancelled_at is None or row.note != note:
        scheduling.put(row, cancelled_at=row.cancelled_at or timezone.now(), note=note)
        _tell(post, event, [])
    return row


@transaction.atomic
def restore(*, post: Post, number: int) -> Occurrence:
    """It takes place after all."""
    event, row = _lock(post, number)
    if row.cancelled_at is not None:
        scheduling.put(row, cancelled_at=None, note="")
        _tell(post, event, [])
    return row


@transaction.atomic
def add(*, post: Post, spans: Iterable[Span]) -> list[Occurrence]:
    """Those that are there already are not added again."""
    event = _lock_event(post)
    known = set(event.occurrences.values_list("starts_at", flat=True))
    new = [span for span in spans if span.moments[0] not in known]
    made = scheduling.add_dates(event=event, spans=new)
    if made:
        _tell(post, event, [])
    return made


def _lock_event(post: Post) -> Event:
    event = Event.objects.select_for_update().filter(post=post).first()
    if event is None:
        raise Withdrawn
    return event


def _lock(post: Post, number: int) -> tuple[Event, Occurrence]:
    event = _lock_event(post)
    return event, event.occurrences.get(number=number)


def _tell(post: Post, event: Event, before: list[str]) -> None:
    post.updated_at = timezone.now()
    post.save(update_fields=["updated_at"])
    scheduling.tell("post.rescheduled", post, event, before)
