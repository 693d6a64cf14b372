"""A stranger's picture decoded: upright, in sRGB, on white, nothing left but pixels.

Also what is asked before that: whether it is a picture at all, and not too large a one.
"""

import contextlib
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Final, cast

import pillow_heif
from PIL import ExifTags, Image, ImageOps, PngImagePlugin
from pillow_jxl import JpegXLImagePlugin

from commonwire.media import jpeg_xl, kinds
from commonwire.media.colours import in_srgb
from commonwire.media.messages import (
    FIRST_PAGE,
    MAX_BYTES,
    MAX_PIXELS,
    MAX_SIDE,
    SENTENCES,
    STILL,
    Refused,
)

# One core decodes while the other encodes; more threads only wait for each other.
JpegXLImagePlugin.DECODE_THREADS = 2
pillow_heif.register_heif_opener()
# Loads every decoder now, in the warm process, and none in a confined child.
Image.init()
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
# Printers' profiles take megabytes; the memory for all texts is bounded by Pillow.
PngImagePlugin.MAX_TEXT_CHUNK = 16 * 1024**2
# The first turn of a picture by EXIF that swaps width and height.
_ON_ITS_SIDE: Final = 5
# Raw pictures of many cameras are TIFF by name; the first in them is a thumbnail.
_DNG: Final = 50_706


@contextlib.contextmanager
def opened(upload: Path) -> Iterator[Image.Image]:
    """The picture, its header read; whatever its decoder raises becomes a Refused.

    Within, pixels are decoded when asked for and nothing is written.
    """
    kind = _kind_of(upload)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if kind == "PNG":
                _check_sums(upload)
            if kind == "JXL":
                # Its plugin decodes all of it at once.
                _check_size(jpeg_xl.size(upload))
            with Image.open(upload, formats=[kind]) as picture:
                _check_size(picture.size)
                _check_not_raw(picture)
                yield picture
    except (Refused, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("too_many_pixels") from error
    except Exception as error:
        # Decoders raise whatever comes: SyntaxError, struct.error, RuntimeError…
        cut = isinstance(error, EOFError) or "truncated" in str(error).lower()
        raise Refused("cut_off" if cut else "damaged") from error


def upright_size(picture: Image.Image) -> tuple[int, int]:
    """Width and height as the picture will be seen, from its header."""
    width, height = picture.size
    with contextlib.suppress(Exception):
        turn = picture.getexif().get(ExifTags.Base.Orientation, 1)
        if _turned_by_exif(picture) and turn >= _ON_ITS_SIDE:
            return height, width
    return width, height


def note(picture: Image.Image) -> str:
    """What of the file will not be seen unless more is done about it."""
    try:
        more = picture.format != "HEIF" and getattr(picture, "is_animated", False)
    except Exception:  # noqa: BLE001 - a broken second frame is of no interest
        more = True
    if not more or picture.format == "MPO":
        return ""
    return FIRST_PAGE if picture.format == "TIFF" else STILL


def _kind_of(upload: Path) -> str:
    if upload.stat().st_size > MAX_BYTES:
        raise Refused("too_big")
    with upload.open("rb") as file:
        kind = kinds.recognise(file.read(kinds.READ))
    if kind not in kinds.TAKEN:
        raise Refused(kind if kind in SENTENCES else "unknown")
    return kind


def _check_sums(upload: Path) -> None:
    """Decoding alone does not look at the check sums of a PNG's pixel data."""
    with Image.open(upload, formats=["PNG"]) as picture:
        _check_size(picture.size)
        picture.verify()


def _check_not_raw(picture: Image.Image) -> None:
    if _DNG in getattr(picture, "tag_v2", {}):
        raise Refused("other_picture")


def _check_size(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MAX_PIXELS:
        raise Refused("too_many_pixels")
    if max(size) > MAX_SIDE:
        raise Refused("too_long_a_side")


def pixels(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """What is seen of a picture of that profile: a new one that shares nothing but its
    pixels with the file's."""
    with contextlib.suppress(Exception):
        # The turn comes first and odd EXIF may raise after it: a legal PNG does.
        if _turned_by_exif(picture):
            ImageOps.exif_transpose(picture, in_place=True)
    seen = _on_white(in_srgb(_in_eight_bits(picture), profile))
    # A new image around the pixels, which takes no info or EXIF from the old one. To
    # copy the pixels, too, took a third more memory.
    plain = seen._new(seen.im)  # noqa: SLF001
    plain.info = {}
    return plain


def _turned_by_exif(picture: Image.Image) -> bool:
    """TIFF is turned by its decoder; JPEG XL has a turn of its own, unless it is a
    repacked JPEG."""
    if picture.format == "JXL":
        return bool(getattr(picture, "jpeg", False))
    return picture.format != "TIFF"


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    if picture.mode == "F":
        return _in_whole_numbers(picture)
    if picture.mode.startswith("I"):
        # Sixteen-bit greys; converting straight to L would clip instead of scale.
        return picture.convert("I").point(lambda grey: grey * (1 / 257)).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode in {"RGB", "L", "CMYK"}:
        return picture
    return picture.convert("RGB")


def _in_whole_numbers(picture: Image.Image) -> Image.Image:
    """Greys between 0 and 1, or between 0 and 255, or up to whatever they reach."""
    _darkest, lightest = cast("tuple[float, float]", picture.getextrema())
    scales = [each for each in (1.0, 255.0) if lightest <= each]
    most = scales[0] if scales else lightest
    return picture.point(lambda grey: grey * (255 / most) + 0.5).convert("L")


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        # convert() would copy even what needs no converting.
        return picture if picture.mode == "RGB" else picture.convert("RGB")
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white
