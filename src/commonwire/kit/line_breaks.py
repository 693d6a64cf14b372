"""Which line ends are meant.

Mails and old sites break lines wherever the width ran out: there, a line ends because
the next word did not fit. An address or a poem breaks where the next word would have
fitted. That difference is all there is to go by, and it goes a long way.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

# Nobody wraps narrower; lines longer than this were not wrapped at all.
MIN_WIDTH = 45
MAX_WIDTH = 110
# Verses are shorter.
LONG_LINE = 60

_FIRST_WIDE = "\u1100"
# Lines of one wrapped text end within a long word of each other.
_RAGGED = 12
_ENOUGH_LINES = 3


class TypedLine(NamedTuple):
    width: int  # as typed, with quoting and bullet
    text: str


def columns(text: str) -> int:
    """Width in a fixed-width font: an ideograph takes two."""
    if text.isascii() or max(text) < _FIRST_WIDE:
        return len(text)
    return len(text) + sum(1 for char in text if is_wide(char))


def is_wide(char: str) -> bool:
    return char >= _FIRST_WIDE and unicodedata.east_asian_width(char) in "WF"


def document_width(paragraphs: Iterable[Sequence[TypedLine]]) -> int:
    """The width the whole text was wrapped at, or 0 when nothing shows that it was.

    Evidence is a line that the sentence runs on from; three of about one length.
    """
    widths = sorted(
        (
            line.width
            for lines in paragraphs
            for line, following in pairwise(lines)
            if _may_wrap(line)
            and (_runs_on(following.text) or _breaks_off(line, following.text))
        ),
        reverse=True,
    )
    for widest, third in zip(widths, widths[_ENOUGH_LINES - 1 :], strict=False):
        if widest - third <= _RAGGED:
            return widest
    return 0


def wrapped(
    lines: Sequence[TypedLine], document: int, *, is_item: bool = False
) -> list[bool]:
    """For each line but the last: whether it ended only because it was full."""
    return [
        is_full and not _stands_apart(line.text, following.text)
        for is_full, (line, following) in zip(
            _wrapped(lines, document, is_item=is_item), pairwise(lines), strict=True
        )
    ]


def _wrapped(lines: Sequence[TypedLine], document: int, *, is_item: bool) -> list[bool]:
    own = max((line.width for line in lines if _may_wrap(line)), default=0)
    full = _full(lines, own)
    runs_on = [_runs_on(line.text) for line in lines[1:]]
    breaks_off = [_breaks_off(line, after.text) for line, after in pairwise(lines)]
    # A paragraph with a right margin of its own (a quotation, say). One break alone
    # may be chance, unless a small letter follows.
    if own and all(full) and sum(runs_on) * 2 >= len(full):
        return full
    if all(full) and sum(breaks_off) * 2 >= len(full) > 1:
        return full
    full = _full(lines, max(own, document))
    # Where a line starts like a new thought, the company decides. In an item it is
    # enough that the line before has not ended a sentence.
    believed = (document or any(_both(full, runs_on))) and sum(full) * 2 > len(full)
    return [
        is_full and bool(on or believed or (is_item and _is_unfinished(line.text)))
        for line, is_full, on in zip(lines, full, runs_on, strict=False)
    ]


def _breaks_off(line: TypedLine, following: str) -> bool:
    """Whether a long line stops in the middle of something, wherever a capital may
    follow: German has one in every sentence, in every line of it."""
    return (
        LONG_LINE <= line.width <= MAX_WIDTH
        and _is_unfinished(line.text)
        and following[:1].isalpha()
    )


def _is_unfinished(text: str) -> bool:
    return text[-1:].isalnum() or text.endswith((",", "-"))


def _stands_apart(text: str, following: str) -> bool:
    """Whether the next line is an address that no sentence runs into."""
    return _is_address(following) and (
        _is_address(text) or text.endswith((".", "!", "?", ":"))
    )


def _is_address(text: str) -> bool:
    return text.startswith(("https://", "http://")) and " " not in text


def _both(full: list[bool], runs_on: list[bool]) -> list[bool]:
    return [one and other for one, other in zip(full, runs_on, strict=True)]


def _full(lines: Sequence[TypedLine], width: int) -> list[bool]:
    """Whether the next line's first word would not have fitted."""
    return [
        _may_fill(line, width) and line.width + 1 + _first_word(following.text) > width
        for line, following in pairwise(lines)
    ]


def _may_wrap(line: TypedLine) -> bool:
    # A long address on a line of its own says nothing about the margin.
    single = " " not in line.text and line.text.isascii()
    return MIN_WIDTH <= line.width <= MAX_WIDTH and not single


def _may_fill(line: TypedLine, width: int) -> bool:
    if not width:
        return False
    # Too short a line was not filled, however long the address below it is.
    return width / 2 <= line.width and (line.width <= MAX_WIDTH or "://" in line.text)


def _first_word(text: str) -> int:
    if text and is_wide(text[0]):
        return 1  # such text may break anywhere
    return columns(text.split(None, 1)[0]) if text else 0


def _runs_on(text: str) -> bool:
    """Whether a line looks like the middle of a sentence."""
    word = text.split(None, 1)[0] if text else ""
    if "://" in word or "@" in word or word.startswith("www."):
        return False
    letter = next((char for char in word if char.isalnum()), "")
    # Scripts without capitals cannot tell: then the width alone decides.
    return letter.isalpha() and not letter.isupper() and not letter.istitle()
