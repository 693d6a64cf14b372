"""A PDF made anew: pictures of its pages, and the words seen on them unseen over them.

Runs in the confined child (``workbench``) and knows nothing of Django. Nothing of the
old file is taken along, so nothing in it can call home, run, or tell who wrote it. The
same file always gives the same bytes.

It says no language (/Lang). That of the post is chosen after the file is made, may be
corrected, and differs between two posts with one file; that of the old file is the one
its writer's office program was set to.
"""

import contextlib
import math
import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image
from pypdfium2 import raw

from commonwire.kit.files import sync_all
from commonwire.media import (
    document_traces,
    page_pictures,
    page_text,
    renditions,
    traces,
)
from commonwire.media.exchange import (
    DOCUMENT,
    MAX_PAGES,
    MAX_TEXT,
    OWN_DOCUMENTS,
    TYPES,
    Looked,
    Made,
    Options,
    Rendition,
    Say,
    Trace,
)
from commonwire.media.lettering import Lettering
from commonwire.media.messages import (
    MAX_DOCUMENT_BYTES,
    ONLY_MARKED,
    UNREAD,
    UNSEEN_TEXT,
    Refused,
)
from commonwire.media.page_pictures import PagePicture
from commonwire.media.page_text import PageText

# Print is read well at this, on paper too; a page of A4 is 2 megapixels.
DOTS_PER_INCH: Final = 144
POINTS_PER_INCH: Final = 72
# Of one page: a poster of A2. Of all pages together: 180 of A4, more are drawn smaller.
MAX_PAGE_PIXELS: Final = 8_000_000
MAX_PIXELS: Final = 360_000_000
MAX_LETTERS: Final = 1_500_000
# Of the first page shown as a picture.
WIDTHS: Final = (1280, 640, 320)
# What the published file may weigh, below the workbench's limit.
MAX_WEIGHT: Final = 90 * 1024**2
# A page smaller or larger than this, in points, is no page that was ever printed.
_SIDES: Final = (1.0, 14_400.0)


@dataclass(frozen=True)
class Sheet:
    """A page made anew: its size in points and its picture's in pixels."""

    size: tuple[float, float]
    pixels: tuple[int, int]
    encoded: Future[PagePicture]
    text: PageText


def look(upload: Path) -> Looked:
    """Pages, the size of the first as a picture, and what the file says beside."""
    with _opened(upload) as pdf:
        size = pdf.get_page_size(0)
        width, height = (math.ceil(side * _scale_of_first(size)) for side in size)
        pages = len(pdf)
    removed, _only_marked = document_traces.found_in(upload)
    return Looked(DOCUMENT, width, height, pages=pages, removed=removed)


def make(*, upload: Path, into: Path, options: Options, say: Say) -> Made:
    """Write ``document.pdf`` and pictures of the first page to ``into``, durably."""
    if upload.name in OWN_DOCUMENTS:
        return _again(upload, into, options)
    with _opened(upload) as pdf:
        first = _draw(pdf[0], _scale_of_first(pdf[0].get_size()))
        sheets = _sheets(pdf, say)
    document = _write(sheets, into)
    pictures = renditions.write_widths(first, into, WIDTHS)
    sync_all(into)
    removed, only_marked = document_traces.found_in(upload)
    if any(sheet.text.hidden for sheet in sheets):
        removed = traces.in_order([*removed, Trace(UNSEEN_TEXT)])
    left_out = sum(sheet.text.letters for sheet in sheets) > MAX_LETTERS
    note = ONLY_MARKED if only_marked else UNREAD if left_out else ""
    say(100)
    return Made(
        DOCUMENT,
        first.width,
        first.height,
        [document, *pictures],
        removed,
        note,
        pages=len(sheets),
        text="\n\n".join(str(sheet.text) for sheet in sheets).strip()[:MAX_TEXT],
    )


@contextlib.contextmanager
def _opened(upload: Path) -> Iterator[pdfium.PdfDocument]:
    if upload.stat().st_size > MAX_DOCUMENT_BYTES:
        raise Refused("pdf_too_big")
    try:
        pdf = pdfium.PdfDocument(upload)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        raise Refused("pdf_locked" if locked else "pdf_damaged") from error
    try:
        if not 0 < len(pdf) <= MAX_PAGES:
            raise Refused("pdf_long" if len(pdf) else "pdf_damaged")
        # What was entered in a form is seen on the page.
        pdf.init_forms()
        yield pdf
    except (pdfium.PdfiumError, ArithmeticError, ValueError) as error:
        # Letters may stand at places that are no numbers.
        raise Refused("pdf_damaged") from error
    finally:
        pdf.close()


