"""Names for parts of a picture, "A1" to "H6", for covering without a pointer."""

from string import ascii_uppercase
from typing import Final

from commonwire.media.exchange import Box

# So few columns that a cell's name is read on a telephone's screen.
ACROSS_WIDE: Final = 8
ACROSS_TALL: Final = 6
MOST_ROWS: Final = 16


def columns_and_rows(width: int, height: int) -> tuple[int, int]:
    """Cells are near to squares; in very tall pictures they are taller."""
    columns = ACROSS_WIDE if width >= height else ACROSS_TALL
    rows = round(columns * height / width) if width else 1
    return columns, min(max(rows, 1), MOST_ROWS)


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
