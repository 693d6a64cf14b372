"""What the pages that are printed together read once: the three feeds of a list show the
same posts, and a post stands in many lists.

What is kept is as old as the round that reads it. A change that comes meanwhile makes the
same pages stale again, so that the next round prints what is new.
"""

import contextlib
from collections.abc import Callable, Hashable, Iterator
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
# Whatever happens, no round fills the memory.
MOST_KEPT = 5_000
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept", default=None)


@contextlib.contextmanager
def together() -> Iterator[None]:
    before = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(before)


def once(key: Hashable, read: Callable[[], T]) -> T:
    """What ``read`` gives; among pages that are printed together, asked once."""
    kept = _kept.get()
    if kept is None:
        return read()
    if key not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[key] = read()
    found: T = kept[key]
    return found


def each_once(
    name: str, keys: list[int], read: Callable[[list[int]], dict[int, T]]
) -> list[T]:
    """What ``read`` gives for each key, in their order; those that are known are not
    asked for again. What is gone meanwhile is left out."""
    kept = _kept.get()
    known: dict[Hashable, Any] = {} if kept is None else kept
    missing = [key for key in keys if (name, key) not in known]
    if len(known) + len(missing) > MOST_KEPT:
        known.clear()
        missing = keys
    found = read(missing) if missing else {}
    known.update({(name, key): one for key, one in found.items()})
    return [known[name, key] for key in keys if (name, key) in known]
