"""The words of a PDF's page that can be seen on the picture of it.

What is drawn and what is written are two things in a PDF: a black bar over a name does
not take the name away. So a word is taken only if its place on the picture shows
something, and that is the word: what lies under a bar, a picture or a scribble, is white
on white, or was laid unseen over a scan, stays behind.
"""

import ctypes
import math
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple, cast

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from commonwire.media.lettering import DESCENT, Word
from commonwire.media.page_ink import PageInk
from commonwire.media.page_overlaps import overlaid
from commonwire.media.reading_order import (
    RIGHT_TO_LEFT,
    Letter,
    Rectangle,
    in_order,
)

# PDFium's sign for a word divided at the end of a line.
_DIVIDED: Final = "\x02"
_BREAKS: Final = frozenset("\r\n")
# Levels of grey between the darkest and the lightest spot; less is one flat colour.
_FLAT: Final = 16
_UNDRAWN: Final = {raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP}
# Letters looked at together: a bar over a part of a word hides the word.
_TOGETHER: Final = 3
# A hair of a turn, in radians, up to which a line is level.
_LEVEL: Final = 0.01
# How finely PDFium, which answers in whole pixels, is asked for the page's turn.
_FINE: Final = 1000
_LEFT_TO_RIGHT: Final = frozenset({"L", "EN", "AN"})
# Scripts written without spaces: every letter is a word of its own.
_FIRST_WIDE: Final = "\u2e80"


@dataclass
class PageText:
    lines: list[list[Word]] = field(default_factory=list)
    hidden: int = 0
    # Looked at, seen or not.
    letters: int = 0

    def __str__(self) -> str:
        return "\n".join(
            "".join(word.letters + " " * word.spaced for word in line).strip()
            for line in self.lines
            if line
        )


class Placing:
    """From a page's own coordinates to those of the page as it is seen.

    A page may be turned, and may begin anywhere. Results are in points from the lower
    left corner of what is seen.
    """

    width: float
    height: float

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.width, self.height = page.get_size()
        start = self._ask(page, 0, 0)
        right, up = self._ask(page, _FINE, 0), self._ask(page, 0, _FINE)
        self._start = start
        self._right = [(b - a) / _FINE for a, b in zip(start, right, strict=True)]
        self._up = [(b - a) / _FINE for a, b in zip(start, up, strict=True)]

    def point(self, x: float, y: float) -> tuple[float, float]:
        return (
            self._start[0] + x * self._right[0] + y * self._up[0],
            self._start[1] + x * self._right[1] + y * self._up[1],
        )

    def _ask(self, page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
        wide, high = ctypes.c_int(), ctypes.c_int()
        size = (round(self.width * 16), round(self.height * 16))
        raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, wide, high)
        return wide.value / 16, self.height - high.value / 16


class Drawn(NamedTuple):
    """``picture``: the whole page in greys."""

    text: pdfium.PdfTextPage
    placing: Placing
    picture: Image.Image
    ink: PageInk
    # The numbers of letters that others stand on, or that stand on others.
    overlaid: set[int]


def read(page: pdfium.PdfPage, picture: Image.Image, most: int) -> PageText:
    """The words seen on ``page``, of its first ``most`` letters.

    ``picture`` shows the whole page in greys.
    """
    text, placing = page.get_textpage(), Placing(page)
    found = PageText(letters=text.count_chars())
    lines = list(_lines(_letters(text, most)))
    if not lines:
        text.close()
        return found
    ink = PageInk(page, picture.width / placing.width)
    overlaps = overlaid((each for line in lines for each in line), text)
    drawn = Drawn(text, placing, picture, ink, overlaps)
    for given in lines:
        line = in_order(given) if _is_level(text, given[0]) else given
        words: list[Word] = []
        for run in _runs(line):
            seen, hidden = _seen(run, drawn)
            found.hidden += hidden
            parts = [_word(text, part, placing) for part in seen]
            words += (word for word in parts if word.length > 0 < word.size)
        if words:
            found.lines.append([*words[:-1], replace(words[-1], spaced=False)])
    text.close()
    return found


def _seen(run: list[Letter], drawn: Drawn) -> tuple[list[list[Letter]], int]:
    """What of a run of letters is seen, in parts if some between are not."""
    parts: list[list[Letter]] = [[]]
    hidden = 0
    for piece in _pieces(run):
        if _is_hidden(piece, drawn):
            hidden += 1
            parts.append([])
        else:
            parts[-1] += piece
    return [part for part in parts if part], hidden


def _letters(text: pdfium.PdfTextPage, most: int) -> Iterator[Letter]:
    left, right = ctypes.c_double(), ctypes.c_double()
    bottom, top = ctypes.c_double(), ctypes.c_double()
    for number in range(min(text.count_chars(), most)):
        letter = _clean(raw.FPDFText_GetUnicode(text, number))
        if not letter:
            continue
        raw.FPDFText_GetCharBox(text, number, left, right, bottom, top)
        box = (left.value, bottom.value, right.value, top.value)
        yield Letter(letter, number, box)


def _clean(code: int) -> str:
    """Nothing unseen: no controls, no turns of direction, nothing for private use."""
    letter = chr(code) if code <= sys.maxunicode else ""
    if letter == _DIVIDED:
        return "-"
    if not letter or letter in _BREAKS:
        return letter
    if letter.isspace():
        return " "
    return "" if unicodedata.category(letter)[0] == "C" else letter


