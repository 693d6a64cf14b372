"""The square picture that podcast directories ask for: the site's mark over its name."""

import io
from typing import Final

from PIL import Image, ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont

# Directories take 1400 to 3000 pixels.
SIDE: Final = 1400
# As in `icon.svg`.
GROUND: Final = "#9b1c1c"
MARK: Final = "#ffffff"
# The icon's three lines, in its 32 units: left, top, right, bottom.
LINES: Final = ((6, 9, 26, 12), (6, 15, 26, 17), (6, 20, 20, 22))
_UNITS: Final = 32
_MARGIN: Final = 120
# The name's letters, from the largest that may be to the smallest that is still read.
_SIZES: Final = range(180, 50, -10)
_NO_LETTER: Final = "\uffff"


def draw(name: str) -> bytes:
    """A PNG, the same for the same name."""
    picture = Image.new("RGB", (SIDE, SIDE), GROUND)
    pen = ImageDraw.Draw(picture)
    font = _font_for(name)
    # Without a name below it, the mark is in the middle.
    raised = 0 if font is None else 3
    for left, top, right, bottom in LINES:
        box = [side * SIDE / _UNITS for side in (left, top, right, bottom)]
        box[1] -= raised * SIDE / _UNITS
        box[3] -= raised * SIDE / _UNITS + 1
        pen.rectangle(box, MARK)
    if font is not None:
        pen.text((SIDE / 2, SIDE * 0.8), name, MARK, font, anchor="mm")
    file = io.BytesIO()
    picture.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def _font_for(name: str) -> FreeTypeFont | None:
    """The largest in which the name fits; None for letters that the font lacks, which
    would be drawn as boxes."""
    for size in _SIZES:
        font = ImageFont.load_default(size)
        if not isinstance(font, FreeTypeFont) or not _has_letters(font, name):
            return None
        if font.getlength(name) <= SIDE - 2 * _MARGIN:
            return font
    return None


def _has_letters(font: FreeTypeFont, name: str) -> bool:
    lacking = bytes(font.getmask(_NO_LETTER))
    return all(
        letter.isspace() or bytes(font.getmask(letter)) != lacking for letter in name
    )
