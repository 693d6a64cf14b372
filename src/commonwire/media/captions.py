"""Captions made anew: from a WebVTT or SubRip file only the times, the words and who
says them; and what is said, to be read as a text.

Styles, regions, notes, positions and names of cues are left out, and so is all markup
but voices and the ends of lines: what browsers are given is written here.
"""

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from commonwire.kit.typed_text import clean_line
from commonwire.media.workshop import refusal

MAX_BYTES: Final = 1024 * 1024
MAX_CUES: Final = 10_000
MAX_LINES: Final = 8
_LONGEST_LINE: Final = 500
_TIME: Final = r"(?:([0-9]{1,4}):)?([0-5]?[0-9]):([0-5]?[0-9])(?:[.,]([0-9]{1,3}))?"
_TIMING: Final = re.compile(rf"\s*{_TIME}\s+-->\s+{_TIME}(?:\s.*)?")
_VOICE: Final = re.compile(r"(<v(?:[.\s][^<>]*)?>|</v>)")
_LONGEST_NAME: Final = 80
# A transcript begins a new paragraph after so many milliseconds of silence, or at the
# end of a sentence after so many letters.
SILENCE: Final = 3_000
PARAGRAPH: Final = 500
_ENDS: Final = (".", "!", "?", "…", "。", "؟", "।")
_TAG: Final = re.compile(r"</?[A-Za-z0-9][^<>]*>|</>")


@dataclass(frozen=True)
class Line:
    # Empty where nobody is named.
    speaker: str
    words: str


@dataclass(frozen=True)
class Cue:
    # In milliseconds.
    start: int
    end: int
    lines: list[Line]


def clean(path: Path) -> str:
    """The text of a WebVTT file with the cues of ``path``; raises Refused."""
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    cues = list(_cues(_decoded(data))) if len(data) <= MAX_BYTES else []
    if not cues or len(cues) > MAX_CUES:
        raise refusal("no_captions")
    return "WEBVTT\n\n" + "\n".join(_written(cue) for cue in _in_order(cues))


def transcript(text: str) -> list[Line]:
    """What cleaned captions say, in paragraphs."""
    said: list[Line] = []
    before = 0
    for cue in _cues(text):
        for line in cue.lines:
            if said and _goes_on(said[-1], line, cue.start - before):
                said[-1] = Line(line.speaker, f"{said[-1].words} {line.words}")
            else:
                said.append(line)
            before = cue.end
    return said


def _goes_on(paragraph: Line, line: Line, silence: int) -> bool:
    is_full = len(paragraph.words) > PARAGRAPH and paragraph.words.endswith(_ENDS)
    return paragraph.speaker == line.speaker and silence < SILENCE and not is_full


def _decoded(data: bytes) -> str:
    """SubRip files are often older than UTF-8, and some programs write UTF-16."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
    else:
        text = _decoded_bytes(data)
    if "\0" in text:
        raise refusal("no_captions")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded_bytes(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _cues(text: str) -> Iterator[Cue]:
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.strip("\n").split("\n")
        timings = [_TIMING.fullmatch(line) for line in lines]
        starts = [number for number, timing in enumerate(timings) if timing]
        # A cue may have a name above its times; notes, styles and regions have no times.
        if not starts or starts[0] > 1:
            continue
        # By the standard, the next cue's times end a cue without an empty line too.
        for start, end in pairwise([*starts, len(lines)]):
            words = lines[start + 1 : end]
            if end < len(lines) and words and words[-1].strip().isdecimal():
                # SubRip's number of the next.
                words.pop()
            timing = timings[start]
            if timing:
                yield from _cue(timing, words)


def _cue(timing: re.Match[str], lines: list[str]) -> Iterator[Cue]:
    start, end = _milliseconds(timing.groups()[:4]), _milliseconds(timing.groups()[4:])
    said = list(_said(lines[:MAX_LINES]))
    if said and start < end:
        yield Cue(start, end, said)


def _said(lines: list[str]) -> Iterator[Line]:
    """A voice goes on until another begins, or the cue ends."""
    speaker = ""
    for line in lines:
        for part in _VOICE.split(line):
            if _VOICE.fullmatch(part):
                speaker = _name_in(part)
            elif words := _plain(part):
                yield Line(speaker, words)


def _name_in(tag: str) -> str:
    """`<v.loud Ana>`: classes come before the name."""
    name = "".join(re.split(r"\s", tag[1:-1], maxsplit=1)[1:])
    return clean_line(html.unescape(name)).text[:_LONGEST_NAME].strip()


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds = (int(part or 0) for part in parts[:3])
    thousandths = int((parts[3] or "").ljust(3, "0"))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _plain(line: str) -> str:
    return clean_line(html.unescape(_TAG.sub("", line))).text[:_LONGEST_LINE]


def _in_order(cues: list[Cue]) -> list[Cue]:
    return sorted(cues, key=lambda cue: (cue.start, cue.end))


def _written(cue: Cue) -> str:
    # Escaped, “-->” too, so that no line of words is taken for times.
    lines = "\n".join(_spoken(line) for line in cue.lines)
    return f"{_time(cue.start)} --> {_time(cue.end)}\n{lines}\n"


def _spoken(line: Line) -> str:
    words = html.escape(line.words, quote=False)
    if not line.speaker:
        return words
    return f"<v {html.escape(line.speaker, quote=False)}>{words}</v>"


def _time(milliseconds: int) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"