def _sheets(old: pdfium.PdfDocument, say: Say) -> list[Sheet]:
    """PDFium draws one page at a time; meanwhile the one before is encoded."""
    sheets: list[Sheet] = []
    most, left = _most_dots(old), MAX_LETTERS
    with ThreadPoolExecutor(1) as encoder:
        for number in range(len(old)):
            page = old[number]
            size = _fair(page.get_size())
            picture = _draw(page, _scale(size, most))
            page = _flattened(old, number, page)
            text = page_text.read(page, picture.convert("L"), max(0, left))
            page.close()
            left -= text.letters
            encoded = encoder.submit(page_pictures.encode, picture)
            if sheets:
                # One picture waits at most, or a thousand pages would.
                sheets[-1].encoded.result()
            sheets.append(Sheet(size, picture.size, encoded, text))
            say(90 * (number + 1) // len(old))
    if sum(len(sheet.encoded.result().data) for sheet in sheets) > MAX_WEIGHT:
        raise Refused("pdf_heavy")
    return sheets


def _most_dots(pdf: pdfium.PdfDocument) -> float:
    """Dots per point at which all pages together are within what is drawn."""
    sizes = [_fair(pdf.get_page_size(number)) for number in range(len(pdf))]
    area = sum(width * height for width, height in sizes)
    return min(DOTS_PER_INCH / POINTS_PER_INCH, math.sqrt(MAX_PIXELS / area))


def _scale(size: tuple[float, float], most: float) -> float:
    return min(most, math.sqrt(MAX_PAGE_PIXELS / (size[0] * size[1])))


def _scale_of_first(size: tuple[float, float]) -> float:
    return _scale(_fair(size), WIDTHS[0] / size[0])


def _fair(size: tuple[float, float]) -> tuple[float, float]:
    if not all(_SIDES[0] <= side <= _SIDES[1] for side in size):
        raise Refused("pdf_damaged")
    return size


def _draw(page: pdfium.PdfPage, scale: float) -> Image.Image:
    bitmap = page.render(scale=scale, rev_byteorder=True)
    # The bitmap's memory ends with it.
    picture: Image.Image = bitmap.to_pil().convert("RGB").copy()
    bitmap.close()
    return picture


def _flattened(
    pdf: pdfium.PdfDocument, number: int, page: pdfium.PdfPage
) -> pdfium.PdfPage:
    """What was typed into forms, and remarks that are shown, as words of the page."""
    if raw.FPDFPage_GetAnnotCount(page) == 0:
        return page
    # Remarks are in documents without forms too, where the library's own way refuses.
    if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
        return page
    page.close()
    return pdf[number]


def _write(sheets: list[Sheet], into: Path) -> Rendition:
    new, lettering = Pdf.new(), Lettering()
    layers = [lettering.layer(sheet.text.lines) for sheet in sheets]
    font = lettering.font(new)
    for sheet, layer in zip(sheets, layers, strict=True):
        new.pages.append(_page(new, sheet, layer, font))
    return _saved(new, into, sheets[0].pixels)


def _saved(new: Pdf, into: Path, pixels: tuple[int, int]) -> Rendition:
    path = into / "document.pdf"
    with path.open("xb") as file:
        # The constant identity, since one of its own could be recognised.
        new.save(file, static_id=True, linearize=True)
        file.flush()
        os.fsync(file.fileno())
        weight = file.tell()
    return Rendition(path.name, *pixels, TYPES["pdf"], weight)


def _page(new: Pdf, sheet: Sheet, layer: bytes, font: pikepdf.Object) -> pikepdf.Page:
    picture = sheet.encoded.result().stream(new)
    width, height = sheet.size
    drawing = _drawing(width, height)
    return pikepdf.Page(
        new.make_indirect(
            Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, round(width, 3), round(height, 3)]),
                Resources=Dictionary(
                    XObject=Dictionary(P=picture),
                    Font=Dictionary(F=font),
                ),
                Contents=new.make_indirect(Stream(new, drawing + layer)),
            )
        )
    )


def _drawing(width: float, height: float) -> bytes:
    return b"q %.3f 0 0 %.3f 0 0 cm /P Do Q\n" % (width, height)


def _again(upload: Path, into: Path, options: Options) -> Made:
    """Of a document that was made here, its pages exactly as they are, with their words
    or without. It says no words: those who have them keep them."""
    with Pdf.open(upload) as own:
        if options.wordless:
            for page in own.pages:
                drawing = _drawing(*(float(side) for side in page.mediabox[2:]))
                page.Contents = own.make_stream(drawing)
                del page.Resources.Font
        pixels = own.pages[0].Resources.XObject.P
        size = (int(pixels.Width), int(pixels.Height))
        document, pages = _saved(own, into, size), len(own.pages)
    with _opened(upload) as pdf:
        first = _draw(pdf[0], _scale_of_first(pdf[0].get_size()))
    pictures = renditions.write_widths(first, into, WIDTHS)
    sync_all(into)
    return Made(DOCUMENT, first.width, first.height, [document, *pictures], pages=pages)
