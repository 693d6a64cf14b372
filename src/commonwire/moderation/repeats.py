"""Whether a reason repeats what the act takes away. Everybody can read the reason, and
it stays when the words are gone."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# So many words in a row from a text are a quotation.
_QUOTED_WORDS = 8
# “Report”, “The march”: shorter words, or one long one, stand in any reason.
_LONG_WORD, _LONG_WORDS = 4, 2
# Where words are not set apart, each sign is one.
_SIGN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SIGNS, _SIGNS_OF_NAME = 4, 2
_WORD = re.compile(rf"{_SIGN.pattern}|[^\W_]+")
_SENTENCE_BEFORE = re.compile(r"(?:^|[.!?:;…])[\s\"“”„‘’«»()]*$")
# Who signs so has no name to keep.
_SIGNED_BY_NOBODY = """
    anonymous anonym anonyme anónimo anónima anonimo anonima anônimo editor editors
    reader readers nobody somebody someone admin guest witness neighbour neighbor
"""
_NOBODY = frozenset(_SIGNED_BY_NOBODY.split())


@dataclass(frozen=True)
class Taken:
    """What an act takes away. ``names``: how people signed it."""

    texts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def repeated_in(reason: str, taken: Taken) -> str:
    """Words that a reason repeats: eight in a row, or a whole short text, such as a
    title. One word of a title, or words as short as “The”, are repeated only where they
    are written as a name is; those that somebody signed with, wherever they stand."""
    if quoted := _quoted(reason, taken.texts):
        return quoted
    for texts, are_names in ((taken.texts, False), (taken.names, True)):
        for text in texts:
            found = _whole(reason, text, is_name=are_names)
            if found:
                return found
    return ""


def _quoted(reason: str, texts: Iterable[str]) -> str:
    said = list(_WORD.finditer(reason))
    there = _row(_WORD.findall("\n".join(texts)))
    for start in range(len(said) - _QUOTED_WORDS + 1):
        words = said[start : start + _QUOTED_WORDS]
        if _row([word[0] for word in words]) in there:
            return reason[words[0].start() : words[-1].end()]
    return ""


def _row(words: Iterable[str]) -> str:
    return f" {' '.join(words).casefold()} "


def _whole(reason: str, text: str, *, is_name: bool) -> str:
    words = _WORD.findall(text)
    if not words or len(words) > len(reason):
        return ""
    for found in _places(reason, words):
        if _is_long(words, is_name=is_name) or _is_named(
            reason, found, words, is_name=is_name
        ):
            return reason[found.start : found.stop]
    return ""


def _places(reason: str, words: list[str]) -> Iterator[slice]:
    """Where these words stand in a row, whatever stands between them."""
    said = list(_WORD.finditer(reason))
    wanted = [word.casefold() for word in words]
    folded = [word[0].casefold() for word in said]
    for start in range(len(said) - len(words) + 1):
        stop = start + len(words)
        if folded[start:stop] == wanted:
            yield slice(said[start].start(), said[stop - 1].end())


def _is_long(words: list[str], *, is_name: bool) -> bool:
    signs = sum(bool(_SIGN.match(word)) for word in words)
    if signs >= (_SIGNS_OF_NAME if is_name else _SIGNS):
        return True
    return sum(len(word) >= _LONG_WORD for word in words) >= _LONG_WORDS


def _is_named(reason: str, found: slice, words: list[str], *, is_name: bool) -> bool:
    said = reason[found.start : found.stop]
    if _WORD.findall(said) != words and not said.isupper():  # “will” is not “Will”
        return False
    if is_name and max(map(len, words)) >= _LONG_WORD:
        return _NOBODY.isdisjoint(word.casefold() for word in words)
    begins = _SENTENCE_BEFORE.search(reason[: found.start])
    return _looks_like_name(words) and not begins


def _looks_like_name(words: Iterable[str]) -> bool:
    return any(word[0].isupper() or word[0].isdigit() for word in words)
