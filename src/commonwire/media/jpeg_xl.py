"""The size that a JPEG XL file claims, read before anything is decoded.

By ISO/IEC 18181-1, the SizeHeader; boxes by 18181-2.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

_PLAIN: Final = b"\xff\x0a"
_HEAD: Final = 4096
# Bits of a number by the two that go before it.
_BITS: Final = (9, 13, 18, 30)
# Width to height by number; 0 is for a width of its own.
_RATIOS: Final = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))
_MOST_BOXES: Final = 1000


def size(upload: Path) -> tuple[int, int]:
    """Width and height in pixels, before any turn; ValueError if there is none."""
    bits = _Bits(_beginning(upload).removeprefix(_PLAIN))
    small = bits.take(1)
    height = _side(bits, small)
    ratio = bits.take(3)
    if ratio:
        wide, high = _RATIOS[ratio - 1]
        return height * wide // high, height
    return _side(bits, small), height


class _Bits:
    """The lowest bit of the first byte comes first."""

    def __init__(self, content: bytes) -> None:
        self._left = int.from_bytes(content, "little")
        self._count = len(content) * 8

    def take(self, count: int) -> int:
        if count > self._count:
            raise ValueError("truncated")
        self._count -= count
        value = self._left & ((1 << count) - 1)
        self._left >>= count
        return value


def _side(bits: _Bits, small: int) -> int:
    if small:
        return (bits.take(5) + 1) * 8
    return bits.take(_BITS[bits.take(2)]) + 1


def _beginning(upload: Path) -> bytes:
    """The first bytes of the picture itself, wherever in its boxes it begins."""
    with upload.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(_PLAIN):
        return head[:32]
    for kind, start in _boxes(upload):
        if kind in {b"jxlc", b"jxlp"}:
            with upload.open("rb") as file:
                # A part begins with its number.
                file.seek(start + (4 if kind == b"jxlp" else 0))
                beginning = file.read(32)
            if beginning.startswith(_PLAIN):
                return beginning
    raise ValueError("truncated")


def _boxes(upload: Path) -> Iterator[tuple[bytes, int]]:
    """The kind of every box and where its content starts."""
    place, end = 0, upload.stat().st_size
    with upload.open("rb") as file:
        for _ in range(_MOST_BOXES):
            file.seek(place)
            head = file.read(16)
            length, start = int.from_bytes(head[:4]), place + 8
            if length == 1:
                length, start = int.from_bytes(head[8:16]), place + 16
            yield head[4:8], start
            place = place + length if length else end
            if place >= end or (length < start - place and length):
                return
