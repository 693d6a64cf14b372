"""Where in a text the words are that somebody looked for: a piece around them, and which
of it to mark."""

import html
import re
from collections.abc import Sequence
from typing import NamedTuple

from commonwire.kit.mail_mask import mask
from commonwire.search.engines import Term
from commonwire.search.words import Word, words

LENGTH = 240
# Before the first word that was looked for.
LEAD = 60
MOST_READ = 30_000
_ELLIPSIS = "…"
# Of HTML that the kit made: what stands inside a line, and what begins or ends one.
_INLINE = re.compile(r"</?(?:a|em|strong|b|i|span|bdi|code|q)\b[^>]*>")
_OTHER = re.compile(r"<[^>]*>")


class Piece(NamedTuple):
    text: str
    marked: bool = False


class Span(NamedTuple):
    start: int
    end: int
    term: int


def marked(text: str, terms: Sequence[Term], language: str) -> list[Piece]:
    """The whole text."""
    return list(_pieces(text, 0, len(text), _spans(text, terms, language)))


def extract(text: str, terms: Sequence[Term], language: str) -> list[Piece]:
    """The piece of it that has most of the words."""
    text = " ".join(mask(text[:MOST_READ]).split())
    spans = _spans(text, terms, language)
    start = _start(text, _best(spans))
    end = _end(text, start + LENGTH)
    found = list(_pieces(text, start, end, spans))
    if start:
        found.insert(0, Piece(_ELLIPSIS))
    if end < len(text):
        found.append(Piece(_ELLIPSIS))
    return found


def words_of(made: str) -> str:
    """The text of HTML that `kit.markup` made; twenty times as fast as to parse what it
    was made of."""
    return html.unescape(_OTHER.sub(" ", _INLINE.sub("", made)))


def plain(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _spans(text: str, terms: Sequence[Term], language: str) -> list[Span]:
    begins: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for place, term in enumerate(terms):
        for form in term:
            begins.setdefault(form[0], []).append((place, form))
    if not begins:
        return []
    found: list[Span] = []
    there = list(words(text, language))
    for place, word in enumerate(there):
        forms = [*begins.get(word.token, ()), *begins.get(word.plain, ())]
        for term, form in forms:
            told = there[place : place + len(form)]
            if _is(told, form) and (not found or found[-1].end <= word.start):
                found.append(Span(word.start, told[-1].end, term))
                break
    return found


def _is(told: list[Word], form: tuple[str, ...]) -> bool:
    return len(told) == len(form) and all(
        token in {word.token, word.plain}
        for word, token in zip(told, form, strict=True)
    )


def _best(spans: list[Span]) -> int:
    """Where a piece begins that has the most different words of the search."""
    best, most = 0, 0
    for place, span in enumerate(spans):
        near = (
            s for s in spans[place : place + 50] if s.end <= span.start + LENGTH - LEAD
        )
        number = len({each.term for each in near})
        if number > most:
            best, most = span.start, number
    return best


def _start(text: str, first: int) -> int:
    if first <= LEAD:
        return 0
    start = first - LEAD
    space = text.find(" ", start, first)
    return space + 1 if space >= 0 else start


def _end(text: str, end: int) -> int:
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", end - LEAD, end)
    return space if space >= 0 else end


def _pieces(text: str, start: int, end: int, spans: list[Span]) -> "list[Piece]":
    found: list[Piece] = []
    at = start
    for span in spans:
        if span.start < start or span.end > end:
            continue
        found += [
            Piece(text[at : span.start]),
            Piece(text[span.start : span.end], marked=True),
        ]
        at = span.end
    return [piece for piece in [*found, Piece(text[at:end])] if piece.text]
