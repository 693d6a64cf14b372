"""How far long work is: a bar on a terminal, a line now and then elsewhere."""

import sys
import time
from typing import Any

from tqdm import tqdm

from commonwire.kit.progress import LINE_SECONDS


class Teller:
    """Counts what is done when nobody knows how much there will be."""

    def __init__(self, unit: str) -> None:
        self.unit, self.count, self.bytes = unit, 0, 0
        self._told = time.monotonic()
        self._bar: Any = tqdm(unit=unit) if sys.stderr.isatty() else None

    def did(self, size: int = 0, *, count: int = 1) -> None:
        self.count += count
        self.bytes += size
        if self._bar is not None:
            self._bar.set_postfix_str(megabytes(self.bytes), refresh=False)
            self._bar.update(count)
        elif time.monotonic() - self._told >= LINE_SECONDS:
            self._told = time.monotonic()
            sys.stderr.write(f"{self}\n")

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()

    def __str__(self) -> str:
        return f"{counted(self.count, self.unit)}, {megabytes(self.bytes)}"


def megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
