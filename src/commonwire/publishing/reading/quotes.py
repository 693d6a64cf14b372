"""Who said what: quotations of a body with their speakers, whether they are named
before, behind or between."""

import re
from dataclasses import dataclass, field

from commonwire.publishing.reading import people
from commonwire.publishing.reading.people import Person

_SAID = (
    r"said|says|added|adds|explained|explains|stated|states|declared|commented|noted"
    r"|notes|told|announced|remarked|wrote|asked|warned|warns|recalled|concluded"
    r"|continued|insisted|observed|replied"
    r"|(?:ha\s+)?(?:dicho|explicado|declarado|señalado|afirmado|añadido|denunciado)"
    r"|dijo|dice|afirm[aó]|declar[aó]|señal[aó]|explic[aó]|añad(?:e|ió)|agreg[aó]"
    r"|recuerda|record[óa]|apunt[aó]|denunci[aó]|asegur[aó]|sostuvo|indic[aó]"
    r"|manifest[óa]|subray[aó]|lament[aó]|cuenta|insist(?:e|ió)|concluy[eó]|advierte"
)
_CLOSES = {"“": "”", "«": "»", "„": "“", "‘": "’", '"': '"', "'": "'"}
_AFTER = re.compile(rf"\s*[,.]?\s*(?:{_SAID})\s+(?P<who>[^“”\"«»]+)")
# What is said about the saying ends where the speaker does.
_INVERTED = re.compile(rf"\s*,?\s*(?P<who>[^“”\"«»]{{3,120}}?),?\s+(?:{_SAID})\b")
_BEFORE = re.compile(
    rf"(?P<who>[^“”\"«»:]{{3,140}}?),?\s+(?:{_SAID})(?:\s+[^.:“”\"«»]{{1,40}})?[:,]\s*\Z"
)
_COLON = re.compile(r"(?P<who>[^“”\"«».:]{3,80}):\s*\Z")
_BY = re.compile(
    r"(?:according\s+to|seg[úu]n|en\s+palabras\s+de)\s+(?P<who>[^“”\"«»]{3,120}?),?\s*\Z",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"(?P<who>[^“”\"«»]{3,140}?),?\s+(?:made|issued|hizo|emiti[óo])\s+[^.]{0,60}:\s*\Z"
)
_TOLD = re.compile(rf"\b(?:{_SAID})\s+(?P<who>[^“”\"«»]{{3,120}})")
_CAPITAL = r"[A-ZÁÉÍÓÚÑ][\w’-]+"
_TITLED = r"(?:(?:Mr|Mrs|Ms|Dr|Dra|Prof|Professor|Sr|Sra)\.?\s+)?"
_SURNAME_AFTER = re.compile(
    rf"\s*,?\s*(?:{_TITLED}(?P<a>{_CAPITAL})\s+(?:{_SAID})\b"
    rf"|(?:{_SAID})\s+{_TITLED}(?P<b>{_CAPITAL})\b)"
)
_SURNAME_BEFORE = re.compile(
    rf"(?:\A|[.!?]\s+|\s)(?P<a>{_CAPITAL})\s+(?:{_SAID})(?P<b>)[:,]\s*\Z"
)
_SPOKEN = re.compile(
    rf"\A[—–]\s?(?P<first>[^—–]+?)\s*[—–]\s?(?:{_SAID})\s+(?P<who>[^—–]+?)"
    r"(?:[—–]\s?(?P<sign>[.,])?\s*(?P<second>.+))?\Z",
    re.DOTALL,
)
_SENTENCE = re.compile(r"[.!?]\s+(?=[^a-z\s])")
_LEAST = 8
# Who speaks is named within so many letters.
_NEAR = 300
# An apostrophe may open a quotation; of more than these none is looked at.
_MOST_SINGLE = 60
_LONGEST_SINGLE = 2_000


@dataclass(frozen=True)
class Paragraph:
    text: str
    first: int
    last: int


@dataclass
class Quote:
    words: str
    speaker: str = ""
    office: str = ""
    organisation: str = ""
    lines: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    words: str
    closed: bool


