"""Captions made anew: from a WebVTT or SubRip file only the times and the words.

Styles, regions, notes, positions and names of cues are left out, and so is all markup
but the end of a line: what browsers are given is written here.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from commonwire.kit.typed_text import clean_line
from commonwire.media.workshop import refusal

MAX_BYTES: Final = 1024 * 1024
MAX_CUES: Final = 10_000
MAX_LINES: Final = 8
_LONGEST_LINE: Final = 500
_TIME: Final = r"(?:([0-9]{1,4}):)?([0-5]?[0-9]):([0-5]?[0-9])[.,]([0-9]{3})"
_TIMING: Final = re.compile(rf"\s*{_TIME}\s+-->\s+{_TIME}(?:\s.*)?")
_TAG: Final = re.compile(r"</?[A-Za-z0-9][^<>]*>|</>")


@dataclass(frozen=True)
class Cue:
    # In milliseconds.
    start: int
    end: int
    lines: list[str]


def clean(path: Path) -> str:
    """The text of a WebVTT file with the cues of ``path``; raises Refused."""
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    cues = list(_cues(_decoded(data))) if len(data) <= MAX_BYTES else []
    if not cues or len(cues) > MAX_CUES:
        raise refusal("no_captions")
    return "WEBVTT\n\n" + "\n".join(_written(cue) for cue in _in_order(cues))


def _decoded(data: bytes) -> str:
    """SubRip files are often older than UTF-8."""
    if b"\0" in data:
        raise refusal("no_captions")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _cues(text: str) -> Iterator[Cue]:
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.strip("\n").split("\n")
        # A cue may have a name above its times; notes, styles and regions have no times.
        for number, line in enumerate(lines[:2]):
            timing = _TIMING.fullmatch(line)
            if timing:
                yield from _cue(timing, lines[number + 1 :])
                break


def _cue(timing: re.Match[str], lines: list[str]) -> Iterator[Cue]:
    start, end = _milliseconds(timing.groups()[:4]), _milliseconds(timing.groups()[4:])
    words = [_plain(line) for line in lines[:MAX_LINES]]
    words = [line for line in words if line]
    if words and start < end:
        yield Cue(start, end, words)


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _plain(line: str) -> str:
    return clean_line(html.unescape(_TAG.sub("", line))).text[:_LONGEST_LINE]


def _in_order(cues: list[Cue]) -> list[Cue]:
    return sorted(cues, key=lambda cue: (cue.start, cue.end))


def _written(cue: Cue) -> str:
    # Escaped, “-->” too, so that no line of words is taken for times.
    words = "\n".join(html.escape(line, quote=False) for line in cue.lines)
    return f"{_time(cue.start)} --> {_time(cue.end)}\n{words}\n"


def _time(milliseconds: int) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"
