"""A picture made anew: decoded in full, upright, in sRGB, in the sizes pages use.

Runs in the confined child (``workbench``) and knows nothing of Django. Nothing but
pixels crosses from the source to a rendition.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from PIL import Image

from commonwire.kit.files import sync_all
from commonwire.media import animation, colours, decoding, traces
from commonwire.media.covering import cover
from commonwire.media.exchange import (
    PICTURE,
    TYPES,
    Looked,
    Made,
    Options,
    Rendition,
    Say,
)
from commonwire.media.messages import STILL

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

Formats = dict[str, dict[str, int]]
Step = tuple[Image.Image, str, dict[str, int]]
BOTH: Final = {"webp": WEBP, "jpg": JPEG}
NOTHING_ASKED: Final = Options()


def _silent(_: int) -> None:
    pass


def look(upload: Path) -> Looked:
    """The size of a picture as it will be seen, and what its file says beside."""
    with decoding.opened(upload) as picture:
        width, height = decoding.upright_size(picture)
        return Looked(PICTURE, width, height, removed=traces.found_in(picture, upload))


def make(
    *,
    upload: Path,
    into: Path,
    options: Options = NOTHING_ASKED,
    say: Say = _silent,
) -> Made:
    """Write the rendition set of ``upload`` to the directory ``into``, durably."""
    with decoding.opened(upload) as picture:
        picture.load()
        removed = traces.found_in(picture, upload)
        note = decoding.note(picture)
        pixels = decoding.pixels(picture, colours.profile_of(picture, upload))
    if options.covers:
        pixels = cover(pixels, options.covers, options.style)
    say(50)
    renditions = write_set(pixels, into)
    if note == STILL and (moving := animation.write(upload, into, options, say)):
        renditions += moving
        note = ""
    sync_all(into)
    say(100)
    return Made(PICTURE, pixels.width, pixels.height, renditions, removed, note)


def write_set(pixels: Image.Image, into: Path) -> list[Rendition]:
    with ThreadPoolExecutor(ENCODERS) as encoders:
        # Encoders let go of the interpreter, so two of them and the scaling overlap.
        writing = [
            encoders.submit(_write, picture, into / name, options)
            for picture, name, options in _cascade(pixels)
        ]
        return [rendition.result() for rendition in writing]


def write_widths(
    pixels: Image.Image, into: Path, widths: tuple[int, ...]
) -> list[Rendition]:
    """A picture that stands for something else: a document's first page, a poster.

    ``widths`` from wide to narrow; none wider than ``pixels``.
    """
    widest = min(pixels.width, widths[0])
    steps = [(width, BOTH) for width in (widest, *widths) if width <= widest]
    with ThreadPoolExecutor(ENCODERS) as encoders:
        writing = [
            encoders.submit(_write, picture, into / name, options)
            for picture, name, options in _shrunk(pixels, dict(steps).items())
        ]
        return [rendition.result() for rendition in writing]


def _cascade(pixels: Image.Image) -> Iterator[Step]:
    """Every rendition's pixels, name and options, each size made of the one before."""
    yield pixels, "original.jpg", ORIGINAL
    yield from _shrunk(pixels, _sizes(pixels.width))


def _shrunk(
    current: Image.Image, steps: Iterable[tuple[int, Formats]]
) -> Iterator[Step]:
    full_width, full_height = current.size
    for width, formats in steps:
        height = max(1, round(full_height * width / full_width))
        if width < current.width:
            current = current.resize(
                (width, height), SCALING, reducing_gap=REDUCING_GAP
            )
        for ending, options in formats.items():
            if ending != "webp" or height <= MAX_WEBP_SIDE:
                yield current, f"{width}.{ending}", options


def _sizes(full: int) -> Iterator[tuple[int, Formats]]:
    """Widths from wide to narrow, each with its formats; never wider than ``full``.

    Up to the widest, the full width exists as WebP too, or readers whose browsers take
    WebP would get a 1,270-pixel flyer at 640; its JPEG is the original. A picture
    narrower than every width has one rendition, at its own.
    """
    if full <= WIDTHS[-1]:
        yield full, BOTH
        return
    if full <= WIDTHS[0]:
        yield full, {"webp": WEBP}
    for width in WIDTHS:
        if width < full:
            yield width, BOTH


def _write(picture: Image.Image, path: Path, options: dict[str, int]) -> Rendition:
    ending = path.suffix[1:]
    # Saving keeps its options on the object: two encoders at once on the same picture
    # took each other's quality. This one shares the pixels only.
    picture = picture._new(picture.im)  # noqa: SLF001
    with path.open("xb") as file:
        picture.save(file, "WEBP" if ending == "webp" else "JPEG", **options)
        size = file.tell()
    return Rendition(path.name, picture.width, picture.height, TYPES[ending], size)


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
