"""What the workshop hands back, as it travels between processes.

The sender has just decoded a stranger's file and may have been taken over by it, so
``Made.read`` believes nothing: names, numbers and phrases outside the agreed ones are
refused, and the files are measured again.
"""

import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from commonwire.media.messages import MAX_PIXELS, MAX_SIDE, NOTES, PHRASES

TYPES: Final = {"jpg": "image/jpeg", "webp": "image/webp"}
RENDITION_NAME: Final = re.compile(r"(?:original|[1-9][0-9]{0,3})\.(jpg|webp)")
MAX_RENDITIONS: Final = 12


class UnbelievableError(ValueError):
    """An answer that an honest child would not have given."""


@dataclass(frozen=True)
class Rendition:
    name: str
    width: int
    height: int
    type: str
    bytes: int

    def as_dict(self) -> dict[str, str | int]:
        return asdict(self)


@dataclass(frozen=True)
class Made:
    width: int
    height: int
    renditions: list[Rendition]
    removed: list[str] = field(default_factory=list)
    note: str = ""
    # How the work was done, for operators and benchmarks.
    confined: list[str] = field(default_factory=list)
    peak_kilobytes: int = 0

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def read(cls, told: dict[str, Any], *, into: Path) -> "Made":
        try:
            width, height = _side(told["width"]), _side(told["height"])
            renditions = [_rendition(item, into) for item in told["renditions"]]
            note = told["note"]
            removed = [phrase for phrase in PHRASES if phrase in told["removed"]]
        except (KeyError, TypeError, ValueError, OSError) as error:
            raise UnbelievableError(str(error)) from error
        if width * height > MAX_PIXELS or note not in NOTES:
            raise UnbelievableError("size or note")
        if not 0 < len(renditions) <= MAX_RENDITIONS:
            raise UnbelievableError("number of renditions")
        return cls(width, height, renditions, removed, note)


def _side(value: object) -> int:
    if not isinstance(value, int) or not 0 < value <= MAX_SIDE:
        raise UnbelievableError("side")
    return value


def _rendition(told: dict[str, Any], into: Path) -> Rendition:
    match = RENDITION_NAME.fullmatch(told["name"])
    path = into / told["name"]
    if match is None or path.is_symlink() or not path.is_file():
        raise UnbelievableError("rendition")
    return Rendition(
        name=match[0],
        width=_side(told["width"]),
        height=_side(told["height"]),
        type=TYPES[match[1]],
        bytes=path.stat().st_size,
    )
