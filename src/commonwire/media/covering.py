"""What is under a box is gone: not dimmed, not laid over, but written over.

Runs in the confined child, on pixels from which everything else is then made.
"""

import math
from collections.abc import Iterable
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from commonwire.media import grid
from commonwire.media.exchange import MOSAIC, SOLID, STYLES, Box
from commonwire.media.places import Place

BLACK: Final = "#000000"
# What is left of a box in the weaker styles: averages, at most so many along a side,
# and each of at least so many pixels.
MOST_CELLS: Final = 6
CELL: Final = 8
STRIP: Final = 256

NUMBERED_LONGEST: Final = 1280
# Of the width, which is a telephone's: there letters are 13 pixels high.
LETTERS: Final = 25
# Narrow pictures are drawn wider than they are, or letters would be specks.
NUMBERED_NARROWEST: Final = 640
NUMBERED_TALLEST: Final = 4096
# Bright and dark together are seen on every ground.
BRIGHT: Final = "#ffffff"
MARK: Final = "#ffd800"
FAINT: Final = (255, 255, 255, 110)
COVERED: Final = (0, 0, 0, 200)
SHADE: Final = (0, 0, 0, 110)

Area = tuple[int, int, int, int]
Size = tuple[int, int]


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
    image: Image.Image, places: Iterable[Place], *, of: Size | None = None
) -> Image.Image:
    """A copy to choose by, with the grid over it and a number on every place; what is
    covered is dark, so that one sees what is still to be.

    ``of`` is the size of the picture that the cells are named for, where ``image`` is
    a smaller one: rounded sizes may have another grid.
    """
    small = image.convert("RGB") if image.mode != "RGB" else image
    size = _numbered_size(image.size)
    small = small.resize(size, Image.Resampling.BICUBIC, reducing_gap=1.0)
    draw = ImageDraw.Draw(small, "RGBA")
    _draw_grid(draw, size, of or image.size)
    for place in places:
        area = area_of(place.box, size)
        if area is not None:
            if place.is_covered:
                draw.rectangle(area, COVERED)
            _draw_box(draw, area, str(place.number), size)
    return small


def _numbered_size(size: Size) -> Size:
    width, height = size
    part = max(min(1.0, NUMBERED_LONGEST / max(size)), NUMBERED_NARROWEST / width)
    part = min(part, NUMBERED_TALLEST / height)
    return max(1, round(width * part)), max(1, round(height * part))


def _draw_grid(draw: ImageDraw.ImageDraw, size: Size, of: Size) -> None:
    width, height = size
    columns, rows = grid.columns_and_rows(*of)
    letters = _letters(width)
    font = ImageFont.load_default(letters)
    for column in range(1, columns):
        x = round(column * width / columns)
        draw.line((x, 0, x, height), FAINT, 2)
        draw.line((x + 2, 0, x + 2, height), SHADE, 2)
    for row in range(1, rows):
        y = round(row * height / rows)
        draw.line((0, y, width, y), FAINT, 2)
        draw.line((0, y + 2, width, y + 2), SHADE, 2)
    for row, names in enumerate(grid.cells(*of)):
        for column, name in enumerate(names):
            place = (column * width / columns + 6, row * height / rows + 4)
            draw.text(
                place, name, BRIGHT, font, stroke_width=letters // 12, stroke_fill=BLACK
            )


def _letters(width: int) -> int:
    return max(8, width // LETTERS)


def _draw_box(draw: ImageDraw.ImageDraw, area: Area, number: str, size: Size) -> None:
    left, top, right, bottom = area
    thick = max(2, size[0] // 320)
    draw.rectangle(
        (left - thick, top - thick, right + thick, bottom + thick), None, BLACK, thick
    )
    draw.rectangle((left, top, right, bottom), None, MARK, thick)
    letters = _letters(size[0])
    font = ImageFont.load_default(letters)
    wide, high = draw.textlength(number, font) + 10, letters * 1.3
    # Below the box where there is room, so that the face itself stays seen.
    x = min(max(0.0, left), size[0] - wide)
    y = min(bottom + thick, size[1] - high)
    draw.rectangle((x, y, x + wide, y + high), MARK, BLACK)
    draw.text((x + 5, y + high / 2), number, BLACK, font, anchor="lm")