def _lines(letters: Iterable[Letter]) -> Iterator[list[Letter]]:
    line: list[Letter] = []
    for each in letters:
        if each.letter not in _BREAKS:
            line.append(each)
        elif line:
            yield line
            line = []
    if line:
        yield line


def _runs(line: list[Letter]) -> Iterator[list[Letter]]:
    run: list[Letter] = []
    for each in line:
        if each.letter != " ":
            run.append(each)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _pieces(run: list[Letter]) -> Iterator[list[Letter]]:
    piece: list[Letter] = []
    for each in run:
        if piece and (each.letter >= _FIRST_WIDE or piece[0].letter >= _FIRST_WIDE):
            yield piece
            piece = []
        piece.append(each)
    yield piece


def _is_hidden(piece: list[Letter], drawn: Drawn) -> bool:
    if any(each.number in drawn.overlaid for each in piece):
        return True
    starts = range(0, max(1, len(piece) - _TOGETHER + 1), _TOGETHER)
    windows = [piece[at : at + _TOGETHER] for at in starts]
    # The end once more: four letters are the first three and the last three.
    windows.append(piece[-_TOGETHER:])
    return any(_is_unseen(window, drawn) for window in windows)


def _is_unseen(letters: list[Letter], drawn: Drawn) -> bool:
    placing, picture = drawn.placing, drawn.picture
    left, bottom, right, top = _around(letters)
    scale = picture.width / placing.width
    corners = [placing.point(left, bottom), placing.point(right, top)]
    across = sorted(x * scale for x, _ in corners)
    down = sorted((placing.height - y) * scale for _, y in corners)
    # A single letter may be a flat stroke itself: it is looked at with what is around.
    more = 2 if len(letters) == 1 else 0
    place = (
        max(0, math.floor(across[0]) - more),
        max(0, math.floor(down[0]) - more),
        min(picture.width, math.ceil(across[1]) + more),
        min(picture.height, math.ceil(down[1]) + more),
    )
    if place[0] >= place[2] or place[1] >= place[3]:
        # Beyond the edge of the page.
        return True
    greys = cast("tuple[float, float]", picture.crop(place).getextrema())
    if greys[1] - greys[0] < _FLAT or _is_undrawn(letters[0], drawn.text):
        return True
    return drawn.ink.is_covered(place)


def _is_undrawn(letter: Letter, text: pdfium.PdfTextPage) -> bool:
    """What was recognised on a scan is laid over it unseen: nobody can say whether it is
    what the scan still shows."""
    written = raw.FPDFText_GetTextObject(text, letter.number)
    return bool(written) and raw.FPDFTextObj_GetTextRenderMode(written) in _UNDRAWN


def _around(letters: list[Letter]) -> Rectangle:
    boxes = list(zip(*(each.box for each in letters), strict=True))
    return min(boxes[0]), min(boxes[1]), max(boxes[2]), max(boxes[3])


def _word(text: pdfium.PdfTextPage, piece: list[Letter], placing: Placing) -> Word:
    turn = _turn(text, piece[0])
    loose = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, piece[0].number, loose)
    left, bottom, right, top = _around(piece)
    if not _is_level(text, piece[0]):
        size = max(loose.right - loose.left, loose.top - loose.bottom)
        start, end = _slanted(text, piece, turn, size)
    else:
        bottom, top = min(bottom, loose.bottom), max(top, loose.top)
        size, start, end = top - bottom, (left, bottom), (right, bottom)
    x, y = placing.point(*start)
    to_x, to_y = placing.point(*end)
    length = math.hypot(to_x - x, to_y - y)
    ahead = ((to_x - x) / length, (to_y - y) / length) if length else (1.0, 0.0)
    letters = "".join(each.letter for each in _in_reading_order(piece))
    return Word(letters, x, y, ahead, length, size)


def _turn(text: pdfium.PdfTextPage, letter: Letter) -> float:
    """In radians, against the clock; PDFium counts it the way clocks go."""
    return 2 * math.pi - float(raw.FPDFText_GetCharAngle(text, letter.number))


def _is_level(text: pdfium.PdfTextPage, letter: Letter) -> bool:
    return not _LEVEL < _turn(text, letter) < 2 * math.pi - _LEVEL


def _in_reading_order(piece: list[Letter]) -> list[Letter]:
    """PDFium turns only some of the letters of an Arabic word round; where they stand
    tells."""
    kinds = {unicodedata.bidirectional(each.letter) for each in piece}
    if not kinds & RIGHT_TO_LEFT or kinds & _LEFT_TO_RIGHT:
        return piece
    places: list[float] = []
    for each in piece:
        on_another = places and unicodedata.category(each.letter) == "Mn"
        places.append(places[-1] if on_another else -each.box[0] - each.box[2])
    order = sorted(range(len(piece)), key=places.__getitem__)
    return [piece[number] for number in order]


def _slanted(
    text: pdfium.PdfTextPage, piece: list[Letter], turn: float, size: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Beginning and end of the lower edge of letters on a line that is not level."""
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, piece[0].number, x, y)
    start = x.value, y.value
    raw.FPDFText_GetCharOrigin(text, piece[-1].number, x, y)
    # The last letter's own width is not told along the line: half its height.
    length = math.dist(start, (x.value, y.value)) + size / 2
    cosine, sine = math.cos(turn), math.sin(turn)
    below = DESCENT * size
    start = start[0] + sine * below, start[1] - cosine * below
    return start, (start[0] + cosine * length, start[1] + sine * length)
