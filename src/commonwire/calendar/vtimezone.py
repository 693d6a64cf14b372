"""What a zone's clocks do, as calendars say it (VTIMEZONE): each change by itself, which
every program reads alike. Lists of dates and rules they do not."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


@lru_cache(maxsize=256)
def lines(zone: str, first: int, last: int) -> tuple[str, ...]:
    """For times of these years; the changes of the years around them are there, too."""
    begins = datetime(max(first - 1, 1), 1, 1, tzinfo=UTC)
    ends = datetime(last + 2, 1, 1, tzinfo=UTC)
    clock = ZoneInfo(zone)
    found = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    found += _observance(begins, begins, clock)
    for change in _changes(begins, ends, clock):
        found += _observance(change - _MINUTE, change, clock)
    return (*found, "END:VTIMEZONE")


def _observance(before: datetime, at: datetime, clock: ZoneInfo) -> Iterator[str]:
    """From ``at`` on, said by the clocks as they were ``before``."""
    old, new = before.astimezone(clock), at.astimezone(clock)
    offset = old.utcoffset() or timedelta()
    kind = "DAYLIGHT" if new.dst() else "STANDARD"
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{at + offset:%Y%m%dT%H%M%S}"
    yield f"TZOFFSETFROM:{_distance(offset)}"
    yield f"TZOFFSETTO:{_distance(new.utcoffset() or timedelta())}"
    yield f"TZNAME:{new.tzname()}"
    yield f"END:{kind}"


def _changes(begins: datetime, ends: datetime, clock: ZoneInfo) -> Iterator[datetime]:
    """The minutes from which a zone's clocks say something else."""
    day = begins
    while day < ends:
        following = day + _DAY
        if _says(day, clock) != _says(following, clock):
            yield _between(day, following, clock)
        day = following


def _between(low: datetime, high: datetime, clock: ZoneInfo) -> datetime:
    before = _says(low, clock)
    while high - low > _MINUTE:
        middle = low + (high - low) // _MINUTE // 2 * _MINUTE
        low, high = (middle, high) if _says(middle, clock) == before else (low, middle)
    return high


def _says(moment: datetime, clock: ZoneInfo) -> tuple[timedelta | None, str | None]:
    local = moment.astimezone(clock)
    return local.utcoffset(), local.tzname()


def _distance(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
