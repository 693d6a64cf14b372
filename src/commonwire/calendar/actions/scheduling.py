"""Writes what events say, in the transaction of their posts."""

import hashlib
import uuid
from collections.abc import Iterable

from django.utils import timezone

from commonwire.calendar.content import EventContent
from commonwire.calendar.dates import Span
from commonwire.calendar.models import Event, Occurrence, TakenBack
from commonwire.changes.record import record
from commonwire.publishing.actions.facts import facts_of
from commonwire.publishing.models import Post


def publish(*, post: Post, content: EventContent) -> Event:
    now = timezone.now()
    event = Event.objects.create(
        post=post,
        uid=content.uid or str(uuid.uuid4()),
        source_id=content.source,
        changed_at=now,
        **content.plain,
    )
    add_dates(event=event, spans=content.dates or ())
    return event


def add_dates(*, event: Event, spans: Iterable[Span]) -> list[Occurrence]:
    """After those that are there already."""
    now, made = timezone.now(), []
    numbers = event.occurrences.order_by("-number").values_list("number", flat=True)
    number = numbers.first() or 0
    for number, span in enumerate(spans, number + 1):  # noqa: B020
        made.append(
            Occurrence(event=event, number=number, changed_at=now, **times(span))
        )
    return Occurrence.objects.bulk_create(made)


def times(span: Span) -> dict[str, object]:
    starts_at, ends_at = span.moments
    return {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "day": span.start.date(),
        "last_day": span.last_day,
    }


def correct(*, post: Post, content: EventContent) -> Event:
    """``content.dates``: of an event that has one date; None leaves them alone."""
    event = Event.objects.select_for_update().get(post=post)
    before = months_of(event)
    now = timezone.now()
    for name, value in content.plain.items():
        if name not in {"rule", "all_day"} or content.dates is not None:
            setattr(event, name, value)
    event.sequence += 1
    event.changed_at = now
    event.save()
    if content.dates is not None:
        _redate(event, content.dates)
    if not post.embargo_until:
        tell("event.changed", post, event, before)
    return event


def renew(*, post: Post) -> None:
    """What an event stands under has changed: its pages say so, and calendars that have
    it look again."""
    event = Event.objects.select_for_update().filter(post=post).first()
    if event is None:
        return
    event.sequence += 1
    event.changed_at = post.updated_at = timezone.now()
    event.save(update_fields=["sequence", "changed_at"])
    post.save(update_fields=["updated_at"])
    if not post.embargo_until:
        tell("post.rescheduled", post, event, [])


def _redate(event: Event, spans: tuple[Span, ...]) -> None:
    """What stands stays; of the rest the first is moved, and what is not among them any
    more is cancelled."""
    wanted = {span.moments: span for span in spans}
    rows = [
        row
        for row in event.occurrences.all()
        if wanted.pop((row.starts_at, row.ends_at), None) is None
    ]
    left = list(wanted.values())
    for row, span in zip(rows, left, strict=False):
        put(row, **times(span), cancelled_at=None)
    for row in rows[len(left) :]:
        if row.cancelled_at is None:
            put(row, cancelled_at=event.changed_at)
    add_dates(event=event, spans=left[len(rows) :])


def put(row: Occurrence, **values: object) -> None:
    """Change a date, and count that for the calendars that have it."""
    for name, value in values.items():
        setattr(row, name, value)
    row.sequence += 1
    row.changed_at = timezone.now()
    row.save()


def months_of(event: Event) -> list[str]:
    """“2026-03”: every month that has a day of it."""
    days = event.occurrences.values_list("day", "last_day")
    return sorted({f"{day:%Y-%m}" for pair in days for day in pair})


def tell(kind: str, post: Post, event: Event, before: list[str]) -> None:
    """Where it stood and where it stands: those pages are due."""
    facts = facts_of(post)
    facts["event"] = {"months": sorted({*before, *months_of(event)})}
    record(kind=kind, post_id=post.pk, **facts)


def withdraw(*, post: Post) -> None:
    """What the event said goes with the post's words."""
    event = Event.objects.filter(post=post).first()
    if event is None:
        return
    if event.source_id is not None:
        TakenBack.objects.get_or_create(uid_hash=hash_of(event.uid))
    event.delete()


def hash_of(uid: str) -> str:
    return hashlib.sha256(uid.encode()).hexdigest()
