"""What a picture file says beside its pixels, in plain words.

Only for telling the contributor: nothing of it is carried over whatever is found here,
so a reader that fails on odd data is skipped.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from PIL import ExifTags, Image

from commonwire.media import messages as say
from commonwire.media.exchange import Trace

Finder = Callable[[Image.Image], Iterator[str]]

_BASE: Final = {
    ExifTags.Base.Make: say.CAMERA,
    ExifTags.Base.Model: say.CAMERA,
    ExifTags.Base.DateTime: say.TAKEN,
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
    ExifTags.Base.DateTimeOriginal: say.TAKEN,
    ExifTags.Base.DateTimeDigitized: say.TAKEN,
    ExifTags.Base.BodySerialNumber: say.SERIAL,
    ExifTags.Base.LensSerialNumber: say.SERIAL,
    ExifTags.Base.CameraOwnerName: say.OWNER,
    ExifTags.Base.LensMake: say.CAMERA,
    ExifTags.Base.LensModel: say.CAMERA,
    ExifTags.Base.UserComment: say.COMMENT,
    ExifTags.Base.MakerNote: say.MAKER_NOTES,
}
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
_IPTC: Final = 0x0404
_PHOTOSHOP_THUMBNAILS: Final = (0x0409, 0x040C)
_TAIL: Final = 64 * 1024


def found_in(picture: Image.Image, upload: Path) -> list[Trace]:
    found: set[str] = set()
    finders: tuple[Finder, ...] = (_exif, _positions, _previews, _xmp, _texts, _blocks)
    for finder in finders:
        try:
            found.update(finder(picture))
        except Exception:  # noqa: BLE001, S112 - strangers' tags break parsers anyhow
            continue
    if _has_trailer(picture.format, upload):
        found.add(say.TRAILER)
    return [Trace(phrase) for phrase in say.PHRASES if phrase in found]


def _exif(picture: Image.Image) -> Iterator[str]:
    exif = picture.getexif()
    yield from (phrase for tag, phrase in _BASE.items() if exif.get(tag))
    shot = exif.get_ifd(ExifTags.IFD.Exif)
    yield from (phrase for tag, phrase in _SHOT.items() if shot.get(tag))


def _positions(picture: Image.Image) -> Iterator[str]:
    if len(picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)) > 0:
        yield say.GPS


def _previews(picture: Image.Image) -> Iterator[str]:
    if picture.info.get("thumbnails"):
        yield say.THUMBNAIL
    # Depth maps, gain maps and second views ride along in phones' pictures.
    if any(picture.info.get(key) for key in ("mp", "mpoffset", "depth_images", "aux")):
        yield say.MORE_PICTURES
    if len(picture.getexif().get_ifd(ExifTags.IFD.IFD1)) > 0:
        yield say.THUMBNAIL


def _xmp(picture: Image.Image) -> Iterator[str]:
    xmp = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp")
    if xmp:
        yield say.XMP
        raw = xmp if isinstance(xmp, bytes) else str(xmp).encode()
        yield from (phrase for mark, phrase in _IN_XMP.items() if mark in raw)


def _texts(picture: Image.Image) -> Iterator[str]:
    if picture.info.get("comment"):
        yield say.COMMENT
    texts = getattr(picture, "text", None) or {}
    for key in texts:
        if key in {"Author", "Title", "Description", "Copyright"}:
            yield say.AUTHOR
        elif key == "Software":
            yield say.SOFTWARE
        elif key != "XML:com.adobe.xmp":
            yield say.COMMENT


def _blocks(picture: Image.Image) -> Iterator[str]:
    if picture.info.get("icc_profile"):
        yield say.COLOURS
    blocks = picture.info.get("photoshop") or {}
    if blocks.get(_IPTC):
        yield say.AUTHOR
    if any(blocks.get(number) for number in _PHOTOSHOP_THUMBNAILS):
        yield say.THUMBNAIL


def _has_trailer(kind: str | None, upload: Path) -> bool:
    """Whether bytes follow the end marker: motion photos and hidden archives do."""
    ends = {"JPEG": b"\xff\xd9", "PNG": b"IEND\xaeB`\x82", "GIF": b";"}
    end = ends.get(kind or "")
    if end is None:
        return False
    with upload.open("rb") as file:
        file.seek(max(0, upload.stat().st_size - _TAIL))
        return not file.read().rstrip(b"\0\r\n").endswith(end)
