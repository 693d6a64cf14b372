"""What a picture file says beside its pixels, in plain words.

Only for telling the contributor: nothing of it is carried over whatever is found here,
so a reader that fails on odd data is skipped.
"""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from PIL import ExifTags, Image

from commonwire.media import cameras
from commonwire.media import messages as say
from commonwire.media.exchange import MAX_DETAIL, Trace

Finder = Callable[[Image.Image], Iterator[Trace]]
Tags = Any

# Said with their value, which is shown to the author; the rest by their presence.
_BASE: Final = {
    ExifTags.Base.Artist: say.AUTHOR,
    ExifTags.Base.Copyright: say.AUTHOR,
    ExifTags.Base.ImageDescription: say.AUTHOR,
    ExifTags.Base.XPTitle: say.AUTHOR,
    ExifTags.Base.XPAuthor: say.AUTHOR,
    ExifTags.Base.XPComment: say.COMMENT,
    ExifTags.Base.CameraSerialNumber: say.SERIAL,
    ExifTags.Base.Software: say.SOFTWARE,
    ExifTags.Base.HostComputer: say.SOFTWARE,
}
_SHOT: Final = {
    ExifTags.Base.BodySerialNumber: say.SERIAL,
    ExifTags.Base.LensSerialNumber: say.SERIAL,
    ExifTags.Base.CameraOwnerName: say.OWNER,
    ExifTags.Base.LensMake: say.CAMERA,
    ExifTags.Base.LensModel: say.CAMERA,
    ExifTags.Base.UserComment: say.COMMENT,
    ExifTags.Base.MakerNote: say.MAKER_NOTES,
}
# What can be said in the words of the file. A serial number is not repeated: whoever
# looks over the author's shoulder needs only that.
_QUOTED: Final = frozenset({say.AUTHOR, say.OWNER, say.SOFTWARE})
_IN_XMP: Final = {
    b"GPSLatitude": say.GPS,
    b"SerialNumber": say.SERIAL,
    b"tiff:Model": say.CAMERA,
    b"CreateDate": say.TAKEN,
    b"DateTimeOriginal": say.TAKEN,
    b"dc:creator": say.AUTHOR,
    b"dc:description": say.AUTHOR,
    b"xmpGImg:image": say.THUMBNAIL,
}
_MONTHS: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"
_HALF_TURN: Final = 180
_DATE: Final = re.compile(r"(\d{4}):(\d\d):(\d\d)")
_IPTC: Final = 0x0404
_PHOTOSHOP_THUMBNAILS: Final = (0x0409, 0x040C)
# All but stuffing, repeats and restarts, which stand in the midst of pixels.
_MARKER: Final = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_END_OF_JPEG: Final = b"\xff\xd9"


def found_in(picture: Image.Image, upload: Path) -> list[Trace]:
    found: list[Trace] = []
    finders: tuple[Finder, ...] = (
        _position,
        _camera,
        _exif,
        _previews,
        _xmp,
        _texts,
        _blocks,
    )
    for finder in finders:
        # Strangers' tags break parsers anyhow; what was found before counts.
        with contextlib.suppress(Exception):
            for trace in finder(picture):
                found.append(trace)  # noqa: PERF402
    if _has_trailer(picture.format, upload):
        found.append(Trace(say.TRAILER))
    return in_order(found)


def in_order(found: Iterable[Trace]) -> list[Trace]:
    """One of each phrase, with the first words found for it, clean and short."""
    details: dict[str, str] = {}
    for trace in found:
        details[trace.phrase] = details.get(trace.phrase) or _clean(trace.detail)
    return [Trace(each, details[each]) for each in say.PHRASES if each in details]


def day(year: int, month: int, number: int) -> str:
    """As people write it: 16 Jan 2026; empty if there is no such day."""
    try:
        date(year, month, number)
    except ValueError:
        return ""
    return f"{number} {_MONTHS[month * 3 - 3 : month * 3]} {year}"


def _clean(value: object) -> str:
    text = (
        value.decode("utf-8", "replace")
        if isinstance(value, bytes)
        else _as_written(str(value))
    )
    shown = "".join(each if each.isprintable() else " " for each in text)
    return " ".join(shown.split())[:MAX_DETAIL].strip()


