"""Lists that demand something, and lists that ask readers to do something."""

import re
from dataclasses import dataclass, replace

from commonwire.publishing.reading.rows import Row

# Words of what is a heading rather than a sentence.
_HEAD = 6
_ITEM = re.compile(
    r"\s*(?:[-+*•‣◦▪·●–—→➔➤►▸☐□✓✔✊]|\uf0b7"
    r"|\(?[0-9]{1,2}(?:[.)]-?|[ºª°][.)]?)|\(?(?:[a-z]|[ivx]{1,4})[.)])[ \t]+(?P<text>\S.*)"
)
_ASKS = re.compile(
    r"what\s+(?:you|people|everybody)\s+can\s+do"
    r"|how\s+(?:you\s+can|to)\s+(?:help|join|support|take\s+part)"
    r"|\bcan\s+(?:help|join|support|take\s+part)\b"
    r"|take\s+action|join\s+us|we\s+ask\s+(?:you|people|everybody)|ways\s+to\s+help"
    r"|qu[ée]\s+pued(?:es|e|en)\s+hacer|c[óo]mo\s+(?:ayudar|participar)|s[úu]mate"
    r"|te\s+pedimos|participa|(?:are|is)\s+asked\s+to|we\s+ask\s+(?:all|our|the\s+public)"
    r"|se\s+(?:pide|ruega|invita|llama)\s+a\b"
    r"|(?:pedimos|llamamos|invitamos)\s+a\s+(?:la\s+(?:poblaci[óo]n|gente|ciudadan[íi]a)"
    r"|l[oa]s\s+vecin[oa]s|tod[oa]s)",
    re.IGNORECASE,
)
_DEMANDS = re.compile(
    r"\bdemands?\b|\bwe\s+(?:want|ask\s+for|call\s+for|insist)|\bcall(?:s|ing|ed)?\s+(?:on|for)\b"
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
    # The line that says what its list is of.
    head: int


def item(text: str) -> str | None:
    """What a row says as an item of a list."""
    match = _ITEM.match(text)
    return match["text"].strip() if match else None


def items(rows: list[Row]) -> list[Item]:
    found: list[Item] = []
    kind, inside, head = "", False, 0
    for row in rows:
        words = item(row.raw)
        if words is not None:
            if kind:
                found.append(Item(kind, words, row.number, row.number, head))
            inside = True
        elif inside and kind and _leads_on(row.text):
            # “and that the council:” goes on with the same list.
            inside, head = False, row.number
        elif inside and not row.gap and kind:
            last = found.pop()
            more = f"{last.text} {row.text}"
            found.append(replace(last, text=more, last=row.number))
        else:
            kind, inside, head = _kind(row.text), False, row.number
    return found


def without(rows: list[Row], items: list[Item]) -> tuple[list[Row], list[Row]]:
    """What is left when the lists have gone into fields of their own, and their heads
    when these are no more than that: a sentence before a list stays."""
    listed = {number for item in items for number in range(item.first, item.last + 1)}
    heads = {item.head for item in items}
    gone = [r for r in rows if r.number in heads and len(r.text.split()) <= _HEAD]
    away = listed | {row.number for row in gone}
    return [row for row in rows if row.number not in away], gone


def _leads_on(text: str) -> bool:
    plain = text.strip("*_ ")
    return plain.endswith(":") and bool(
        re.match(r"(?:and|y|e)\s", plain, re.IGNORECASE)
    )


def _kind(text: str) -> str:
    """What a list after this row is of."""
    leads = text.rstrip("*_ ").endswith(":") or len(text.split()) <= _HEAD
    if not leads:
        return ""
    if _ASKS.search(text):
        return "ask"
    return "demand" if _DEMANDS.search(text) else ""
