"""A picture made anew: decoded in full, upright, in sRGB, in the sizes pages use.

Runs in the confined child (``workbench``) and knows nothing of Django. Nothing but
pixels crosses from the source to a rendition.
"""

import contextlib
import io
import os
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pillow_heif
from PIL import Image, ImageCms, ImageOps

from commonwire.media import kinds, traces
from commonwire.media.exchange import PICTURE, TYPES, Made, Rendition, Trace
from commonwire.media.messages import MAX_BYTES, MAX_PIXELS, MAX_SIDE, STILL, Refused

WIDTHS: Final = (2000, 1280, 640, 320)
POSTER_WIDTHS: Final = (1280, 640, 320)
# What WebP can hold along one side; a longer picture has JPEG only.
MAX_WEBP_SIDE: Final = 16_383
ENCODERS: Final = 2

# Measured on photographs: method 2 takes 0.44 of the time of Pillow's default 4 for
# 4 % more bytes; baseline JPEG a fifth of progressive's for 4 %.
WEBP: Final = {"quality": 76, "method": 2}
JPEG: Final = {"quality": 80}
ORIGINAL: Final = {"quality": 85}
# A whole-number shrink by averaging first, then the fine filter: 11 ms instead of 150
# for twelve megapixels. On photographs it stays within 38 dB of the slow way, where
# WebP at this quality keeps 36.
REDUCING_GAP: Final = 1.0
SCALING: Final = Image.Resampling.BICUBIC

pillow_heif.register_heif_opener()
# Loads every decoder now, in the warm process, and none in a confined child.
Image.init()
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
_SRGB: Final = ImageCms.createProfile("sRGB")


def make(*, upload: Path, into: Path) -> Made:
    """Write the rendition set of ``upload`` to the directory ``into``, durably."""
    kind = _kind_of(upload)
    pixels, removed, note = _decode(upload, kind)
    renditions = _write_all(pixels, into)
    _sync(into)
    return Made(PICTURE, pixels.width, pixels.height, renditions, removed, note)


def _kind_of(upload: Path) -> str:
    if upload.stat().st_size > MAX_BYTES:
        raise Refused("too_big")
    with upload.open("rb") as file:
        kind = kinds.recognise(file.read(kinds.HEAD))
    if kind not in kinds.TAKEN:
        raise Refused(kind)
    return kind


def _decode(upload: Path, kind: str) -> tuple[Image.Image, list[Trace], str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if kind == "PNG":
                _check_sums(upload)
            with Image.open(upload, formats=[kind]) as picture:
                _check_size(picture.size)
                picture.load()
                removed = traces.found_in(picture, upload)
                return _pixels(picture), removed, _note(picture)
    except (Refused, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("too_many_pixels") from error
    except Exception as error:
        # Decoders raise whatever comes: SyntaxError, struct.error, RuntimeError…
        cut = isinstance(error, EOFError) or "truncated" in str(error).lower()
        raise Refused("cut_off" if cut else "damaged") from error


def _check_sums(upload: Path) -> None:
    """Decoding alone does not look at the check sums of a PNG's pixel data."""
    with Image.open(upload, formats=["PNG"]) as picture:
        _check_size(picture.size)
        picture.verify()


def _check_size(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MAX_PIXELS:
        raise Refused("too_many_pixels")
    if max(size) > MAX_SIDE:
        raise Refused("too_long_a_side")


def _pixels(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    with contextlib.suppress(Exception):
        # The turn comes first and odd EXIF may raise after it: a legal PNG does.
        ImageOps.exif_transpose(picture, in_place=True)
    seen = _on_white(_in_srgb(_in_eight_bits(picture), profile))
    # A new image takes no info, EXIF or palette from the old one.
    pixels = Image.new("RGB", seen.size)
    pixels.paste(seen)
    return pixels


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):
        # Sixteen-bit greys; converting straight to L would clip instead of scale.
        return picture.convert("I").point(lambda grey: grey * (1 / 257)).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode in {"RGB", "L", "CMYK"}:
        return picture
    return picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return picture
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        turned = ImageCms.profileToProfile(picture, source, _SRGB, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        # A profile that is broken or for another kind of picture says nothing.
        return picture
    return turned or picture


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        # convert() would copy even what needs no converting.
        return picture if picture.mode == "RGB" else picture.convert("RGB")
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white


def _note(picture: Image.Image) -> str:
    try:
        animated = picture.format != "HEIF" and getattr(picture, "is_animated", False)
    except Exception:  # noqa: BLE001 - a broken second frame is of no interest
        animated = True
    return STILL if animated and picture.format != "MPO" else ""


def _write_all(pixels: Image.Image, into: Path) -> list[Rendition]:
    """Encoders let go of the interpreter, so two of them and the scaling overlap."""
    with ThreadPoolExecutor(ENCODERS) as encoders:
        writing = [
            encoders.submit(_write, picture, into / name, options)
            for picture, name, options in _cascade(pixels)
        ]
        return [rendition.result() for rendition in writing]


def _cascade(
    pixels: Image.Image,
) -> Iterator[tuple[Image.Image, str, dict[str, int]]]:
    """Every rendition's pixels, name and options, each size made of the one before."""
    yield pixels, "original.jpg", ORIGINAL
    current = pixels
    for width, formats in _sizes(pixels.width):
        height = max(1, round(pixels.height * width / pixels.width))
        if width < current.width:
            current = current.resize(
                (width, height), SCALING, reducing_gap=REDUCING_GAP
            )
        for ending, options in formats.items():
            if ending != "webp" or height <= MAX_WEBP_SIDE:
                yield current, f"{width}.{ending}", options


def _sizes(full: int) -> Iterator[tuple[int, dict[str, dict[str, int]]]]:
    """Widths from wide to narrow, each with its formats; never wider than ``full``.

    Up to the widest, the full width exists as WebP too, or readers whose browsers take
    WebP would get a 1,270-pixel flyer at 640; its JPEG is the original. A picture
    narrower than every width has one rendition, at its own.
    """
    both = {"webp": WEBP, "jpg": JPEG}
    if full <= WIDTHS[-1]:
        yield full, both
        return
    if full <= WIDTHS[0]:
        yield full, {"webp": WEBP}
    for width in WIDTHS:
        if width < full:
            yield width, both


def _write(picture: Image.Image, path: Path, options: dict[str, int]) -> Rendition:
    ending = path.suffix[1:]
    with path.open("xb") as file:
        picture.save(file, "WEBP" if ending == "webp" else "JPEG", **options)
        file.flush()
        os.fsync(file.fileno())
        size = file.tell()
    return Rendition(path.name, picture.width, picture.height, TYPES[ending], size)


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_poster(picture: Image.Image, into: Path) -> list[Rendition]:
    """A picture that stands for something else: in page widths only, no original.

    One narrower than all of them has its own.
    """
    widths = [each for each in POSTER_WIDTHS if each <= picture.width]
    made: list[Rendition] = []
    for width in widths or [picture.width]:
        if width < picture.width:
            height = max(1, round(picture.height * width / picture.width))
            picture = picture.resize((width, height), SCALING, reducing_gap=2.0)
        made.append(_write(picture, into / f"{width}.webp", WEBP))
        made.append(_write(picture, into / f"{width}.jpg", JPEG))
    return made
