"""Bars over weeks, as SVG that needs no style of its own: the figures stand beside it in
a table, for everybody who does not look at bars."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

HEIGHT = 100.0
SLOT = 10.0
BAR = 8.0
# A few weeks do not fill the whole width with a few walls.
LEAST_SLOTS = 12


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    height: float
    kind: int  # its colour
    title: str


@dataclass(frozen=True)
class Plot:
    """``top``: where the axis ends, in words; ``rows``: the table's, newest first."""

    name: str
    title: str
    summary: str
    top: str
    width: float
    bars: list[Bar]
    legend: list[tuple[str, int]]
    heads: list[str]
    rows: list[tuple[str, list[str]]]

    @property
    def box(self) -> str:
        return f"0 0 {self.width:g} {HEIGHT:g}"


def nice(most: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 …: where an axis ends."""
    if most <= 0:
        return 1
    power: float = 10 ** math.floor(math.log10(most))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= most)


def bars(
    labels: Sequence[str],
    series: Sequence[Sequence[float | None]],
    colours: Sequence[int],
    top: float,
) -> list[Bar]:
    """Stacked from below; the newest week stands on the right."""
    indent = max(LEAST_SLOTS - len(labels), 0)
    found = []
    for place, label in enumerate(labels):
        values = [values[place] or 0 for values in series]
        ends = list(accumulate(values))
        for kind, value, end in zip(colours, values, ends, strict=True):
            if value:
                found.append(
                    Bar(
                        x=(place + indent) * SLOT + (SLOT - BAR) / 2,
                        y=round(HEIGHT * (1 - end / top), 2),
                        height=round(HEIGHT * value / top, 2),
                        kind=kind,
                        title=label,
                    )
                )
    return found


def width(number: int) -> float:
    return max(number, LEAST_SLOTS) * SLOT
