"""What people type or paste, cleaned of what cannot be seen.

Everything visible stays as typed: any script, either direction, emoji, curly quotes.
"""

import re
import unicodedata
from typing import NamedTuple

# Real orthographies need four marks on a letter at most (pointed Hebrew), rarely five;
# "zalgo" text stacks dozens and paints over the lines above.
MAX_STACKED_MARKS = 5


class Cleaned(NamedTuple):
    text: str
    # Invisible or stacked characters taken out. Line ends and spaces do not count.
    removed: int


# \v is what word processors put for a line break, \f between pages.
_LINE_ENDS = re.compile("[\r\v\f\x85\u2028\u2029]")

_PLANES = range(0, 0x110000, 0x10000)
_UNWANTED_EARLY = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls
    "\u202a-\u202e"  # embeddings and overrides, which reorder what follows them
    "\ufeff\ufff9-\ufffb"  # byte order mark, interlinear annotations
    "\ud800-\udfff"  # lone surrogates
    "\ufdd0-\ufdef\ufffe\uffff"
)
# Most texts have nothing of it, which this says ten times as fast.
_PERHAPS_UNWANTED = re.compile(f"[{_UNWANTED_EARLY}\U00010000-\U0010ffff]")
_UNWANTED = re.compile(
    # The flags of England, Scotland and Wales are spelt with tag characters.
    "(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f)|"
    f"[{_UNWANTED_EARLY}"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in _PLANES)
    + "\U000e0000-\U000e007f"  # tags: a whole hidden alphabet
    "]"
)

_ISOLATE_OPENERS = "\u2066\u2067\u2068"
_POP_ISOLATE = "\u2069"
_ISOLATES = re.compile(f"[{_ISOLATE_OPENERS}{_POP_ISOLATE}]")

_OUTER_BLANK = re.compile(r"\A(?:[ \t]*\n)+")
_SPACES = re.compile(r"[ \t\n]+")
# Below U+0300 there are no marks, and most text is there.
_PERHAPS_STACKED = re.compile(f"[^\x00-\u02ff]{{{MAX_STACKED_MARKS + 1},}}")
# Tibetan writes whole syllables as one stack of marks.
_TIBETAN = range(0x0F71, 0x0FBD)


def clean_text(typed: str) -> Cleaned:
    """Cleans text of many lines; the line structure and indentation stay."""
    text, removed = _clean(typed)
    return Cleaned(_OUTER_BLANK.sub("", text).rstrip(" \t\n"), removed)


def clean_line(typed: str) -> Cleaned:
    """Cleans what goes on one line (a title, a byline); line ends become spaces."""
    text, removed = _clean(_SPACES.sub(" ", _LINE_ENDS.sub(" ", typed)))
    return Cleaned(_SPACES.sub(" ", text).strip(), removed)


def as_typed(value: object, *, long: bool) -> str:
    """A field's value of a form or a program, cleaned: a tick is “on”, of a list each
    stands on a line, and what cannot be seen is nothing. ``long``: of several lines."""
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, list):
        value = "\n".join(str(each) for each in value)
    text = "" if value is None else str(value)
    cleaned = (clean_text if long else clean_line)(text).text
    return "" if is_blank(cleaned) else cleaned


def is_blank(text: str) -> bool:
    """Whether nothing would be seen, although there may be characters."""
    return all(
        char in "\u115f\u1160\u2800\u3164\uffa0"  # fillers that count as letters
        or unicodedata.category(char)[0] in "CZM"
        for char in text
    )


def _clean(typed: str) -> tuple[str, int]:
    text = _LINE_ENDS.sub("\n", typed.replace("\r\n", "\n"))
    before = len(text)
    if _PERHAPS_UNWANTED.search(text):
        text = _UNWANTED.sub(lambda match: match[1] or "", text)
    removed = before - len(text)
    if text.isascii():
        return text, removed
    if _ISOLATES.search(text):
        balanced = [_close_isolates(line) for line in text.split("\n")]
        text = "\n".join(line for line, _stray in balanced)
        removed += sum(stray for _line, stray in balanced)
    # Trimmed before composing too: ordering endless marks takes quadratic time.
    text, trimmed = _trim_marks(text)
    text, trimmed_again = _trim_marks(unicodedata.normalize("NFC", text))
    return text, removed + trimmed + trimmed_again


def _close_isolates(line: str) -> tuple[str, int]:
    """Closes what the line left open and drops closers that close nothing: either
    would reach into the page around the text."""
    kept: list[str] = []
    depth = stray = 0
    for char in line:
        if char == _POP_ISOLATE:
            if not depth:
                stray += 1
                continue
            depth -= 1
        elif char in _ISOLATE_OPENERS:
            depth += 1
        kept.append(char)
    return "".join(kept) + _POP_ISOLATE * depth, stray


def _trim_marks(text: str) -> tuple[str, int]:
    trimmed = _PERHAPS_STACKED.sub(_trim_run, text)
    return trimmed, len(text) - len(trimmed)


def _trim_run(run: re.Match[str]) -> str:
    kept: list[str] = []
    stacked = 0
    for char in run[0]:
        stacked = stacked + 1 if _stacks(char) else 0
        if stacked <= MAX_STACKED_MARKS:
            kept.append(char)
    return "".join(kept)


def _stacks(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me") and ord(char) not in _TIBETAN
