"""How far long work is: a bar on a terminal, a line now and then elsewhere."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

from tqdm import tqdm

# Between two lines in a log.
LINE_SECONDS: Final = 30

Item = TypeVar("Item")


def progress(items: Iterable[Item], total: int, *, unit: str) -> Iterator[Item]:
    """Pass the items on, one by one, and say on standard error how many are done."""
    if sys.stderr.isatty():
        yield from tqdm(items, total=total, unit=unit)
        return
    told = time.monotonic()
    for done, item in enumerate(items):
        if done and time.monotonic() - told >= LINE_SECONDS:
            told = time.monotonic()
            sys.stderr.write(f"{done} of {total} {unit}s\n")
        yield item
