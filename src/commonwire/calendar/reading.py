"""Calendars that others wrote (RFC 5545), read into events. What cannot be used is said,
line by line; who organises or attends is not looked at."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from icalendar import Calendar

from commonwire.calendar import dates
from commonwire.calendar.content import EventContent
from commonwire.calendar.dates import Span, Wrong
from commonwire.calendar.models.event import LINE_LENGTH, UID_LENGTH
from commonwire.kit.markup import MAX_BODY
from commonwire.kit.typed_text import clean_line, clean_text
from commonwire.publishing.forms import LinkField
from commonwire.publishing.models.post import TITLE_LENGTH

MOST_BYTES = 5_000_000
MOST_PARTS = 10_000
MOST_EVENTS = 2_000
MOST_TOLD = 100
_UNREADABLE = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    OverflowError,
)
_NO_MAP = {"latitude": None, "longitude": None}


class NoCalendar(ValueError):
    """It is refused as a whole; says why."""


@dataclass(frozen=True)
class Incoming:
    """``cancelled``: when those dates begin that do not take place."""

    uid: str
    title: str
    body: str
    url: str
    content: EventContent
    cancelled: frozenset[datetime] = frozenset()


@dataclass
class Read:
    events: list[Incoming] = field(default_factory=list)
    # What could not be used, in sentences.
    unused: list[str] = field(default_factory=list)

    def tell(self, name: str, words: str) -> None:
        if len(self.unused) < MOST_TOLD:
            self.unused.append(f"“{name[:80]}”: {words}")


def read(body: bytes, *, zone: str, today: date) -> Read:
    """``zone``: of times that say none."""
    found = Read()
    groups: dict[str, list[Any]] = defaultdict(list)
    for number, part in enumerate(_calendar(body).walk("VEVENT")):
        if number >= MOST_EVENTS:
            words = _("It has more than %(most)s events; the others were left out.")
            found.unused.insert(0, words % {"most": MOST_EVENTS})
            break
        uid = str(part.get("UID", "")).strip()
        groups[uid[: UID_LENGTH + 1]].append(part)
    for uid, parts in groups.items():
        name = _line(parts[0].get("SUMMARY"), TITLE_LENGTH) or uid
        try:
            found.events += _Reader(uid, name, zone, today, found).events(parts)
        except Wrong as wrong:
            found.tell(name, str(wrong))
        except _UNREADABLE:
            found.tell(name, _("its times or its rule cannot be read."))
    return found


def check_size(size: int) -> None:
    if size > MOST_BYTES:
        words = _("This calendar has %(size)s MB; %(most)s MB fit.")
        told = {"size": round(size / 1e6, 1), "most": MOST_BYTES // 1_000_000}
        raise NoCalendar(words % told)


def _calendar(body: bytes) -> Any:
    check_size(len(body))
    if body.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        body = body.decode("utf-16", errors="replace").encode()
    if b"BEGIN:VCALENDAR" not in body[:2_000].upper():
        raise NoCalendar(
            _("This is no calendar: it does not begin with BEGIN:VCALENDAR.")
        )
    if body.upper().count(b"BEGIN:") > MOST_PARTS:
        raise NoCalendar(_("This calendar has too many parts to be read."))
    try:
        return Calendar.from_ical(body.decode("utf-8-sig", errors="replace"))
    except (*_UNREADABLE, RecursionError) as error:
        words = _("This calendar is broken and cannot be read: ask who made it.")
        raise NoCalendar(words) from error


def _line(value: object, limit: int) -> str:
    return clean_line(str(value or "")).text.strip()[:limit]


@dataclass
class _Reader:
    """Of one event, with the dates of it that are said apart."""

    uid: str
    name: str
    zone: str
    today: date
    found: Read

    def events(self, parts: list[Any]) -> Iterator[Incoming]:
        if not self.uid or len(self.uid) > UID_LENGTH:
            raise Wrong("", _("it has no name (UID) that it could be known by."))
        apart = [part for part in parts if "RECURRENCE-ID" in part]
        whole = [part for part in parts if "RECURRENCE-ID" not in part]
        if not whole:
            raise Wrong("", _("only single dates of it are there, not the event."))
        own = whole[0]
        if len(whole) > 1:
            self._tell(_("it is there several times; the first was taken over."))
        if str(own.get("CLASS", "PUBLIC")).upper() not in {"PUBLIC", ""}:
            raise Wrong("", _("it is marked as private."))
        first, all_day = self._span(own)
        spans = {span.start: span for span in self._dates(own, first)}
        cancelled = self._apart(apart, spans)
        if str(own.get("STATUS", "")).upper() == "CANCELLED":
            cancelled = set(spans)
        if not spans:
            return
        yield Incoming(
            uid=self.uid,
            title=self.name,
            body=clean_text(str(own.get("DESCRIPTION") or "")).text[:MAX_BODY],
            url=_link(own.get("URL")),
            content=self._content(own, tuple(spans.values()), all_day=all_day),
            cancelled=frozenset(cancelled),
        )

    def _content(
        self, own: Any, spans: tuple[Span, ...], *, all_day: bool
    ) -> EventContent:
        zone = str(spans[0].start.tzinfo)
        return EventContent(
            zone=zone,
            dates=tuple(sorted(spans, key=lambda span: span.start)),
            all_day=all_day,
            place=_line(own.get("LOCATION"), LINE_LENGTH),
            online_url=_link(own.get("CONFERENCE")),
            uid=self.uid,
            **_position(own),
        )

    def _dates(self, own: Any, first: Span) -> list[Span]:
        """Those that are not over."""
        found = [first]
        zone = str(first.start.tzinfo)
        if "RRULE" in own:
            rule = own["RRULE"]
            if isinstance(rule, list):
                raise Wrong("", _("it has several rules; only one can be read."))
            text = rule.to_ical().decode()
            found, cut = dates.coming(first, text, zone, self.today)
            if cut:
                self._tell(cut)
        if "RDATE" in own:
            starts = _moments(own["RDATE"], first)
            found += [dates.at(first, each, zone, "") for each in starts]
        left_out = set(_moments(own["EXDATE"], first)) if "EXDATE" in own else set()
        return [
            span
            for span in found
            if span.last_day >= self.today
            and span.start.replace(tzinfo=None) not in left_out
        ]

    def _apart(self, parts: list[Any], spans: dict[datetime, Span]) -> set[datetime]:
        """Dates that were moved or cancelled by themselves."""
        cancelled = set()
        for part in parts:
            was = part["RECURRENCE-ID"].dt
            known = [s for s in spans if _same(s, was)]
            span, _all_day = self._span(part)
            if str(part.get("STATUS", "")).upper() == "CANCELLED":
                cancelled |= set(known)
            elif span.last_day >= self.today:
                for each in known:
                    del spans[each]
                spans[span.start] = span
        return cancelled

    def _span(self, part: Any) -> tuple[Span, bool]:
        if "DTSTART" not in part:
            raise Wrong("", _("it does not say when it begins."))
        start = part["DTSTART"].dt
        end = part["DTEND"].dt if "DTEND" in part else None
        if "DURATION" in part and end is None:
            end = start + part["DURATION"].dt
        if not isinstance(start, datetime):
            dates.day_of(start.isoformat(), "")
            last = end if isinstance(end, date) else start + timedelta(days=1)
            last = max(last, start + timedelta(days=1))
            span = Span(
                dates.midnight(start, self.zone), dates.midnight(last, self.zone)
            )
            dates.check_order(span.start, span.end, "")
            return span, True
        zone = self._zone_of(start)
        begins = self._in_zone(start, zone)
        ends = self._in_zone(end, zone) if isinstance(end, datetime) else None
        dates.day_of(begins.date().isoformat(), "")
        if ends is not None and ends <= begins:
            self._tell(_("it ends before it begins; it was taken over without an end."))
            ends = None
        dates.check_order(begins, ends, "")
        return Span(begins, ends), False

    def _zone_of(self, moment: datetime) -> str:
        name = str(getattr(moment.tzinfo, "key", "") or "")
        known = name in available_timezones() and name not in {"UTC", "Etc/UTC"}
        return name if known else self.zone

    def _in_zone(self, moment: datetime, zone: str) -> datetime:
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(zone))
        # The way there and back leaves the hour that the clocks skip.
        shown = moment.astimezone(UTC).astimezone(ZoneInfo(zone))
        if moment.tzinfo == shown.tzinfo and moment.hour != shown.hour:
            words = _("%(time)s is skipped on that day; it is at %(shown)s here.")
            told = {"time": f"{moment:%H:%M}", "shown": f"{shown:%H:%M}"}
            self._tell(words % told)
        return shown

    def _tell(self, words: str) -> None:
        self.found.tell(self.name, words)


def _same(start: datetime, was: date) -> bool:
    if not isinstance(was, datetime):
        return start.date() == was
    if was.tzinfo is None:
        return start.replace(tzinfo=None) == was
    return start == was


def _moments(value: Any, first: Span) -> list[datetime]:
    """By the clocks of the event's zone."""
    zone = first.start.tzinfo
    found = []
    for each in value if isinstance(value, list) else [value]:
        for told in each.dts:
            moment = told.dt
            if isinstance(moment, datetime):
                local = moment.astimezone(zone) if moment.tzinfo else moment
                found.append(local.replace(tzinfo=None))
            elif isinstance(moment, date):
                found.append(datetime.combine(moment, first.start.time()))
    return found


def _link(value: Any) -> str:
    """A web address; nothing else is taken over."""
    told = str((value[0] if isinstance(value, list) else value) or "")
    try:
        return LinkField().clean(told) if told.startswith("http") else ""
    except ValidationError:
        return ""


def _position(own: Any) -> dict[str, Any]:
    geo = own.get("GEO")
    if geo is None:
        return _NO_MAP
    north, east = float(geo.latitude), float(geo.longitude)
    if abs(north) <= 90 and abs(east) <= 180:  # noqa: PLR2004 - the ends of the earth
        return {"latitude": north, "longitude": east}
    return _NO_MAP
