"""Files that could not be worked on for a reason that will pass, and when they are tried
again: a second later, and twice as long each time. Known to one process only; another,
or the same one started again, tries at once."""

import time
from typing import Final

# They lie with the site: reasons of `media.messages`.
PASSING: Final = {"busy", "unmade", "ended", "disk_full"}
FIRST_SECONDS: Final = 1.0
MOST_SECONDS: Final = 300.0

# By public id: how long the rest is, and when it ends.
_rests: dict[str, tuple[float, float]] = {}


def rest(public_id: str) -> None:
    before, _end = _rests.get(public_id, (FIRST_SECONDS / 2, 0.0))
    seconds = min(before * 2, MOST_SECONDS)
    _rests[public_id] = seconds, time.monotonic() + seconds


def rests(public_id: str) -> bool:
    _seconds, end = _rests.get(public_id, (0.0, 0.0))
    return time.monotonic() < end


def forget(public_id: str) -> None:
    _rests.pop(public_id, None)
