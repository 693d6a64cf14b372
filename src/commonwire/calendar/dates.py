"""When an event is: from what somebody typed to moments, and from a rule to dates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from django.forms import ValidationError
from django.utils.translation import gettext as _

from commonwire.publishing.zones import comes_twice, in_zone

MOST_DATES = 200
# Beyond it nobody plans, and a typing error in the year is likelier.
EARLIEST, LATEST = date(1970, 1, 1), date(2100, 1, 1)
LONGEST = timedelta(days=366)
# Of a rule that began long ago.
MOST_LOOKED_AT = 20_000
_PARTS = {
    *("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"),
    *("BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"),
}
_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
# The calendar repeats itself after so many years. Rules are worked out in its last
# round: one that never comes true ends with the calendar, in 400 years, not in 8,000.
_AHEAD = 19 * 400


class Wrong(ValueError):
    """What is wrong with a field, in a sentence for who filled it."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


@dataclass(frozen=True)
class Span:
    """From when to when, by the clocks of the event's zone; None is an open end. Of
    whole days, the end is the midnight after the last."""

    start: datetime
    end: datetime | None = None

    @property
    def moments(self) -> tuple[datetime, datetime | None]:
        """In UTC, to be compared: an hour that comes twice is like no other moment."""
        end = self.end.astimezone(UTC) if self.end else None
        return self.start.astimezone(UTC), end

    @property
    def last_day(self) -> date:
        if self.end is None:
            return self.start.date()
        return max(self.start, self.end - timedelta(microseconds=1)).date()


