"""How much of a page's letters is seen on it.

Something may be drawn over them: a bar with words of its own, a picture, a scribble. The
page is drawn with its letters, without them, and the letters alone: what of the third is
not a difference between the first two lies under something.
"""

from typing import Final

import pypdfium2 as pdfium
from PIL import Image, ImageChops
from pypdfium2 import raw

# Dots per point; letters need no more, and three pictures are drawn.
_SCALE: Final = 2.0
# Levels of grey: from which on a letter makes a difference, and is a letter's own stroke.
_SEEN: Final = 12
_STROKE: Final = 64
# Of the strokes of a few letters; a line through them takes less than what is missing.
_ENOUGH: Final = 0.7

Place = tuple[int, int, int, int]


class PageInk:
    def __init__(self, page: pdfium.PdfPage, scale: float) -> None:
        """``scale``: dots per point of the picture that places are told of. The page's
        objects are left changed: its text must have been read."""
        self._scale = min(_SCALE, scale)
        self._smaller = self._scale / scale
        objects = list(page.get_objects())
        letters = [each for each in objects if each.type == raw.FPDF_PAGEOBJ_TEXT]
        whole = self._draw(page)
        _show(letters, shown=False)
        difference = ImageChops.difference(whole, self._draw(page))
        _show(letters, shown=True)
        others = {raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM}
        _show([each for each in objects if each.type not in others], shown=False)
        for each in letters:
            raw.FPDFPageObj_SetFillColor(each, 0, 0, 0, 255)
        alone = ImageChops.invert(self._draw(page))
        self._strokes = alone.point(lambda grey: 255 * (grey >= _STROKE))
        seen = difference.point(lambda grey: 255 * (grey >= _SEEN))
        self._seen = ImageChops.darker(seen, self._strokes)

    def is_covered(self, place: Place) -> bool:
        """Whether too little is seen of the letters in a place of the picture."""
        left, top, right, bottom = (round(side * self._smaller) for side in place)
        box = (left, top, max(right, left + 1), max(bottom, top + 1))
        # Both are black and white.
        strokes, seen = (
            drawn.crop(box).histogram()[255] for drawn in (self._strokes, self._seen)
        )
        return seen < _ENOUGH * strokes

    def _draw(self, page: pdfium.PdfPage) -> Image.Image:
        bitmap = page.render(scale=self._scale, grayscale=True)
        picture: Image.Image = bitmap.to_pil().convert("L").copy()
        bitmap.close()
        return picture


def _show(objects: list[pdfium.PdfObject], *, shown: bool) -> None:
    for each in objects:
        raw.FPDFPageObj_SetIsActive(each, shown)
