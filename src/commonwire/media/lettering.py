"""Words that are not seen: the layer over a page's picture that search, selection and
reading aloud go by.

One font for every script: its glyphs are empty, and a table says which letter each
stands for. Nothing of the fonts of the old document is needed, and nothing of them
comes along.
"""

import struct
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from commonwire.media.reading_order import RIGHT_TO_LEFT, glyphs

# Of the em: below the line, and the width of every glyph.
DESCENT: Final = 0.25
# A code is two bytes, and the first stands for nothing.
MAX_LETTERS: Final = 65_535
_FONT_NAME: Final = Name("/Unseen")
_ONE_LIST: Final = 100
# Of a direction, as (cosine, sine): less is level or upright; and how straight is straight.
_SLANTING: Final = 0.1


@dataclass(frozen=True)
class Word:
    """Letters on a straight line, in points from the page's lower left corner.

    ``x`` and ``y`` are where the word begins, at the lower edge of its letters;
    ``ahead`` is the direction along the line as (cosine, sine); ``size`` its height;
    ``spaced`` whether a space follows.
    """

    letters: str
    x: float
    y: float
    ahead: tuple[float, float]
    length: float
    size: float
    spaced: bool = True


class Lettering:
    """The words of one document; its font knows the letters that occur in it."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    def layer(self, lines: Iterable[list[Word]]) -> bytes:
        """What draws the words of one page, without being seen, over what is there."""
        shown = [self._line(line) for line in lines if line]
        return b"BT 3 Tr\n%bET\n" % b"".join(shown) if shown else b""

    def font(self, pdf: Pdf) -> pikepdf.Object:
        """The font for all layers, complete when the last one has been drawn."""
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=_FONT_NAME,
            # Symbolic, of equal width.
            Flags=5,
            FontBBox=Array([0, -250, 1000, 750]),
            ItalicAngle=0,
            Ascent=750,
            Descent=-250,
            CapHeight=750,
            StemV=80,
            FontFile2=pdf.make_indirect(Stream(pdf, EMPTY_FONT)),
        )
        letters = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=_FONT_NAME,
            CIDSystemInfo=Dictionary(
                Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
            ),
            FontDescriptor=pdf.make_indirect(descriptor),
            DW=1000,
            # Every letter is the one glyph.
            CIDToGIDMap=pdf.make_indirect(
                Stream(pdf, b"\0\1" * (len(self._codes) + 1))
            ),
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=_FONT_NAME,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(letters)]),
                ToUnicode=pdf.make_indirect(Stream(pdf, self._table())),
            )
        )

    def _line(self, words: list[Word]) -> bytes:
        if any(_is_right_to_left(word.letters) for word in words):
            words = _as_seen(words)
        drawn, goes_on = b"", False
        for word, after in zip(words, [*words[1:], None], strict=True):
            step = _step(word, after)
            drawn += self._word(word, step, goes_on=goes_on)
            goes_on = step > 0
        return drawn

    def _word(self, word: Word, step: float, *, goes_on: bool) -> bytes:
        """``step`` is how far it is to a word that begins where this one's space ends,
        and 0 without one; ``goes_on`` whether this word begins so itself."""
        letters = word.letters
        if _is_right_to_left(letters):
            # Readers expect what other programs write: glyphs in the order seen.
            letters = glyphs(letters)
        wide = word.length / len(letters)
        # The space belongs to the word before it, or words read aloud run together.
        codes = self._encoded(letters + " " if word.spaced else letters)
        if step:
            wide = step / (len(letters) + 1)
        return b"/F %b Tf %b Tz %b<%b> Tj\n" % (
            _number(word.size),
            _number(100 * wide / word.size),
            b"" if goes_on else _place(word),
            codes,
        )

    def _encoded(self, letters: str) -> bytes:
        return b"".join(b"%04x" % self._code(letter) for letter in letters)

    def _code(self, letter: str) -> int:
        if letter not in self._codes and len(self._codes) >= MAX_LETTERS:
            return 0
        return self._codes.setdefault(letter, len(self._codes) + 1)

    def _table(self) -> bytes:
        rows = [
            b"<%04x> <%b>" % (code, letter.encode("utf-16-be").hex().encode())
            for letter, code in self._codes.items()
        ]
        lists = [rows[at : at + _ONE_LIST] for at in range(0, len(rows), _ONE_LIST)]
        return b"\n".join(
            [
                b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
                b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
                b"/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
                b"1 begincodespacerange <0000> <ffff> endcodespacerange",
                *(
                    b"%d beginbfchar\n%b\nendbfchar" % (len(part), b"\n".join(part))
                    for part in lists
                ),
                b"endcmap CMapName currentdict /CMap defineresource pop end end",
            ]
        )


def _is_right_to_left(letters: str) -> bool:
    return any(unicodedata.bidirectional(each) in RIGHT_TO_LEFT for each in letters)


def _place(word: Word) -> bytes:
    cosine, sine = word.ahead
    below = DESCENT * word.size
    numbers = (
        *(cosine, sine, -sine, cosine),
        *(word.x - sine * below, word.y + cosine * below),
    )
    return b"%b Tm " % b" ".join(_number(part) for part in numbers)


def _step(word: Word, after: Word | None) -> float:
    """From a word to the one after it on a slanting line, if that is where it looks.

    Readers that go by rows and columns keep such a line together only if each word
    begins where the one before it ended.
    """
    cosine, sine = word.ahead
    if after is None or not word.spaced or min(abs(cosine), abs(sine)) < _SLANTING:
        return 0.0
    right, up = after.x - word.x, after.y - word.y
    along, aside = right * cosine + up * sine, abs(up * cosine - right * sine)
    turned = abs(after.ahead[0] * sine - after.ahead[1] * cosine)
    near = word.length / 2 <= along <= word.length + 2 * word.size
    return along if near and max(aside / word.size, turned) < _SLANTING else 0.0


def _as_seen(words: list[Word]) -> list[Word]:
    """From left to right along the line, whatever the order of reading."""
    cosine, sine = words[0].ahead
    return sorted(words, key=lambda word: word.x * cosine + word.y * sine)


def _number(value: float) -> bytes:
    return f"{value:.3f}".rstrip("0").rstrip(".").encode() or b"0"


def _empty_font() -> bytes:
    """A TrueType file of two glyphs, neither with anything to draw.

    The second has two lone points in opposite corners of its square: they enclose
    nothing, and yet PDFium passes over letters that are nowhere, and viewers mark
    what is selected by the glyph's extent.
    """
    corners = struct.pack(
        ">5h3H2B4h", 2, 0, -250, 1000, 750, 0, 1, 0, 1, 1, 0, 1000, -250, 1000
    )
    tables = {
        b"glyf": corners,
        b"head": struct.pack(
            ">4I2H2Q4h2H3h",
            *(0x10000, 0x10000, 0, 0x5F0F3CF5, 0b1011, 1000),
            *(0, 0, 0, -250, 1000, 750),
            *(0, 8, 2, 0, 0),
        ),
        b"hhea": struct.pack(
            ">I3hH11hH", 0x10000, 750, -250, 0, 1000, *(0, 0, 1000, 1), *[0] * 7, 1
        ),
        b"hmtx": struct.pack(">Hhh", 1000, 0, 0),
        b"loca": struct.pack(">3H", 0, 0, len(corners) // 2),
        b"maxp": struct.pack(">I14H", 0x10000, 2, 2, 2, 0, 0, 1, *[0] * 8),
    }
    place = 12 + 16 * len(tables)
    # The search fields are those of six tables.
    listed, body = struct.pack(">I4H", 0x10000, 6, 64, 2, 32), b""
    for name, content in tables.items():
        padded = content + b"\0" * (-len(content) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        listed += name + struct.pack(">3I", total, place + len(body), len(content))
        body += padded
    return listed + body


EMPTY_FONT: Final = _empty_font()
