"""Writes what events say, in the transaction of their posts."""

import uuid
from collections.abc import Iterable

from django.utils import timezone

from commonwire.calendar.content import EventContent
from commonwire.calendar.dates import Span
from commonwire.calendar.models import Event, Occurrence
from commonwire.changes.record import record
from commonwire.publishing.actions.facts import facts_of
from commonwire.publishing.models import Post


def publish(*, post: Post, content: EventContent, uid: str = "") -> Event:
    """``uid``: of one that was imported."""
    now = timezone.now()
    event = Event.objects.create(
        post=post, uid=uid or str(uuid.uuid4()), changed_at=now, **content.plain
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
    return {
        "starts_at": span.start,
        "ends_at": span.end,
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


def _redate(event: Event, spans: tuple[Span, ...]) -> None:
    first = event.occurrences.get()
    moved, *more = spans
    if (first.starts_at, first.ends_at) != (moved.start, moved.end):
        for name, value in times(moved).items():
            setattr(first, name, value)
        first.sequence += 1
        first.changed_at = event.changed_at
        first.save()
    add_dates(event=event, spans=more)


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
    Event.objects.filter(post=post).delete()
