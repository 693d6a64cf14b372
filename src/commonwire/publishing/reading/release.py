"""A pasted release, read: each field with the lines that it was taken from."""

import re
from dataclasses import dataclass, field
from datetime import date

from commonwire.publishing.reading import (
    contacts,
    dates,
    embargoes,
    labels,
    lists,
    quotes,
)
from commonwire.publishing.reading.contacts import Contact
from commonwire.publishing.reading.dates import Moment
from commonwire.publishing.reading.embargoes import Says
from commonwire.publishing.reading.labels import Label
from commonwire.publishing.reading.lists import Item
from commonwire.publishing.reading.quotes import Paragraph, Quote
from commonwire.publishing.reading.rows import Row, blocks, joined, read_rows
from commonwire.publishing.reading.sorting import Piece, Sorted, Sorter

_LINK = re.compile(r"https?://[^\s<>\"]+")
_STATEMENT = re.compile(
    r"(?:statement|comunicado|declaraci[óo]n)\s+(?:of|by|from|del?)\s+(?:the\s+|las?\s+|los\s+)?"
    r"(?P<issuer>.{3,60}?)\s+(?:on|about|ante|sobre)\s",
    re.IGNORECASE,
)
_SENT_BY = re.compile(r"(?:news\s+)?from\s+(?:the\s+)?", re.IGNORECASE)
# What a mail says of itself, and what it says that it is about.
_ADDRESSED = re.compile(
    r"(?:from|sent|to|cc|date|reply-to|de|enviado|para|fecha)\s*:", re.IGNORECASE
)
_SUBJECT = re.compile(r"(?:(?:subject|asunto|re|fwd?|rv)\s*:\s*)+", re.IGNORECASE)
# So many rows, a paragraph has at most that says no more than that.
_MOST_OF_NOTICE = 6
Lines = tuple[int, int]


@dataclass(frozen=True)
class Boilerplate:
    organisation: str
    text: str


@dataclass
class Reading:
    """``values``: what each field says, ``taken``: the lines that it comes from."""

    values: dict[str, str] = field(default_factory=dict)
    taken: dict[str, Lines] = field(default_factory=dict)
    quotes: list[Quote] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    boilerplates: list[Boilerplate] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    # The body without its lists, for kinds that have a place for these; their heads.
    prose: str = ""
    heads: list[str] = field(default_factory=list)
    # Whether a label says that the contacts are the press's.
    for_press: bool = False
    # Rows of contacts with words that no field of a contact has.
    unread: list[str] = field(default_factory=list)
    # Every line of the text once, as typed, under what it was taken for.
    pieces: list[tuple[str, str]] = field(default_factory=list)

    def told(self, name: str, value: str, rows: list[Row] | tuple[Row, ...]) -> None:
        """The first who says something of a field is right."""
        if value and name not in self.values:
            self.values[name] = value
            self.taken[name] = _lines(rows)


def read(text: str) -> Reading:
    """English and Spanish; the same for the same text. What is in no layout that is
    known comes back as headline and body."""
    rows = read_rows(text, _is_head)
    found = Sorter(rows).sort()
    reading = Reading()
    reading.pieces = [(p.field, joined(list(p.rows))) for p in found.pieces]
    _read_labels(reading, found)
    for piece in found.pieces:
        if piece.field in {"headline", "subheadline", "dateline", "end"}:
            whole = piece.value or " ".join(row.text for row in piece.rows)
            reading.told(piece.field, whole, piece.rows)
    _read_body(reading, found.rows("body"))
    _read_boilerplates(reading, found)
    _read_contacts(reading, found)
    _read_issuer(reading, found)
    reading.values.setdefault("kind", "release")
    return reading


def _is_head(text: str) -> bool:
    told = labels.label(text) or labels.contact(text) is not None
    return bool(told) or contacts.only_reaches(text)


def _lines(rows: list[Row] | tuple[Row, ...]) -> Lines:
    return (rows[0].number, rows[-1].number) if rows else (0, 0)


def _read_labels(reading: Reading, found: Sorted) -> None:
    _read_status(reading, found)
    for row, told in found.labels:
        reading.told("kind", told.kind, [row])
        reading.told("issued", told.issued, [row])
        reading.told("day", told.day, [row])
    for piece in found.pieces:
        if piece.field == "dateline" and piece.rows[0].text == piece.value:
            day = dates.first_full(piece.value)
            reading.told("issued", day.isoformat() if day else "", piece.rows)


def _read_status(reading: Reading, found: Sorted) -> None:
    """Who says anywhere outside the body that it is under embargo is heard before who
    says that it is not; what may be such a saying, after."""
    told = [*found.labels, *_beside_labels(found)]
    held = [each for each in told if each[1].status == "embargoed"]
    for row, label in [*held, *told]:
        reading.told("status", label.status, [row])
        if label.until and "embargo" not in reading.values:
            reading.told("embargo", label.until.at, [row])
            reading.told("zone", label.until.zone, [row])
    for name in ("headline", "subheadline", "dateline", "letterhead"):
        for row in found.rows(name):
            maybe = embargoes.says(row.text) is not Says.NOTHING
            reading.told("status", "embargoed" if maybe else "", [row])


