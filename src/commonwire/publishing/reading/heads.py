"""Headlines and sub-headlines: what stands alone before a text begins."""

import re

from commonwire.publishing.reading import datelines, labels, lists
from commonwire.publishing.reading.rows import Row

_LONGEST = 220
_MOST_ROWS = 3
_STOP = re.compile(r"[.!?…][\"”»’')]*\Z")
_SMALL = re.compile(
    r"(?:a|an|the|of|on|in|to|at|by|for|from|and|or|with|as|over|is|up|de|la|el|los|las"
    r"|y|en|del|por|con|a)\Z",
    re.IGNORECASE,
)


def is_headline(block: list[Row]) -> bool:
    size = sum(len(row.text) for row in block)
    return len(block) <= _MOST_ROWS and size <= _LONGEST and not begins_text(block)


def is_subheadline(block: list[Row]) -> bool:
    last = block[-1].text
    stops = last.endswith(":") or bool(_STOP.search(last))
    return is_headline(block) and len(block) < _MOST_ROWS and not stops


def begins_text(block: list[Row]) -> bool:
    first = block[0]
    if lists.item(first.raw) is not None or labels.ADVISORY.match(first.text):
        return True
    if datelines.split(first.raw):
        return True
    whole = " ".join(row.text for row in block)
    stops = bool(_STOP.search(whole))
    return stops and (len(block) > 1 or len(whole) > 120)  # noqa: PLR2004


def stops(text: str) -> bool:
    """Whether it ends as a sentence does."""
    return bool(_STOP.search(text))


def split(block: list[Row]) -> tuple[list[Row], list[Row]]:
    """A block's headline, and the sub-headline that follows without an empty line: it
    is set in another way, or begins anew."""
    for place in range(1, len(block)):
        above, row = block[place - 1], block[place]
        if above.marked != row.marked or _style(above.text) != _style(row.text):
            return block[:place], block[place:]
        if _style(row.text) == "sentence" and row.text[:1].isupper():
            return block[:place], block[place:]
    return block, []


def _style(text: str) -> str:
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", text) if len(word) > 1]
    if not words or all(word.isupper() for word in words):
        return "capitals"
    open_words = [word for word in words if not _SMALL.match(word)]
    upper = sum(word[0].isupper() for word in open_words)
    return "title" if upper * 4 >= len(open_words) * 3 else "sentence"