def _as_written(text: str) -> str:
    """EXIF is read as Latin-1, and written as UTF-8 by nearly everything."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _camera(picture: Image.Image) -> Iterator[Trace]:
    exif = picture.getexif()
    make, model = (
        _clean(exif.get(tag, "")) for tag in (ExifTags.Base.Make, ExifTags.Base.Model)
    )
    if make or model:
        yield Trace(say.CAMERA, cameras.name(make, model))


def _exif(picture: Image.Image) -> Iterator[Trace]:
    exif = picture.getexif()
    shot = exif.get_ifd(ExifTags.IFD.Exif)
    times = [
        shot.get(ExifTags.Base.DateTimeOriginal),
        shot.get(ExifTags.Base.DateTimeDigitized),
        exif.get(ExifTags.Base.DateTime),
    ]
    yield from (Trace(say.TAKEN, _day_of(str(time))) for time in times if time)
    yield from _said(exif, _BASE)
    yield from _said(shot, _SHOT)


def _said(tags: Tags, phrases: dict[ExifTags.Base, str]) -> Iterator[Trace]:
    for tag, phrase in phrases.items():
        if value := tags.get(tag):
            quoted = phrase in _QUOTED and isinstance(value, str)
            yield Trace(phrase, value if quoted else "")


def _day_of(time: str) -> str:
    match = _DATE.match(time)
    return day(*map(int, match.groups())) if match else ""


def _position(picture: Image.Image) -> Iterator[Trace]:
    tags = picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    if len(tags) > 0:
        yield Trace(say.GPS, _place(tags))


def _place(tags: Tags) -> str:
    """As 44.97, -93.26: a street corner, enough to know which place it is."""
    try:
        latitude = _degrees(tags[ExifTags.GPS.GPSLatitude])
        longitude = _degrees(tags[ExifTags.GPS.GPSLongitude])
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError):
        return ""
    if tags.get(ExifTags.GPS.GPSLatitudeRef) == "S":
        latitude = -latitude
    if tags.get(ExifTags.GPS.GPSLongitudeRef) == "W":
        longitude = -longitude
    return f"{latitude:.2f}, {longitude:.2f}"


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    total = degrees + minutes / 60 + seconds / 3600
    # Not a number is less than nothing, too.
    if not 0 <= total <= _HALF_TURN:
        raise ValueError(total)
    return total


def _previews(picture: Image.Image) -> Iterator[Trace]:
    if picture.info.get("thumbnails"):
        yield Trace(say.THUMBNAIL)
    # Depth maps, gain maps and second views ride along in phones' pictures.
    if any(picture.info.get(key) for key in ("mp", "mpoffset", "depth_images", "aux")):
        yield Trace(say.MORE_PICTURES)
    if len(picture.getexif().get_ifd(ExifTags.IFD.IFD1)) > 0:
        yield Trace(say.THUMBNAIL)


def _xmp(picture: Image.Image) -> Iterator[Trace]:
    xmp = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp")
    if xmp:
        yield Trace(say.XMP)
        raw = xmp if isinstance(xmp, bytes) else str(xmp).encode()
        yield from (Trace(phrase) for mark, phrase in _IN_XMP.items() if mark in raw)


def _texts(picture: Image.Image) -> Iterator[Trace]:
    if picture.info.get("comment"):
        yield Trace(say.COMMENT)
    texts = getattr(picture, "text", None) or {}
    for key, value in texts.items():
        if key in {"Author", "Title", "Description", "Copyright"}:
            yield Trace(say.AUTHOR, value)
        elif key == "Software":
            yield Trace(say.SOFTWARE, value)
        elif key != "XML:com.adobe.xmp":
            yield Trace(say.COMMENT)


def _blocks(picture: Image.Image) -> Iterator[Trace]:
    if picture.info.get("icc_profile"):
        yield Trace(say.COLOURS)
    blocks = picture.info.get("photoshop") or {}
    if blocks.get(_IPTC):
        yield Trace(say.AUTHOR)
    if any(blocks.get(number) for number in _PHOTOSHOP_THUMBNAILS):
        yield Trace(say.THUMBNAIL)


def _has_trailer(kind: str | None, upload: Path) -> bool:
    """Whether bytes follow the end marker: motion photos and hidden archives do."""
    ends = {"JPEG": _end_of_jpeg, "PNG": _end_of_png, "GIF": _end_of_gif}
    end = ends.get(kind or "")
    if end is None:
        return False
    content = upload.read_bytes()
    return bool(content[end(content) :].strip(b"\0\r\n"))


def _end_of_jpeg(content: bytes) -> int:
    """Segments say how long they are, so that a preview's own end is passed over;
    between them lie pixels, in which no marker occurs."""
    place = 2
    while marker := _MARKER.search(content, place):
        place = marker.end()
        if marker[0] == _END_OF_JPEG:
            return place
        place += int.from_bytes(content[place : place + 2])
    return len(content)


def _end_of_png(content: bytes) -> int:
    place = 8
    while place < len(content) and content[place + 4 : place + 8] != b"IEND":
        place += 12 + int.from_bytes(content[place : place + 4])
    return place + 12


def _end_of_gif(content: bytes) -> int:
    return content.rfind(b";") + 1