@dataclass
class _Reader:
    quotes: list[Quote] = field(default_factory=list)
    # A quotation whose paragraph ended without its closing mark.
    open: Quote | None = None
    # Who was named in full, by the last of their names.
    known: dict[str, Person] = field(default_factory=dict)
    # What the paragraph before ends with, when it leads to a quotation.
    lead: str = ""

    def read(self, paragraph: Paragraph) -> None:
        self._remember(paragraph.text)
        if spoken := _SPOKEN.match(paragraph.text):
            self._spoken(spoken, paragraph)
            return
        text, spans = paragraph.text, _spans(paragraph.text)
        current = self.open if spans and spans[0].start == 0 else None
        self.open = None
        for number, span in enumerate(spans):
            end = spans[number + 1].start if number + 1 < len(spans) else len(text)
            begin = spans[number - 1].end if number else 0
            before = text[max(begin, span.start - _NEAR) : span.start]
            after = text[span.end : min(end, span.end + _NEAR)]
            before = before if span.start else self.lead
            who = _speaker(before, after) or self._named_before(before, after)
            if who is None and current is not None:
                current.words = _continued(current.words, span.words)
                current.lines = (current.lines[0], paragraph.last)
            elif who is not None:
                current = _quote(span.words, who, paragraph)
                self.quotes.append(current)
                self.known.setdefault(who.name.split()[-1], who)
            if not span.closed:
                self.open = current
        self.lead = text[-_NEAR:] if text.endswith(":") else ""

    def _remember(self, text: str) -> None:
        for match in _TOLD.finditer(text):
            if who := people.person(_to_end(match["who"])):
                self.known.setdefault(who.name.split()[-1], who)

    def _named_before(self, before: str, after: str) -> Person | None:
        """``Holt said``, of whom the text told more above."""
        match = _SURNAME_AFTER.match(after) or _SURNAME_BEFORE.search(before)
        return self.known.get(match["a"] or match["b"] or "") if match else None

    def _spoken(self, spoken: re.Match[str], paragraph: Paragraph) -> None:
        who = people.person(spoken["who"].strip())
        if who is not None:
            quote = _quote(spoken["first"], who, paragraph)
            if spoken["second"]:
                quote.words = _continued(quote.words + ",", spoken["second"])
            self.quotes.append(quote)


def quotes(paragraphs: list[Paragraph]) -> list[Quote]:
    reader = _Reader()
    for paragraph in paragraphs:
        reader.read(paragraph)
    for quote in reader.quotes:
        quote.words = quote.words.rstrip(", ")
    return reader.quotes


def _quote(words: str, who: Person, paragraph: Paragraph) -> Quote:
    lines = (paragraph.first, paragraph.last)
    return Quote(words.strip(), who.name, who.office, who.organisation, lines)


def _continued(words: str, more: str) -> str:
    """Two parts as one: the comma before the speaker stands for the full stop that a
    capital after them tells of."""
    words, more = words.strip(), more.strip()
    if more[:1].isupper() and not words.endswith((".", "!", "?", "…")):
        words = words.rstrip(",") + "."
    return f"{words} {more}"


def _speaker(before: str, after: str) -> Person | None:
    """Behind the words first: there most name them."""
    match = _AFTER.match(after)
    if match and (who := people.person(_to_end(match["who"]))):
        return who
    match = _INVERTED.match(after)
    if match and (who := people.person(match["who"])):
        return who
    sentence = _SENTENCE.split(before.rstrip("\n"))[-1]
    for pattern in (_BY, _STATED, _BEFORE, _COLON):
        match = pattern.search(sentence)
        if match and (who := people.person(_last_clause(match["who"]))):
            return who
    return None


def _to_end(text: str) -> str:
    """Up to where the sentence ends; a title's full stop ends none."""
    text = re.sub(r"\b(Dr|Rev|Mr|Mrs|Ms|Prof|Sra?|Dra)\.", r"\1", text)
    return _SENTENCE.split(text + " ")[0].strip().rstrip(".")


def _last_clause(text: str) -> str:
    """``…, and League secretary Dora Finch``: who is named last."""
    return re.split(r"(?:,\s+|\A\s*)(?:and|but|y|pero|while)\s+", text)[-1].strip()


def _spans(text: str) -> list[_Span]:
    found: list[_Span] = []
    at = 0
    while (span := _next_span(text, at)) is not None:
        if len(span.words) >= _LEAST:
            found.append(span)
        at = span.end
    return found


def _next_span(text: str, at: int) -> _Span | None:
    singles = 0
    for start in range(at, len(text)):
        close = _CLOSES.get(text[start])
        if close is None or not _opens(text, start):
            continue
        singles += close in "’'"
        if close in "’'" and singles > _MOST_SINGLE:
            continue
        end = _closing(text, start + 1, close)
        if end >= 0:
            return _Span(start, end + 1, text[start + 1 : end], closed=True)
        if text[start] not in "'‘":
            return _Span(start, len(text), text[start + 1 :], closed=False)
    return None


def _opens(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (not before or not before.isalnum()) and bool(after.strip())


def _closing(text: str, start: int, close: str) -> int:
    """Where a quotation ends, or -1; an apostrophe is no end."""
    until = start + _LONGEST_SINGLE if close in "’'" else len(text)
    at = text.find(close, start, until)
    while at >= 0 and _is_apostrophe(text, at, close):
        at = text.find(close, at + 1, until)
    return at


def _is_apostrophe(text: str, at: int, close: str) -> bool:
    """In a word, or of a plural (the workers' hall) when another mark follows."""
    if text[at + 1 : at + 2].isalnum():
        return True
    plural = close in "’'" and text[at - 1] == "s" and text[at + 1 : at + 2] == " "
    return plural and text.find(close, at + 1) >= 0