def day_of(text: str, field: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Wrong(field, _("Write the day like 2026-03-14.")) from None
    if not EARLIEST <= day < LATEST:
        raise Wrong(field, _("This day is far away. Is the year right?"))
    return day


def time_of(text: str, field: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise Wrong(field, _("Write the time like 18:30.")) from None


def moment(day: date, at: time, zone: str, *, which: str, field: str) -> datetime:
    """``which`` of an hour that comes twice is meant: “first” or “second”."""
    local = datetime.combine(day, at)
    if local.tzinfo is not None:
        return local.astimezone(ZoneInfo(zone))
    if comes_twice(local, zone) and not which:
        words = _(
            "%(time)s comes twice on that day in %(zone)s, for the clocks are put back. "
            "Say below which one you mean."
        )
        raise Wrong(field, words % {"time": f"{at:%H:%M}", "zone": zone})
    try:
        return in_zone(local, zone, fold=int(which == "second"))
    except ValidationError as error:
        raise Wrong(field, error.messages[0]) from error


def midnight(day: date, zone: str) -> datetime:
    """When a day begins: where the clocks skip midnight, an hour later."""
    found = datetime.combine(day, time(), ZoneInfo(zone))
    return found.astimezone(UTC).astimezone(found.tzinfo)


def check_order(start: datetime, end: datetime | None, field: str) -> None:
    if end is None:
        return
    # In UTC: clocks that are put back tell the same time twice.
    if end.astimezone(UTC) <= start.astimezone(UTC):
        words = _(
            "It ends before it begins. If it goes on after midnight, give the day it "
            "ends on, too."
        )
        raise Wrong(field, words)
    if end - start > LONGEST:
        raise Wrong(field, _("This is more than a year long. Is the year right?"))


def repeated(first: Span, rule: str, zone: str, *, field: str) -> list[Span]:
    """The dates that a rule makes, the first among them. What falls into an hour that
    the clocks skip is refused."""
    start = first.start.replace(tzinfo=None, fold=0)
    found = list(islice(_starts(start, rule, zone, field), MOST_DATES + 1))
    if len(found) > MOST_DATES:
        words = _("This makes more than %(most)s dates. Let it end sooner.")
        raise Wrong(field, words % {"most": MOST_DATES})
    if not found:
        raise Wrong(field, _("This rule makes no date at all."))
    return [
        first,
        *(at(first, other, zone, field) for other in found if other != start),
    ]


def coming(first: Span, rule: str, zone: str, today: date) -> tuple[list[Span], str]:
    """Of a rule that somebody else wrote: its dates from ``today`` on, a year of them at
    most; and what of it was left out, in a sentence."""
    last = max(today, first.start.date()) + LONGEST
    endless = not {"COUNT", "UNTIL"} & {
        part.partition("=")[0] for part in rule.split(";")
    }
    if endless:
        rule = f"{rule};UNTIL={last:%Y%m%d}"
    found: list[Span] = []
    start = first.start.replace(tzinfo=None, fold=0)
    for local in islice(_starts(start, rule, zone, "rule"), MOST_LOOKED_AT):
        if local.date() > last or len(found) >= MOST_DATES:
            return found, _longer(found, last)
        span = first if local == start else at(first, local, zone, "rule")
        if span.last_day >= today:
            found.append(span)
    return found, _longer(found, last) if endless else ""


def _longer(found: list[Span], last: date) -> str:
    words = _("it goes on for longer; its dates until %(day)s were taken over.")
    return words % {"day": found[-1].start.date() if found else last}


def at(first: Span, start: datetime, zone: str, field: str) -> Span:
    """As long as the first date, by the clocks on the wall."""
    begins = first.start.replace(tzinfo=None, fold=0)
    moved = _moment(start, zone, field)
    if first.end is None:
        return Span(moved)
    length = first.end.replace(tzinfo=None, fold=0) - begins
    return Span(moved, _moment(start + length, zone, field))


def _moment(local: datetime, zone: str, field: str) -> datetime:
    if local.time() == time():
        return midnight(local.date(), zone)
    try:
        return in_zone(local, zone, fold=0)
    except ValidationError:
        words = _(
            "On %(day)s there is no %(time)s in %(zone)s: the clocks are put forward. "
            "Choose another time of day, or leave that day out."
        )
        told = {"day": local.date(), "time": f"{local:%H:%M}", "zone": zone}
        raise Wrong(field, words % told) from None


def _starts(start: datetime, rule: str, zone: str, field: str) -> Iterator[datetime]:
    parts = _checked(rule, field)
    if until := parts.pop("UNTIL", ""):
        last = _until(until, zone, field)
        parts["UNTIL"] = f"{last.replace(year=last.year + _AHEAD):%Y%m%dT%H%M%S}"
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        made = rrulestr(text, dtstart=start.replace(year=start.year + _AHEAD))
        for found in made:
            yield found.replace(year=found.year - _AHEAD)
    except (ValueError, TypeError, KeyError, IndexError, OverflowError) as error:
        raise Wrong(field, _unreadable()) from error


def _unreadable() -> str:
    return _("This rule cannot be read. Write it like FREQ=WEEKLY;BYDAY=FR;COUNT=8.")


def _checked(rule: str, field: str) -> dict[str, str]:
    text = rule.strip().upper().removeprefix("RRULE:")
    pairs = [pair.partition("=") for pair in text.split(";") if pair]
    parts = {name.strip(): value.strip() for name, _sign, value in pairs}
    if len(parts) != len(pairs) or not all(parts.values()) or "FREQ" not in parts:
        raise Wrong(field, _unreadable())
    if unknown := sorted(parts.keys() - _PARTS):
        words = _("“%(name)s” in a rule is not known here. Leave it out.")
        raise Wrong(field, words % {"name": unknown[0][:30]})
    if parts["FREQ"] not in _FREQUENCIES:
        words = _("It may repeat by days, weeks, months or years; no faster.")
        raise Wrong(field, words)
    if not parts.keys() & {"COUNT", "UNTIL"}:
        words = _(
            "This rule never ends. Say until when it goes on, or how often: "
            "UNTIL=20261231 or COUNT=8."
        )
        raise Wrong(field, words)
    if {"COUNT", "UNTIL"} <= parts.keys():
        raise Wrong(
            field, _("A rule ends by COUNT or by UNTIL; leave one of them out.")
        )
    numbers = [parts[name] for name in ("INTERVAL", "COUNT") if name in parts]
    if any(len(value) > 100 for value in parts.values()) or not all(  # noqa: PLR2004
        re.fullmatch("[1-9][0-9]{0,5}", number) for number in numbers
    ):
        raise Wrong(field, _unreadable())
    return parts


def _until(text: str, zone: str, field: str) -> datetime:
    """By the clocks of the zone; a day alone is all of it."""
    match = re.fullmatch(r"([0-9]{8})(?:T([0-9]{6})(Z?))?", text)
    if match is None:
        raise Wrong(field, _unreadable())
    try:
        day = datetime.strptime(match[1], "%Y%m%d").replace(tzinfo=UTC)
        if match[2] is None:
            last = day.replace(hour=23, minute=59, second=59, tzinfo=None)
        else:
            told = datetime.strptime(match[1] + match[2], "%Y%m%d%H%M%S")  # noqa: DTZ007
            is_utc = bool(match[3])
            in_utc = told.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
            last = in_utc.replace(tzinfo=None) if is_utc else told
        return min(last, datetime.combine(LATEST, time()))
    except (ValueError, OverflowError):
        raise Wrong(field, _unreadable()) from None
