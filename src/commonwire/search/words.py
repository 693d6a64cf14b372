"""Text to the tokens that are indexed and looked for: the same on every database.

A token is a word in small letters without accents, reduced to its stem where the text's
language has rules for that. Scripts that are written without spaces give a token for each
letter, and several of them are looked for as a phrase.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from commonwire.kit.languages import base

# Beyond it a word is a code or a mistake; both ends of a search cut it alike.
LONGEST_WORD = 40
# Stands between parts of a text, so that no phrase is found across; no word holds it.
GAP = ":"
_STEMMED = (
    "ar:arabic ca:catalan cs:czech da:danish de:german el:greek en:english eo:esperanto "
    "es:spanish et:estonian eu:basque fa:persian fi:finnish fr:french ga:irish hi:hindi "
    "hu:hungarian hy:armenian id:indonesian it:italian lt:lithuanian nb:norwegian "
    "ne:nepali nl:dutch nn:norwegian no:norwegian pl:polish pt:portuguese ro:romanian "
    "ru:russian sr:serbian sv:swedish ta:tamil tr:turkish yi:yiddish"
)
STEMMERS = dict(pair.split(":") for pair in _STEMMED.split())
# Letters that are no others with a mark.
_ALIKE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "\u0640": ""}
)
# Han, kana, Hangul, Thai, Lao, Burmese, Khmer.
_ALONE = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)


def _marks() -> str:
    """Every mark that belongs to the letter before it, as the inside of a class."""
    found = [n for n in range(0x300, 0xFFFF) if unicodedata.category(chr(n))[0] == "M"]
    return "".join(f"\\u{number:04x}" for number in found)


_MARK = _marks()
_WORD = re.compile(rf"[{_ALONE}][{_MARK}]*|(?:(?![{_ALONE}])[^\W_][{_MARK}]*)+")
_local = threading.local()


class Word(NamedTuple):
    """A word where it stands in a text: as it is indexed, and as it is without stem."""

    start: int
    end: int
    token: str
    plain: str


def words(text: str, language: str) -> Iterator[Word]:
    code = base(language)
    for match in _WORD.finditer(text):
        plain, token = _tokens(match[0][:LONGEST_WORD], code)
        if token:
            yield Word(match.start(), match.end(), token, plain)


def forms(chunk: str, languages: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """What to look for when somebody writes this: as it is, and as it is indexed in
    each of the languages."""
    return frozenset(
        form
        for language in ("", *languages)
        if (form := tuple(word.token for word in words(chunk, language)))
    )


def plain_words(text: str) -> list[str]:
    return [word.plain for word in words(text, "")]


@lru_cache(100_000)
def _tokens(word: str, language: str) -> tuple[str, str]:
    """Without stem, and with it. Stems are taken with accents, which say what an ending
    is; the accents then go."""
    small = unicodedata.normalize("NFC", word).casefold()
    plain = _bare(small)
    if language not in STEMMERS:
        return plain, plain
    return plain, _bare(_stem(language, small)) or plain


def _bare(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.translate(_ALIKE))
    bare = "".join(letter for letter in parts if not unicodedata.combining(letter))
    # What a letter is taken apart into may be no letter: ½ has a stroke.
    return "".join(
        letter
        for letter in unicodedata.normalize("NFC", bare).casefold()
        if unicodedata.category(letter)[0] in "LNM"
    )


def _stem(language: str, word: str) -> str:
    """A stemmer serves one thread at a time."""
    kept = _local.__dict__.setdefault("stemmers", {})
    if language not in kept:
        kept[language] = Stemmer.Stemmer(STEMMERS[language])
    return str(kept[language].stemWord(word))
