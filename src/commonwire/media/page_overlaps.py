"""Letters that stand on other letters: typed over them to take them away.

People without a tool for it type a row of X or of blocks over a name. Which of two
letters is the upper one PDFium does not say, so that both count as hidden.
"""

import ctypes
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final

import pypdfium2 as pdfium
from pypdfium2 import raw

from commonwire.media.reading_order import Letter, Rectangle

# In points: the sides of the squares in which neighbours are looked for.
_SQUARE: Final = 8
# A letter larger than a page is in no more squares than this.
_MOST_SQUARES: Final = 64
# Of the smaller one's box. Letters that stand close touch, and no more.
_MUCH: Final = 0.5
# A sign so much higher is a mark across the page, such as “DRAFT”.
_MARK: Final = 3


def overlaid(letters: Iterable[Letter], text: pdfium.PdfTextPage) -> set[int]:
    """The numbers of letters on or under others."""
    squares: dict[tuple[int, int], list[Letter]] = defaultdict(list)
    for letter in letters:
        if _has_a_body(letter):
            for square in _squares(letter.box):
                squares[square].append(letter)
    found: set[int] = set()
    for near in squares.values():
        for one, other in combinations(near, 2):
            known = one.number in found and other.number in found
            if not known and _cover(one, other) and _written_apart(one, other, text):
                found |= {one.number, other.number}
    return found


def _has_a_body(letter: Letter) -> bool:
    """Accents and vowel signs stand on other letters by nature."""
    kind = unicodedata.category(letter.letter)
    left, bottom, right, top = letter.box
    return kind[0] not in "MZ" and kind != "Sk" and left < right and bottom < top


def _squares(box: Rectangle) -> Iterator[tuple[int, int]]:
    left, bottom, right, top = (int(side // _SQUARE) for side in box)
    across = range(left, min(right, left + _MOST_SQUARES) + 1)
    for x in across:
        for y in range(bottom, min(top, bottom + _MOST_SQUARES) + 1):
            yield x, y


def _cover(one: Letter, other: Letter) -> bool:
    if one.letter == other.letter:  # printed twice to look bold, or with a shadow
        return False
    (width, height), (width2, height2) = _sides(one.box), _sides(other.box)
    if max(height, height2) > _MARK * min(height, height2):
        return False
    (left, bottom, right, top), (left2, bottom2, right2, top2) = one.box, other.box
    wide = min(right, right2) - max(left, left2)
    high = min(top, top2) - max(bottom, bottom2)
    shared = max(wide, 0) * max(high, 0)
    return shared > _MUCH * min(width * height, width2 * height2)


def _sides(box: Rectangle) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _written_apart(one: Letter, other: Letter, text: pdfium.PdfTextPage) -> bool:
    """The letters of one sign, such as fi, have one box and are written at once."""
    return _object(one, text) != _object(other, text)


def _object(letter: Letter, text: pdfium.PdfTextPage) -> int | None:
    written = raw.FPDFText_GetTextObject(text, letter.number)
    return ctypes.cast(written, ctypes.c_void_p).value
