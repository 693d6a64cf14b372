"""Work that is done on every core of the machine."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from commonwire.moderation.log.sources import Directory, Source

# Less is done before another process has begun.
LEAST = 16
_AT_ONCE = 4
T = TypeVar("T")
R = TypeVar("R")
_here: dict[str, Any] = {}


def each(
    source: Source, work: Callable[[Source, Any, T], R], items: Sequence[T], told: Any
) -> Iterator[R]:
    """``work(source, told, item)`` of each, in order. Only files can be read by several
    at once; a server is asked for one after the other."""
    cores = len(os.sched_getaffinity(0))
    if len(items) < LEAST or cores == 1 or not isinstance(source, Directory):
        yield from (work(source, told, item) for item in items)
        return
    forked = multiprocessing.get_context("fork")
    with forked.Pool(cores, _begin, (source, work, told)) as pool:
        yield from pool.imap(_one, items, chunksize=_AT_ONCE)


def _begin(source: Source, work: Any, told: Any) -> None:
    _here.update(source=source, work=work, told=told)


def _one(item: Any) -> Any:
    return _here["work"](_here["source"], _here["told"], item)
