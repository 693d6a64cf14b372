"""What travels between the site and the processes that touch strangers' files.

The sender of an answer has just decoded a stranger's file and may have been taken over
by it, so `Made.read` and its like believe nothing: names, numbers and phrases outside
the agreed ones are refused, and the files are measured again.
"""

import math
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from commonwire.media.messages import MAX_PIXELS, MAX_SIDE, NOTES, PHRASES

PICTURE: Final = "picture"
VIDEO: Final = "video"
SOUND: Final = "sound"
DOCUMENT: Final = "document"
KINDS: Final = (PICTURE, VIDEO, SOUND, DOCUMENT)

TYPES: Final = {
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "opus": "audio/ogg",
    "mp3": "audio/mpeg",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
}
# `320.jpg`, `1280.webp`: pictures by width, of every kind (a video's poster frame, a
# document's first page). The rest have one name for one purpose.
RENDITION_NAME: Final = re.compile(
    r"(?:(?:original|[1-9][0-9]{0,3})\.(?:jpg)|[1-9][0-9]{0,3}\.webp"
    r"|animation\.(?:mp4|webp)|video\.(?:mp4|webm)|small\.mp4"
    r"|sound\.(?:opus|mp3)|waveform\.svg|document\.pdf)"
)
# Never public: what renditions are made from again while a draft is worked on.
MASTER_NAME: Final = re.compile(r"master\.(?:jpg|mp4|opus|pdf|animation\.mp4)")
# A picture that moves, and its master: what tells them from a video is the name, which
# no upload has.
ANIMATION: Final = "animation.mp4"
MOVING: Final = (ANIMATION, f"master.{ANIMATION}")
# Documents made here before, likewise.
OWN_DOCUMENTS: Final = ("document.pdf", "master.pdf")
MAX_RENDITIONS: Final = 16
MAX_SECONDS: Final = 6 * 3600
MAX_PAGES: Final = 500
MAX_TEXT: Final = 200_000
MAX_BOXES: Final = 300
# Of a trace's own words, such as a camera's name.
MAX_DETAIL: Final = 80

Say = Callable[[int], None]


class UnbelievableError(ValueError):
    """An answer that an honest child would not have given."""


SOLID: Final = "solid"
MOSAIC: Final = "mosaic"
BLUR: Final = "blur"
STYLES: Final = (SOLID, MOSAIC, BLUR)


