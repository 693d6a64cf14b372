"""Makes the fonts that Commonwire's PDFs are set in (src/commonwire/syndication/fonts).

Run by hand, when Noto has a new version (docs/adr/0019-fonts-for-six-scripts.md). On Debian:

    apt-get download fonts-noto-core fonts-noto-cjk
    for each in *.deb; do dpkg-deb -x "$each" noto; done
    pip install fonttools
    python tools/fonts.py noto/usr/share/fonts src/commonwire/syndication/fonts

The same files give the same bytes.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

Codes = set[int]

LATIN_GREEK_CYRILLIC = [
    *((0x0020, 0x024F), (0x0250, 0x036F), (0x0370, 0x03FF), (0x0400, 0x052F)),
    *((0x1AB0, 0x1AFF), (0x1C80, 0x1C8F), (0x1D00, 0x1DBF), (0x1E00, 0x1FFF)),
    *((0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20CF), (0x2100, 0x214F)),
    *((0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x25FF), (0x2DE0, 0x2DFF)),
    *((0xA640, 0xA69F), (0xA720, 0xA7FF), (0xAB30, 0xAB6F), (0xFB00, 0xFB06)),
    (0xFFFD, 0xFFFD),
]
# Of the character sets that each language was written with before Unicode, the part
# for everyday texts: rows of a plane of 94 by 94, or of Big5's 157.
EVERYDAY = {
    "gb2312": range(16, 56),  # Chinese, simplified: 3,755
    "euc_jp": range(16, 48),  # Japanese: 2,965
    "euc_kr": range(16, 41),  # Korean: 2,350 syllables
}
CJK_SIGNS = [(0x3000, 0x30FF), (0x3130, 0x318E), (0xFF00, 0xFFEF), (0x2E80, 0x2E80)]


def ranges(pairs: list[tuple[int, int]]) -> Codes:
    return {code for first, last in pairs for code in range(first, last + 1)}


def everyday() -> Codes:
    found = set(map(ord, _big5()))
    for encoding, rows in EVERYDAY.items():
        for row in rows:
            data = bytes(b for cell in range(1, 95) for b in (row + 160, cell + 160))
            found |= set(map(ord, data.decode(encoding, errors="ignore")))
    return {code for code in found if code > 0x2FFF}


def _big5() -> Iterator[str]:
    """Chinese, traditional: 5,401."""
    for lead in range(0xA4, 0xC7):
        for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            yield bytes((lead, trail)).decode("big5", errors="ignore")


def take(source: Path, into: Path, codes: Codes, *, number: int = -1) -> None:
    """``number``: of a face in a collection."""
    options = subset.Options(
        layout_features=["*"],
        hinting=False,
        desubroutinize=False,
        name_IDs=["*"],
        notdef_outline=True,
        recalc_timestamp=False,
        drop_tables=["DSIG", "vhea", "vmtx", "VORG", "BASE", "MATH"],
    )
    if number >= 0:
        # Upright lines of one width: none of the rest is ever asked for.
        options.layout_features = ["locl", "ccmp", "kern", "palt", "mark", "mkmk"]
    font = TTFont(source, fontNumber=number, lazy=True)
    maker = subset.Subsetter(options)
    maker.populate(unicodes=codes)
    maker.subset(font)
    font.save(into)
    print(
        f"{into.name}: {len(font.getBestCmap()):,} letters, {into.stat().st_size:,} bytes"
    )


def main(noto: Path, into: Path) -> None:
    wide = everyday() | ranges(CJK_SIGNS)
    for weight in ("Regular", "Bold"):
        plain = noto / "truetype" / "noto"
        for family, codes in {
            "NotoSans": ranges(LATIN_GREEK_CYRILLIC),
            "NotoSansArabic": ranges([(0x0020, 0xFFFF)]),
            "NotoSansDevanagari": ranges([(0x0020, 0xFFFF)]),
        }.items():
            name = f"{family}-{weight}.ttf"
            take(plain / name, into / name, codes)
        collection = noto / "opentype" / "noto" / f"NotoSansCJK-{weight}.ttc"
        # The first face of the collection: Japanese, with the others' forms by language.
        take(collection, into / f"NotoSansCJK-{weight}.otf", wide, number=0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
