"""In which order the letters of a level line are read, where some run from the right.

PDFium gives the letters of Hebrew and Arabic in the order of reading, but leaves the
signs between them, brackets above all, as they are seen. Where they stand tells: this
goes from what is seen back to what was written, by the rules of the Unicode
bidirectional algorithm as far as lines of print need them.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

Rectangle = tuple[float, float, float, float]
RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
_NUMBERS: Final = frozenset({"EN", "AN"})
_LEFT_TO_RIGHT: Final = _NUMBERS | {"L"}
# Within a number: 03-1234567, 1.000, 12:30.
_IN_NUMBERS: Final = frozenset({"ES", "CS", "ET"})
_PAIRS: Final = ("()", "[]", "{}", "<>", "«»")
# What runs from the left within a word that runs from the right.
_STRAIGHT: Final = re.compile(r"\d(?:[\d.,:/+-]*\d)?")
# Of the height of letters: a space is at least so wide.
_SPACE: Final = 0.25


@dataclass(frozen=True)
class Letter:
    """``box`` is (left, bottom, right, top) in the PDF's own coordinates."""

    letter: str
    number: int
    box: Rectangle


def glyphs(letters: str) -> str:
    """Those of a word that runs from the right, from left to right as they are seen."""
    return _STRAIGHT.sub(lambda part: part[0][::-1], letters[::-1])


def in_order(line: list[Letter]) -> list[Letter]:
    """``line`` as it is read; as it is, unless it runs from the right and has signs."""
    kinds = [_kind(each) for each in line]
    turned = sum(kind in RIGHT_TO_LEFT for kind in kinds)
    signs = any(each.letter in pair for pair in _PAIRS for each in line)
    if not signs or turned < max(1, kinds.count("L")):
        return line
    seen = _as_seen([each for each in line if each.letter != " "])
    return _paired(_from_the_right(_spaced(seen)))


def _paired(read: list[Letter]) -> list[Letter]:
    """Of brackets, the first opens and the second closes: programs write them as they
    look or as they are meant, and PDFium mirrors some of them."""
    for pair in _PAIRS:
        places = [at for at, each in enumerate(read) if each.letter in pair]
        if len(places) % 2:
            continue
        for number, at in enumerate(places):
            read[at] = replace(read[at], letter=pair[number % 2])
    return read


def _kind(letter: Letter) -> str:
    return unicodedata.bidirectional(letter.letter)


def _as_seen(line: list[Letter]) -> list[Letter]:
    """From left to right, a sign that stands on a letter right after it."""
    places: list[float] = []
    for each in line:
        on_another = bool(places) and unicodedata.category(each.letter) == "Mn"
        places.append(places[-1] if on_another else each.box[0] + each.box[2])
    order = sorted(range(len(line)), key=places.__getitem__)
    return [line[number] for number in order]


def _spaced(seen: list[Letter]) -> list[Letter]:
    """PDFium's spaces stand anywhere between two words."""
    wide = _SPACE * max(each.box[3] - each.box[1] for each in seen)
    spaced = seen[:1]
    for before, after in pairwise(seen):
        if after.box[0] - before.box[2] >= wide:
            spaced.append(Letter(" ", after.number, before.box))
        spaced.append(after)
    return spaced


def _from_the_right(seen: list[Letter]) -> list[Letter]:
    """A text that runs from the right, in which words and numbers run from the left."""
    read: list[Letter] = []
    for part, straight in _parts(seen, _LEFT_TO_RIGHT, RIGHT_TO_LEFT):
        read[:0] = part if straight else _turned(part)
    return read


def _turned(part: list[Letter]) -> list[Letter]:
    turned: list[Letter] = []
    signs: list[Letter] = []
    for each in reversed(part):
        if unicodedata.category(each.letter) == "Mn":
            signs.insert(0, each)
            continue
        turned += [each, *signs]
        signs = []
    return turned + signs


def _parts(
    seen: list[Letter], own: frozenset[str], other: frozenset[str]
) -> Iterator[tuple[list[Letter], bool]]:
    """Stretches between the first and the last of the ``own`` kinds with none of the
    ``other`` between, and what lies between these."""
    kinds = [_kind(each) for each in seen]
    # A sign beside a number, as of money and of parts, is a part of it.
    for at in range(len(kinds) - 1):
        if {"EN", "ET"} == {*kinds[at : at + 2]}:
            kinds[at] = kinds[at + 1] = "EN"
    start = 0
    while start < len(seen):
        if kinds[start] not in own:
            end = start + 1
            while end < len(seen) and kinds[end] not in own:
                end += 1
            yield seen[start:end], False
        else:
            end = _end_of(kinds, start, own, other)
            yield seen[start:end], True
        start = end


def _end_of(
    kinds: Sequence[str], start: int, own: frozenset[str], other: frozenset[str]
) -> int:
    end = start + 1
    for at in range(start + 1, len(kinds)):
        if kinds[at] in other:
            break
        if kinds[at] in own and _belongs(kinds[end - 1 : at + 1]):
            end = at + 1
        elif kinds[at] in own:
            break
    return end


def _belongs(kinds: Sequence[str]) -> bool:
    """Whether what stands between two letters keeps them together: between numbers,
    only what numbers are written with."""
    first, *between, last = kinds
    if first in _NUMBERS and last in _NUMBERS:
        return not between or (len(between) == 1 and between[0] in _IN_NUMBERS)
    return True
