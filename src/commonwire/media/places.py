"""The numbered places of a picture: faces that were found, and what is covered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from commonwire.media.exchange import Box, Options

# Of a face's area: what hides so much of it was meant for it.
MOST: Final = 0.9


@dataclass(frozen=True)
class Place:
    """``box`` is the cover itself where there is one, and else the face."""

    number: int
    box: Box
    is_covered: bool = False
    is_face: bool = False


def numbered(faces: Sequence[Box], covers: Sequence[Box]) -> list[Place]:
    """Faces keep the numbers they were found by. A face under another's cover is no
    place of its own, and a face's cover is none beside it."""
    places, used = [], set()
    for number, face in enumerate(faces, 1):
        over = [at for at, cover in enumerate(covers) if _hides(cover, face)]
        free = [at for at in over if at not in used]
        if free:
            used.add(free[0])
            places.append(Place(number, covers[free[0]], is_covered=True, is_face=True))
        elif not over:
            places.append(Place(number, face, is_face=True))
    others = [cover for at, cover in enumerate(covers) if at not in used]
    return places + [
        Place(number, cover, is_covered=True)
        for number, cover in enumerate(others, len(faces) + 1)
    ]


def of(faces: list[Any] | None, options: dict[str, Any]) -> list[Place]:
    """Of an attachment's fields."""
    found = [Box(**told) for told in faces or []]
    return numbered(found, Options.read(options).covers)


def _hides(cover: Box, face: Box) -> bool:
    width = _shared(cover.left, cover.width, face.left, face.width)
    height = _shared(cover.top, cover.height, face.top, face.height)
    return width * height >= MOST * face.width * face.height > 0


def _shared(first: float, length: float, second: float, other: float) -> float:
    return max(0.0, min(first + length, second + other) - max(first, second))
