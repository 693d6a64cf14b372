"""Lists that demand something, and lists that ask readers to do something."""

import re
from dataclasses import dataclass

from commonwire.publishing.reading.rows import Row

_ITEM = re.compile(
    r"\s*(?:[-+*•‣◦▪·●–—]|\uf0b7|[0-9]{1,2}[.)]|[a-z][.)])[ \t]+(?P<text>\S.*)"
)
_ASKS = re.compile(
    r"what\s+(?:you|people|everybody)\s+can\s+do|how\s+(?:you\s+can|to)\s+(?:help|join)"
    r"|take\s+action|join\s+us|we\s+ask\s+(?:you|people|everybody)|ways\s+to\s+help"
    r"|qu[ée]\s+pued(?:es|e|en)\s+hacer|c[óo]mo\s+(?:ayudar|participar)|s[úu]mate"
    r"|te\s+pedimos|participa",
    re.IGNORECASE,
)
_DEMANDS = re.compile(
    r"\bdemands?\b|\bwe\s+(?:want|ask\s+for|call\s+for|insist)|\bcalls?\s+on\b"
    r"|exig(?:imos|e|en|encias)|demandas?|demandamos|pedimos|reclam(?:amos|a|an)"
    r"|reivindica(?:mos|ciones|n)?|queremos",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Item:
    kind: str  # "demand" or "ask"
    text: str
    first: int
    last: int


def item(text: str) -> str | None:
    """What a row says as an item of a list."""
    match = _ITEM.match(text)
    return match["text"].strip() if match else None


def items(rows: list[Row]) -> list[Item]:
    found: list[Item] = []
    kind, inside = "", False
    for row in rows:
        words = item(row.raw)
        if words is not None:
            if kind:
                found.append(Item(kind, words, row.number, row.number))
            inside = True
        elif inside and not row.gap and kind:
            last = found.pop()
            more = f"{last.text} {row.text}"
            found.append(Item(kind, more, last.first, row.number))
        else:
            kind, inside = _kind(row.text), False
    return found


def _kind(text: str) -> str:
    """What a list after this row is of."""
    leads = text.rstrip("*_ ").endswith(":") or len(text.split()) <= 6  # noqa: PLR2004
    if not leads:
        return ""
    if _ASKS.search(text):
        return "ask"
    return "demand" if _DEMANDS.search(text) else ""