def _beside_labels(found: Sorted) -> list[tuple[Row, Label]]:
    """Embargoes in a mail's subject, in its cover note, before the first word of a
    headline or a text, and in a paragraph above the text. A headline with the word
    further on is asked about only where no label says when it may be used."""
    notes = [r for r in found.rows("envelope") if not _ADDRESSED.match(r.text)]
    said = [(row, _SUBJECT.sub("", row.text, count=1)) for row in notes]
    for name in ("headline", "subheadline", "body"):
        said += [(row, embargoes.run_in(row.text)) for row in found.rows(name)[:1]]
    for name in ("headline", "subheadline", "letterhead"):
        rows = found.rows(name)
        said += [(r, r.text) for r in rows if embargoes.begins_with_one(r.text)]
    for block in blocks(found.rows("body")[:_MOST_OF_NOTICE])[:1]:
        whole = " ".join(row.text for row in block)
        said += [(block[0], whole)] if embargoes.is_mostly(whole) else []
    held = {Says.HELD, Says.MAYBE}
    return [
        (row, Label(status="embargoed", until=_until(text)))
        for row, text in said
        if embargoes.says(text) in held
    ]


def _until(text: str) -> Moment | None:
    text = embargoes.run_in(text) or text
    sure = embargoes.says(text) is Says.HELD
    return embargoes.until(text) if sure else None


def _read_body(reading: Reading, rows: list[Row]) -> None:
    if not rows:
        return
    reading.told("body", joined(rows), rows)
    paragraphs = [
        Paragraph(
            " ".join(" ".join(_unmarked(row.text) for row in block).split()),
            *_lines(block),
        )
        for block in blocks(rows)
    ]
    reading.quotes = quotes.quotes(paragraphs)
    reading.items = lists.items(rows)
    prose, heads = lists.without(rows, reading.items)
    reading.prose, reading.heads = joined(prose), [row.text for row in heads]
    found = _LINK.findall(reading.values["body"])
    reading.links = list(dict.fromkeys(link.rstrip(".,;:)") for link in found))
    _read_day(reading, rows)


def _unmarked(text: str) -> str:
    return text.removeprefix("> ").replace("**", "")


def _read_day(reading: Reading, rows: list[Row]) -> None:
    """The day of a call or an advisory: after its label, else the first full date of
    a text that asks for something."""
    labelled = [row for row in rows if labels.WHEN.match(row.text)]
    calls = bool(reading.items) or reading.values.get("kind") == "advisory"
    for row in labelled or (rows if calls else []):
        day = dates.first_full(row.text)
        if day and "day" not in reading.values:
            begins, ends = dates.hours_after(row.text)
            reading.told("day", day.isoformat(), [row])
            reading.told("from", begins, [row])
            reading.told("until", ends, [row])
    if calls and "day" not in reading.values and "issued" in reading.values:
        issued = date.fromisoformat(reading.values["issued"])
        for row in labelled or rows:
            day = dates.first_after(row.text, issued)
            reading.told("day", day.isoformat() if day else "", [row])


def _read_boilerplates(reading: Reading, found: Sorted) -> None:
    for piece in _of(found, "about"):
        told = _about(piece, reading)
        if told is None:
            continue
        words = [told[1], *(row.text for row in piece.rows[1:])]
        text = " ".join(each for each in words if each)
        reading.boilerplates.append(Boilerplate(told[0], text))
        reading.taken.setdefault(
            f"about-{len(reading.boilerplates)}", _lines(piece.rows)
        )


def _about(piece: Piece, reading: Reading) -> tuple[str, str] | None:
    """The body as the text writes it, where a heading shouts its name."""
    first = piece.rows[0].text
    told = labels.about(first)
    if told is None:
        body = labels.says_what_it_is(first)
        return (body, first.replace("**", "")) if body else None
    body, rest = told
    if body.isupper():
        written = re.search(
            re.escape(body), reading.values.get("body", ""), re.IGNORECASE
        )
        body = written[0] if written else body
    return body, rest


def _read_contacts(reading: Reading, found: Sorted) -> None:
    told: list[tuple[str, bool]] = []
    for piece in _of(found, "contact"):
        head = labels.contact(piece.rows[0].text)
        reading.for_press = reading.for_press or labels.is_for_press(piece.rows[0].text)
        fresh = head is not None
        told.append((piece.rows[0].text if head is None else head, fresh))
        told += [(row.text, row.gap) for row in piece.rows[1:]]
        reading.taken.setdefault("contacts", _lines(piece.rows))
    reading.contacts = contacts.contacts([each for each in told if each[0]])
    reading.unread = contacts.not_in(reading.contacts, [text for text, _gap in told])


def _read_issuer(reading: Reading, found: Sorted) -> None:
    """Who it is from: whom it tells about itself, then its letterhead, then whom to
    ask."""
    for piece in _of(found, "about"):
        about = _about(piece, reading)
        reading.told("issuer", about[0] if about else "", piece.rows)
    for row, told in found.labels:
        reading.told("issuer", told.issuer, [row])
    for piece in _of(found, "letterhead"):
        reading.told("issuer", _SENT_BY.sub("", piece.rows[0].text), piece.rows[:1])
    statement = _STATEMENT.match(reading.values.get("headline", ""))
    if statement:
        reading.told("kind", "statement", found.rows("headline"))
        reading.told("issuer", statement["issuer"], found.rows("headline"))
    bodies = (contact.organisation for contact in reading.contacts)
    reading.told("issuer", next(filter(None, bodies), ""), found.rows("contact"))


def _of(found: Sorted, name: str) -> list[Piece]:
    return [piece for piece in found.pieces if piece.field == name]
