"""What is under a box is gone: not dimmed, not laid over, but written over.

Runs in the confined child, on pixels from which everything else is then made.
"""

import math
from collections.abc import Iterable
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from commonwire.media import grid
from commonwire.media.exchange import MOSAIC, SOLID, STYLES, Box

BLACK: Final = "#000000"
# What is left of a box in the weaker styles: averages, at most so many along a side,
# and each of at least so many pixels.
MOST_CELLS: Final = 6
CELL: Final = 8
STRIP: Final = 256

NUMBERED_LONGEST: Final = 1280
# Of the longest side: to be read on a telephone, too.
LETTERS: Final = 36
# Bright and dark together are seen on every ground.
BRIGHT: Final = "#ffffff"
MARK: Final = "#ffd800"
FAINT: Final = (255, 255, 255, 110)
SHADE: Final = (0, 0, 0, 110)

Area = tuple[int, int, int, int]


def cover(image: Image.Image, boxes: Iterable[Box], style: str) -> Image.Image:
    """``image`` itself, with every pixel that a box touches written over.

    In place, since a second copy of sixty million pixels takes 180 MB.
    """
    if style not in STYLES:
        raise ValueError(style)
    for box in boxes:
        area = area_of(box, image.size)
        if area is None:
            continue
        if style == SOLID:
            image.paste(BLACK, area)
        else:
            _average(image, area, style)
    return image


def area_of(box: Box, size: tuple[int, int]) -> Area | None:
    """In pixels, rounded outward; None for a box that covers nothing."""
    width, height = size
    left = max(0, math.floor(box.left * width))
    top = max(0, math.floor(box.top * height))
    right = min(width, math.ceil((box.left + box.width) * width))
    bottom = min(height, math.ceil((box.top + box.height) * height))
    if box.width <= 0 or box.height <= 0 or right <= left or bottom <= top:
        return None
    return left, top, right, bottom


def _average(image: Image.Image, area: Area, style: str) -> None:
    width, height = area[2] - area[0], area[3] - area[1]
    cell = max(CELL, math.ceil(max(width, height) / MOST_CELLS))
    cells = (max(1, width // cell), max(1, height // cell))
    averages = image.resize(cells, Image.Resampling.BOX, box=area, reducing_gap=1.0)
    stretch = Image.Resampling.NEAREST if style == MOSAIC else Image.Resampling.BICUBIC
    # In strips, since a box may be the whole of sixty million pixels.
    for top in range(0, height, STRIP):
        bottom = min(height, top + STRIP)
        part = (0, top * cells[1] / height, cells[0], bottom * cells[1] / height)
        strip = averages.resize((width, bottom - top), stretch, box=part)
        image.paste(strip, (area[0], area[1] + top))


def numbered(
    image: Image.Image, boxes: list[Box], *, longest: int = NUMBERED_LONGEST
) -> Image.Image:
    """A smaller copy with the grid over it and a number on every box."""
    small = image.convert("RGB") if image.mode != "RGB" else image
    part = min(1.0, longest / max(image.size))
    size = (max(1, round(image.width * part)), max(1, round(image.height * part)))
    small = small.resize(size, Image.Resampling.BICUBIC, reducing_gap=1.0)
    draw = ImageDraw.Draw(small, "RGBA")
    _draw_grid(draw, size)
    for number, box in enumerate(boxes, 1):
        area = area_of(box, size)
        if area is not None:
            _draw_box(draw, area, str(number), size)
    return small


def _draw_grid(draw: ImageDraw.ImageDraw, size: tuple[int, int]) -> None:
    width, height = size
    columns, rows = grid.columns_and_rows(width, height)
    font = ImageFont.load_default(max(11, max(size) // LETTERS))
    for column in range(1, columns):
        x = round(column * width / columns)
        draw.line((x, 0, x, height), FAINT)
        draw.line((x + 1, 0, x + 1, height), SHADE)
    for row in range(1, rows):
        y = round(row * height / rows)
        draw.line((0, y, width, y), FAINT)
        draw.line((0, y + 1, width, y + 1), SHADE)
    for row, names in enumerate(grid.cells(width, height)):
        for column, name in enumerate(names):
            place = (column * width / columns + 4, row * height / rows + 3)
            draw.text(place, name, BRIGHT, font, stroke_width=2, stroke_fill=BLACK)


def _draw_box(
    draw: ImageDraw.ImageDraw, area: Area, number: str, size: tuple[int, int]
) -> None:
    left, top, right, bottom = area
    thick = max(2, max(size) // 400)
    draw.rectangle(
        (left - thick, top - thick, right + thick, bottom + thick), None, BLACK, thick
    )
    draw.rectangle((left, top, right, bottom), None, MARK, thick)
    letters = max(14, max(size) // LETTERS)
    font = ImageFont.load_default(letters)
    wide, high = draw.textlength(number, font) + 10, letters * 1.3
    # Below the box where there is room, so that the face itself stays seen.
    x = min(max(0.0, left), size[0] - wide)
    y = min(bottom + thick, size[1] - high)
    draw.rectangle((x, y, x + wide, y + high), MARK, BLACK)
    draw.text((x + 5, y + high / 2), number, BLACK, font, anchor="lm")
