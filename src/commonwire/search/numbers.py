"""An entry's number: the second of its publication, what it is, and its own number. So a
stretch of time is a stretch of numbers, and the newest is the highest."""

from datetime import datetime

_BITS_OF_ROW = 29
_BITS = _BITS_OF_ROW + 2
_POST, _ADDENDUM = 0, 1
_EARLIEST, _LATEST = -(1 << 32), (1 << 32) - 1
# Organisations have no time; they stand above all that has one.
ORGANISATIONS = _LATEST << _BITS
LAST = (1 << 63) - 1


def of_post(number: int, at: datetime) -> int:
    return _of(at, _POST, number)


def of_addendum(number: int, at: datetime) -> int:
    return _of(at, _ADDENDUM, number)


def of_organisation(number: int) -> int:
    return ORGANISATIONS + number


def since(at: datetime) -> int:
    """The lowest number of what was published then or later."""
    seconds = min(max(int(at.timestamp()), _EARLIEST), _LATEST)
    return seconds << _BITS


def _of(at: datetime, what: int, number: int) -> int:
    return since(at) | what << _BITS_OF_ROW | number % (1 << _BITS_OF_ROW)
