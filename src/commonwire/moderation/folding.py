"""Texts as screening compares them: the same for what looks the same.

Letters that only look like Latin ones, invisible signs between letters, wide and
mathematical alphabets and stacked marks are how one text is made to look like many.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from commonwire.publishing.content import Content

# Enough for the longest post with its addenda; what follows says nothing new.
MOST_LETTERS = 120_000
MOST_WORDS = 4_000
MOST_BY_ONE = 10
_LOOKS = {
    **dict(
        zip(
            map(ord, "авекмнорстухіјѕһԁӏԛԝցοαεικνρτυχγ"),
            "abekmhopctyxijshdlqwgoaeiknptuxy",
            strict=True,
        )
    ),
    **dict(zip(map(ord, "ɑɡɩıʀɴᴏ"), "agiirno", strict=True)),
}
# One sign is a word where words are not set apart.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")


def fold(text: str) -> str:
    """Case, marks, width and look-alikes do not count."""
    text = text[:MOST_LETTERS]
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text).casefold()
    if not spread.isascii():
        spread = _without(spread, filter(_is_unseen, set(spread)))
    # Hangul is put together again.
    return unicodedata.normalize("NFC", spread.translate(_LOOKS))


def words_of(content: Content) -> tuple[str, ...]:
    return words(tuple(content.texts))


@lru_cache(32)
def words(texts: tuple[str, ...]) -> tuple[str, ...]:
    found = islice(_WORD.finditer(folded(texts)), MOST_WORDS)
    return tuple([match[0] for match in found])


@lru_cache(32)
def folded(texts: tuple[str, ...]) -> str:
    return fold("\n".join(text[:MOST_LETTERS] for text in texts if text))


def _without(text: str, signs: Iterable[str]) -> str:
    """A text's letters are many and its signs are few: asked one by one, the letters
    would take longer than all the rest of screening."""
    unwanted = list(signs)
    if len(unwanted) > MOST_BY_ONE:
        return text.translate(dict.fromkeys(map(ord, unwanted)))
    for sign in unwanted:
        text = text.replace(sign, "")
    return text


def _is_unseen(sign: str) -> bool:
    """Marks above and below, and what joins or parts letters without being seen."""
    return sign > "\x7f" and unicodedata.category(sign) in {"Mn", "Me", "Cf", "Cc"}
