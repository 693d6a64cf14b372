"""Days laid out as a month or a week has them."""

import calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from commonwire.calendar.dates import EARLIEST, LATEST
from commonwire.calendar.models import Occurrence

MONDAY = 0
DAYS_OF_WEEK = 7


@dataclass(frozen=True)
class Day:
    date: date
    dates: list[Occurrence] = field(default_factory=list)
    # Of a month's sheet: the days before its first and after its last are another's.
    inside: bool = True


def weeks_of(first: date, rows: Iterable[Occurrence]) -> list[list[Day]]:
    """The sheet of a month, in weeks from Monday."""
    by_day = by_days(rows)
    sheet = calendar.Calendar(MONDAY).monthdatescalendar(first.year, first.month)
    return [[_in_month(day, first, by_day) for day in week] for week in sheet]


def _in_month(day: date, first: date, by_day: dict[date, list[Occurrence]]) -> Day:
    inside = day.month == first.month
    return Day(day, by_day.get(day, []) if inside else [], inside=inside)


def days_of(first: date, rows: Iterable[Occurrence]) -> list[Day]:
    by_day = by_days(rows)
    days = (first + timedelta(days=number) for number in range(DAYS_OF_WEEK))
    return [Day(day, by_day.get(day, [])) for day in days]


def agenda(rows: Iterable[Occurrence], since: date) -> list[Day]:
    """The days on which something begins; what went on before stands at ``since``."""
    found: dict[date, list[Occurrence]] = defaultdict(list)
    for row in rows:
        found[max(row.day, since)].append(row)
    return [Day(day, found[day]) for day in sorted(found)]


def by_days(rows: Iterable[Occurrence]) -> dict[date, list[Occurrence]]:
    found: dict[date, list[Occurrence]] = defaultdict(list)
    for row in rows:
        for day in _days(row):
            found[day].append(row)
    return found


def _days(row: Occurrence) -> Iterator[date]:
    day = row.day
    while day <= row.last_day:
        yield day
        day += timedelta(days=1)


def month_path(day: date) -> str:
    return f"{day:%Y/%m}/"


def week_path(day: date) -> str:
    year, week, _day = day.isocalendar()
    return f"{year:04}/w{week:02}/"


def weeks_in(first: date) -> list[str]:
    """The weeks that have a day of a month."""
    sheet = calendar.Calendar(MONDAY).monthdatescalendar(first.year, first.month)
    return [week_path(week[0]) for week in sheet]


def is_near(day: date) -> bool:
    """Whether there is a sheet of it at all: whoever follows “earlier” and “later” comes
    to an end."""
    return EARLIEST <= day < LATEST
