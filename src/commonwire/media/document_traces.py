"""What a PDF says beside its pages, in plain words.

Like ``traces``, only for telling the contributor: nothing is carried over whatever is
found, so a reader that fails on odd data is skipped.
"""

import contextlib
import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pikepdf
from pikepdf import Name, Pdf

from commonwire.media import messages as say
from commonwire.media import traces
from commonwire.media.exchange import Trace

Finder = Callable[[Pdf], Iterator[Trace]]

_INFO: Final = {
    "/Author": say.AUTHOR,
    "/Title": say.AUTHOR,
    "/Subject": say.AUTHOR,
    "/Keywords": say.AUTHOR,
    "/Creator": say.SOFTWARE,
    "/Producer": say.SOFTWARE,
    "/ModDate": say.DATES,
    "/CreationDate": say.DATES,
}
_DATE: Final = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
# Objects and pages looked through: telling may not take longer than making.
_MOST: Final = 5000
_MOST_PAGES: Final = 500
# Where a JPEG's camera data begins.
_CAMERA: Final = b"Exif\0\0"
_HEAD: Final = 4096
# Twice in a file made for reading from its beginning.
_SAVED: Final = b"startxref"
_END: Final = b"%%EOF"
_PADDING: Final = b"\0\r\n\t "


def found_in(upload: Path) -> tuple[list[Trace], bool]:
    """What it says, and whether places were marked to be blacked out and are not."""
    found: list[Trace] = []
    only_marked = False
    # PDFium opens what this reader does not.
    with contextlib.suppress(Exception), pikepdf.open(upload) as pdf:
        for finder in (_info, _catalogue, _pages, _pictures):
            found.extend(_what(finder, pdf))
        found.extend(_in_bytes(upload.read_bytes(), linear=pdf.is_linearized))
        only_marked = _is_only_marked(pdf)
    return traces.in_order(found), only_marked


def _is_only_marked(pdf: Pdf) -> bool:
    return any(
        note.get(Name.Subtype) == Name.Redact
        for page in itertools.islice(pdf.pages, _MOST_PAGES)
        for note in page.get(Name.Annots, ())
    )


def _in_bytes(content: bytes, *, linear: bool) -> Iterator[Trace]:
    if content.count(_SAVED) > (2 if linear else 1):
        yield Trace(say.EARLIER)
    if content.rpartition(_END)[2].strip(_PADDING):
        yield Trace(say.TRAILER)


def _what(finder: Finder, pdf: Pdf) -> list[Trace]:
    found: list[Trace] = []
    try:
        for trace in finder(pdf):
            found.append(trace)  # noqa: PERF402 - what was found before an error counts
    except Exception:  # noqa: BLE001 - strangers' objects are of any type
        return found
    return found


def _info(pdf: Pdf) -> Iterator[Trace]:
    for name, phrase in _INFO.items():
        value = str(pdf.docinfo.get(name, ""))
        if value:
            yield Trace(phrase, _date(value) if phrase == say.DATES else value)


def _date(value: str) -> str:
    match = _DATE.match(value)
    return traces.day(*(int(part or 1) for part in match.groups())) if match else ""


def _catalogue(pdf: Pdf) -> Iterator[Trace]:
    root = pdf.Root
    if Name.Metadata in root:
        yield Trace(say.XMP)
    if Name.OpenAction in root or Name.AA in root:
        yield Trace(say.SCRIPTS)
    names = root.get(Name.Names, pikepdf.Dictionary())
    if Name.JavaScript in names:
        yield Trace(say.SCRIPTS)
    if Name.EmbeddedFiles in names or Name.AF in root:
        yield Trace(say.ATTACHMENTS)
    if Name.AcroForm in root:
        yield Trace(say.FORM)
    if Name.OCProperties in root:
        yield Trace(say.LAYERS)


def _pages(pdf: Pdf) -> Iterator[Trace]:
    for page in itertools.islice(pdf.pages, _MOST_PAGES):
        if Name.Annots in page:
            yield Trace(say.REMARKS)
            kinds = {note.get(Name.Subtype) for note in page.Annots}
            if Name.FileAttachment in kinds:
                yield Trace(say.ATTACHMENTS)
            writers = [str(note.get(Name.T, "")) for note in page.Annots]
            yield from (Trace(say.AUTHOR, name) for name in writers if name)
        if Name.Thumb in page:
            yield Trace(say.THUMBNAIL)


def _pictures(pdf: Pdf) -> Iterator[Trace]:
    for thing in itertools.islice(pdf.objects, _MOST):
        if not isinstance(thing, pikepdf.Stream):
            continue
        if thing.get(Name.Subtype) == Name.Image and thing.get(Name.Filter) in (
            Name.DCTDecode,
            Name.JPXDecode,
        ):
            head = thing.read_raw_bytes()[:_HEAD]
            if _CAMERA in head:
                yield Trace(say.PICTURE_DATA)
