"""The sites that a text links to, as screening compares them."""

import re
from collections.abc import Sequence
from functools import lru_cache

from commonwire.moderation.folding import MOST_LETTERS
from commonwire.moderation.patterns import host_of

MOST_LINKS = 500
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]{}\"“”„]{1,500}", re.IGNORECASE)
# "shop.example" written without anything around it.
_BARE = re.compile(r"(?<![\w@./-])(?:[\w-]{1,63}\.){1,4}[^\W\d_]{2,24}(?![\w@-])")


def hosts(texts: Sequence[str]) -> tuple[str, ...]:
    """Each link's site, as often as it is linked to."""
    return _hosts(tuple(texts))


@lru_cache(32)
def _hosts(texts: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for text in texts:
        text = text[:MOST_LETTERS]  # noqa: PLW2901 - no more of it is looked at
        marked = _ADDRESS.findall(text)
        rest = _ADDRESS.sub(" ", text) if marked else text
        found += (host for host in map(host_of, marked) if host)
        found += map(host_of, _BARE.findall(rest))
        if len(found) > MOST_LINKS:
            break
    return tuple(found[:MOST_LINKS])
