"""How a frame is turned and mirrored, and how large it then is.

Phones film as they are held and note beside the pixels which way is up.
"""

import struct
from fractions import Fraction
from typing import Final, cast

from av.sidedata.sidedata import SideDataContainer, Type
from av.video.frame import VideoFrame

# By the signs of the four numbers of the display matrix that turn and mirror; each is
# the filter that does the same to the pixels. No entry: as it is.
_WAYS: Final[dict[tuple[int, int, int, int], tuple[tuple[str, str], ...]]] = {
    (-1, 0, 0, 1): (("hflip", ""),),
    (1, 0, 0, -1): (("vflip", ""),),
    (-1, 0, 0, -1): (("hflip", ""), ("vflip", "")),
    (0, 1, -1, 0): (("transpose", "clock"),),
    (0, -1, 1, 0): (("transpose", "cclock"),),
    (0, 1, 1, 0): (("transpose", "cclock_flip"),),
    (0, -1, -1, 0): (("transpose", "clock_flip"),),
}
# An absurd shape of a pixel is no shape.
_SHAPES: Final = (Fraction(1, 4), Fraction(4))
_MATRIX: Final = struct.Struct("=9i")


def turn_of(frame: VideoFrame) -> tuple[int, int, int, int]:
    """The display matrix as signs: (1, 0, 0, 1) is upright."""
    # PyAV's stubs know of one kind of side data; there are thirty.
    kept = cast("SideDataContainer", frame.side_data)
    matrices = (data for data in kept if data.type is Type.DISPLAYMATRIX)
    raw = b"".join(map(bytes, matrices))
    if len(raw) != _MATRIX.size:
        return (1, 0, 0, 1)
    a, b, _, c, d, *_ = _MATRIX.unpack(raw)
    if abs(a) + abs(d) >= abs(b) + abs(c):
        return (_sign(a), 0, 0, _sign(d))
    return (0, _sign(b), _sign(c), 0)


def filters_for(turn: tuple[int, int, int, int]) -> tuple[tuple[str, str], ...]:
    """What to do to the pixels, as names of FFmpeg's filters and their arguments."""
    return _WAYS.get(turn, ())


def shown_size(frame: VideoFrame, shape: Fraction | None) -> tuple[int, int]:
    """Width and height as seen: upright, its pixels of that ``shape`` made square."""
    lowest, highest = _SHAPES
    stretch = shape if shape and lowest <= shape <= highest else Fraction(1)
    width = max(1, round(frame.width * stretch))
    return (frame.height, width) if turn_of(frame)[0] == 0 else (width, frame.height)


def _sign(number: int) -> int:
    return -1 if number < 0 else 1
