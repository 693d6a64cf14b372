"""An event as pages, corrections, programs and its own form get it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from commonwire.calendar.content import PLAIN, EventContent
from commonwire.calendar.dates import Span
from commonwire.calendar.models import Event, Occurrence
from commonwire.calendar.states import ACCESS, Answer
from commonwire.kit.address import absolute
from commonwire.kit.clock import day_words, hour_words
from commonwire.kit.mail_mask import mask
from commonwire.publishing.zones import comes_twice


def said(span: Span, *, all_day: bool, zone: bool = True) -> str:
    """“Saturday, March 14, 2026, 6:30 PM to 9:00 PM EDT”."""
    day = day_words(span.start)
    last = span.last_day
    if all_day:
        if last == span.start.date():
            return day
        return _("%(from)s to %(to)s") % {
            "from": day,
            "to": day_words(last),
        }
    begins = hour_words(span.start.time())
    named = f" {span.start:%Z}" if zone else ""
    if span.end is None:
        return f"{day}, {begins}{named}"
    ends = hour_words(span.end.time())
    if span.end.date() != span.start.date():
        ends = f"{day_words(span.end)}, {ends}"
    told = {"day": day, "from": begins, "to": ends}
    return _("%(day)s, %(from)s to %(to)s") % told + named


@dataclass(frozen=True)
class Date:
    """One date, for templates. ``row``: none in a preview."""

    span: Span
    all_day: bool
    row: Occurrence | None = None

    @property
    def words(self) -> str:
        return said(self.span, all_day=self.all_day)

    @property
    def hours(self) -> str:
        """“6:30 PM to 8:00 PM EDT”, beside its day; the last day, if it has several."""
        last = "" if self.span.last_day == self.span.start.date() else self._last_day
        if self.all_day:
            return _("until %(day)s") % {"day": last} if last else _("all day")
        begins, named = hour_words(self.span.start.time()), f"{self.span.start:%Z}"
        if self.span.end is None:
            return f"{begins} {named}"
        ends = f"{last} {hour_words(self.span.end.time())}".strip()
        return _("%(from)s to %(to)s") % {"from": begins, "to": ends} + f" {named}"

    @property
    def hour(self) -> str:
        """When it begins, where there is room for no more."""
        return _("all day") if self.all_day else hour_words(self.span.start.time())

    @property
    def _last_day(self) -> str:
        return format_date(self.span.last_day, "D, M j,")

    @property
    def starts(self) -> str:
        """For programs."""
        if self.all_day:
            return self.span.start.date().isoformat()
        return self.span.start.isoformat(timespec="minutes")

    @property
    def ends(self) -> str:
        if self.span.end is None:
            return ""
        if self.all_day:
            return self.span.last_day.isoformat()
        return self.span.end.isoformat(timespec="minutes")

    @property
    def is_over(self) -> bool:
        return (self.span.end or self.span.start) < timezone.now()

    @property
    def cancelled(self) -> bool:
        return self.row is not None and self.row.cancelled_at is not None

    @property
    def moved_from(self) -> str:
        if self.row is None or self.row.moved_from is None:
            return ""
        before = timezone.localtime(self.row.moved_from, self.span.start.tzinfo)
        return said(Span(before), all_day=self.all_day)


class Shown:
    """What the templates of an event ask for."""

    def __init__(self, content: EventContent, event: Event | None) -> None:
        self.event = content
        self.row = event
        rows: list[Occurrence | None] = [None] * len(content.dates or ())
        if event is not None:
            rows = list(event.occurrences.all())
        self.dates = [
            Date(span, content.all_day, row)
            for span, row in zip(content.dates or (), rows, strict=True)
        ]

    @cached_property
    def next(self) -> Date:
        """The one to speak of: the next that takes place, or the last one."""
        coming = [date for date in self.dates if not date.is_over]
        taking_place = [date for date in coming if not date.cancelled]
        return (taking_place or coming or self.dates[-1:])[0]

    @property
    def is_cancelled(self) -> bool:
        return all(date.cancelled for date in self.dates)

    @property
    def is_over(self) -> bool:
        return all(date.is_over for date in self.dates)

    @property
    def told(self) -> list[tuple[str, str]]:
        """What else there is to know, as terms and what is said of them."""
        event = self.event
        access = "; ".join(f"{words}: {answer}" for words, answer in event.access)
        rows = (
            (_("Access"), ". ".join(filter(None, (access, mask(event.accessibility))))),
            (_("Languages"), mask(event.languages)),
            (_("Price"), mask(event.price)),
            (_("Whom to ask"), mask(event.contact)),
        )
        return [(name, words) for name, words in rows if words]


def position(content: EventContent) -> str:
    if content.latitude is None or content.longitude is None:
        return ""
    return f"{content.latitude:.6g}, {content.longitude:.6g}"


def readable(content: EventContent) -> dict[str, str]:
    """By name, as corrections show it. The private address is in none."""
    names = ("place", "address", "online_url", "accessibility", "languages", "price")
    found = {f"event.{name}": str(getattr(content, name)) for name in names}
    answers = {f"event.{n}": str(Answer(getattr(content, n)).label) for n in ACCESS}
    found |= answers
    found |= {"event.contact": content.contact, "event.position": position(content)}
    if content.dates is not None:
        told = (said(span, all_day=content.all_day) for span in content.dates)
        found["event.when"] = "\n".join(told)
    return found


def hours_of(span: Span, *, all_day: bool) -> dict[str, str]:
    """What would have to be typed for one date."""
    last = span.last_day if all_day or span.end is None else span.end.date()
    return {
        "start_day": span.start.date().isoformat(),
        "start_time": "" if all_day else f"{span.start:%H:%M}",
        "end_day": "" if last == span.start.date() else last.isoformat(),
        "end_time": "" if all_day or not span.end else f"{span.end:%H:%M}",
        "which": _which(span.start),
    }


def _which(moment: datetime) -> str:
    """Of an hour that comes twice."""
    if not comes_twice(moment.replace(tzinfo=None, fold=0), str(moment.tzinfo)):
        return ""
    return "second" if moment.fold else "first"


def typed_of(content: EventContent) -> dict[str, Any]:
    """What would have to be typed for an event as it stands."""
    first = (content.dates or ())[0]
    plain = {name: getattr(content, name) for name in PLAIN}
    return {
        **plain,
        **hours_of(first, all_day=content.all_day),
        "address": content.address or content.private_address,
        "address_private": "on" if content.private_address else "",
        "position": position(content),
        "repeats": "",
        "rule": "",
    }


def for_programs(event: Event) -> dict[str, Any]:
    content = EventContent.of(event)
    hidden = {"private_address", "online_url"}
    plain = {name: getattr(event, name) for name in PLAIN if name not in hidden}
    texts = {name: mask(text) for name, text in plain.items() if isinstance(text, str)}
    return {
        **plain,
        **texts,
        "online_url": content.online_url,
        "address_private": bool(event.private_address),
        "uid": event.uid,
        "sequence": event.sequence,
        "calendar": absolute(f"{event.post.path}calendar.ics"),
        "dates": [_date(date) for date in Shown(content, event).dates],
    }


def _date(date: Date) -> dict[str, Any]:
    row = date.row
    if row is None:
        raise AssertionError("a published date has a row")
    was = row.moved_from
    return {
        "number": row.number,
        "url": absolute(row.path),
        "uid": row.uid,
        "start": date.starts,
        "end": date.ends or None,
        "moved_from": timezone.localtime(was, row.zone).isoformat() if was else None,
        "cancelled": date.cancelled,
        "note": mask(row.note),
    }