@dataclass(frozen=True)
class Box:
    """A rectangle on a picture, as parts of its width and height (0 to 1)."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Options:
    """What a contributor asked for before a file is made.

    ``style`` is one of ``solid``, ``mosaic`` and ``blur``; ``faces`` follows faces
    through a video; ``disguise`` changes voices; ``wordless`` makes a document of
    pictures only.
    """

    covers: tuple[Box, ...] = ()
    style: str = SOLID
    faces: bool = False
    disguise: bool = False
    wordless: bool = False

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def read(cls, told: dict[str, Any]) -> "Options":
        covers = tuple(_box(each) for each in told.get("covers", []))
        return cls(
            covers,
            str(told.get("style", "solid")),
            faces=bool(told.get("faces")),
            disguise=bool(told.get("disguise")),
            wordless=bool(told.get("wordless")),
        )


@dataclass(frozen=True)
class Rendition:
    name: str
    # In pixels; 0 for what is not seen.
    width: int
    height: int
    type: str
    bytes: int

    def as_dict(self) -> dict[str, str | int]:
        return asdict(self)


@dataclass(frozen=True)
class Trace:
    """Something a file said beside what it shows: a phrase of `messages.PHRASES`, and
    what it said, where that helps its author ("44.97, -93.26")."""

    phrase: str
    detail: str = ""


@dataclass(frozen=True)
class Looked:
    """What the headers of a file say, before anything is made of it.

    Measures as in `Made`; they are the file's own claims and may turn out otherwise.
    """

    kind: str
    width: int
    height: int
    seconds: float = 0.0
    pages: int = 0
    removed: list[Trace] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def read(cls, told: dict[str, Any]) -> "Looked":
        try:
            return cls._read(told)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise UnbelievableError(str(error)) from error

    @classmethod
    def _read(cls, told: dict[str, Any]) -> "Looked":
        if told["kind"] not in KINDS:
            raise UnbelievableError("kind")
        width, height = _side(told["width"]), _side(told["height"])
        if width * height > MAX_PIXELS:
            raise UnbelievableError("size")
        return cls(
            told["kind"],
            width,
            height,
            _seconds(told["seconds"]),
            _count(told["pages"], MAX_PAGES),
            read_traces(told["removed"]),
        )


@dataclass(frozen=True)
class Made:
    """The renditions of one file.

    ``width`` and ``height`` in pixels of what is shown (0 for sound), ``seconds`` of
    playing time (0 for what does not play), ``text`` extracted from a document.
    """

    kind: str
    width: int
    height: int
    renditions: list[Rendition]
    removed: list[Trace] = field(default_factory=list)
    note: str = ""
    seconds: float = 0.0
    pages: int = 0
    text: str = ""
    # How the work was done, for operators and benchmarks.
    confined: list[str] = field(default_factory=list)
    peak_kilobytes: int = 0

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def read(cls, told: dict[str, Any], *, into: Path) -> "Made":
        try:
            return cls._read(told, into)
        except (KeyError, TypeError, ValueError, AttributeError, OSError) as error:
            raise UnbelievableError(str(error)) from error

    @classmethod
    def _read(cls, told: dict[str, Any], into: Path) -> "Made":
        renditions = [_rendition(item, into) for item in told["renditions"]]
        if told["kind"] not in KINDS or told["note"] not in NOTES:
            raise UnbelievableError("kind or note")
        if not 0 < len(renditions) <= MAX_RENDITIONS:
            raise UnbelievableError("number of renditions")
        width, height = _side(told["width"]), _side(told["height"])
        if width * height > MAX_PIXELS:
            raise UnbelievableError("size")
        return cls(
            told["kind"],
            width,
            height,
            renditions,
            read_traces(told["removed"]),
            told["note"],
            _seconds(told["seconds"]),
            _count(told["pages"], MAX_PAGES),
            _words(told["text"], MAX_TEXT),
        )


def read_traces(told: list[dict[str, str]]) -> list[Trace]:
    """In the order of PHRASES, each with words that can be shown."""
    found = {each["phrase"]: _words(each["detail"], MAX_DETAIL) for each in told}
    return [Trace(phrase, found[phrase]) for phrase in PHRASES if phrase in found]


def read_boxes(told: list[dict[str, float]]) -> list[Box]:
    """What a face finder answered."""
    try:
        return [_box(each) for each in told[:MAX_BOXES]]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnbelievableError("box") from error


def _box(told: dict[str, float]) -> Box:
    values = [float(told[name]) for name in ("left", "top", "width", "height")]
    if not all(math.isfinite(value) for value in values):
        raise UnbelievableError("box")
    left, top = (min(max(value, 0.0), 1.0) for value in values[:2])
    width, height = (max(value, 0.0) for value in values[2:])
    return Box(left, top, min(width, 1.0 - left), min(height, 1.0 - top))


def _words(value: str, most: int) -> str:
    """Letters and line breaks only: it is shown to people."""
    return "".join(
        letter for letter in str(value)[:most] if letter.isprintable() or letter == "\n"
    )


def _side(value: object) -> int:
    return _count(value, MAX_SIDE)


def _count(value: object, most: int) -> int:
    if not isinstance(value, int) or not 0 <= value <= most:
        raise UnbelievableError("number")
    return value


def _seconds(value: object) -> float:
    if not isinstance(value, int | float) or not 0 <= value <= MAX_SECONDS:
        raise UnbelievableError("playing time")
    return round(float(value), 3)


def _rendition(told: dict[str, Any], into: Path) -> Rendition:
    match = RENDITION_NAME.fullmatch(told["name"])
    path = into / told["name"]
    if match is None or path.is_symlink() or not path.is_file():
        raise UnbelievableError("rendition")
    return Rendition(
        name=match[0],
        width=_side(told["width"]),
        height=_side(told["height"]),
        type=TYPES[path.suffix[1:]],
        bytes=path.stat().st_size,
    )
