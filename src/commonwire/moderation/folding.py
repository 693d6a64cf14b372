"""Texts as screening compares them: the same for what looks the same (kit/looks.py)."""

import re
from functools import lru_cache
from itertools import islice

from commonwire.kit import looks
from commonwire.publishing.content import Content

# Enough for the longest post with its addenda; what follows says nothing new.
MOST_LETTERS = 120_000
MOST_WORDS = 4_000
# One sign is a word where words are not set apart.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")


def fold(text: str) -> str:
    return looks.fold(text[:MOST_LETTERS])


def words_of(content: Content) -> tuple[str, ...]:
    return words(tuple(content.texts))


@lru_cache(32)
def words(texts: tuple[str, ...]) -> tuple[str, ...]:
    found = islice(_WORD.finditer(folded(texts)), MOST_WORDS)
    return tuple([match[0] for match in found])


@lru_cache(32)
def folded(texts: tuple[str, ...]) -> str:
    return fold("\n".join(text[:MOST_LETTERS] for text in texts if text))
