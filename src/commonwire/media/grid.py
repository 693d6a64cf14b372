"""Names for parts of a picture, "A1" to "H6", for covering without a pointer."""

from string import ascii_uppercase
from typing import Final

from commonwire.media.exchange import Box

# Along the longer and the shorter side, so that cells are near to squares.
LONG: Final = 8
SHORT: Final = 6


def columns_and_rows(width: int, height: int) -> tuple[int, int]:
    return (LONG, SHORT) if width >= height else (SHORT, LONG)


def cells(width: int, height: int) -> list[list[str]]:
    """Row by row, as they lie on a picture of this size."""
    columns, rows = columns_and_rows(width, height)
    return [
        [f"{letter}{row}" for letter in ascii_uppercase[:columns]]
        for row in range(1, rows + 1)
    ]


def box(name: str, width: int, height: int) -> Box | None:
    """The part of a picture of this size; None where it has no such cell."""
    columns, rows = columns_and_rows(width, height)
    for row, names in enumerate(cells(width, height)):
        if name in names:
            column = names.index(name)
            return Box(column / columns, row / rows, 1 / columns, 1 / rows)
    return None
