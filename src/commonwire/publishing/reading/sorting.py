"""A text's rows, each put under what it is. Nothing is left out: what is nothing else
is body."""

import re
from dataclasses import dataclass, field, replace

from commonwire.kit import line_breaks
from commonwire.publishing.reading import (
    contacts,
    datelines,
    embargoes,
    heads,
    labels,
    lists,
)
from commonwire.publishing.reading.labels import Label
from commonwire.publishing.reading.rows import Row, blocks

_ENVELOPE = re.compile(
    r"(?:from|sent|to|cc|date|subject|reply-to|de|enviado|para|asunto|fecha)\s*:"
    r"|[-_ ]*(?:forwarded message|original message|mensaje reenviado)[-_ ]*",
    re.IGNORECASE,
)
_SENDER = re.compile(r"(?:from|de)\s*:", re.IGNORECASE)
_LINK_ONLY = re.compile(r"(?:https?://|www\.)\S+")
_LETTERHEAD_ROWS = 8
_LONGEST_CONTACT = 110
_SHORT = 70
_MOST_SIGNED = 5
# So many rows, what forbids to publish a text has at most.
_MOST_OF_STATUS = 4
# So many rows, one contact or one piece of boilerplate has at most.
_MOST_ROWS = 80


@dataclass(frozen=True)
class Piece:
    """``field``: what the rows are; ``value``: what they say of it."""

    field: str
    rows: tuple[Row, ...]
    value: str = ""


@dataclass
class Sorted:
    pieces: list[Piece] = field(default_factory=list)
    labels: list[tuple[Row, Label]] = field(default_factory=list)

    def add(self, name: str, rows: list[Row], value: str = "") -> None:
        self.pieces.append(Piece(name, tuple(rows), value))

    def has(self, name: str) -> bool:
        return any(piece.field == name for piece in self.pieces)

    def rows(self, name: str) -> list[Row]:
        """What lay between them is an empty line."""
        found: list[Row] = []
        before = ""
        for piece in self.pieces:
            if piece.field == name:
                first, *rest = piece.rows
                first = replace(first, gap=first.gap or before != name)
                found += [first, *rest]
            before = piece.field
        return found


class Sorter:
    def __init__(self, rows: list[Row]) -> None:
        self.all = rows
        self.at = 0
        self.found = Sorted()

    def sort(self) -> Sorted:
        self._envelope()
        self._letterhead()
        while self.at < len(self.all) and self._head():
            pass
        while self.at < len(self.all):
            self._tail()
        self._dateline()
        self._signature()
        return self.found

    @property
    def row(self) -> Row:
        return self.all[self.at]

    @property
    def rest(self) -> list[Row]:
        """What comes, as far as anything may reach that begins here."""
        return self.all[self.at : self.at + _MOST_ROWS]

    def _take(self, name: str, number: int = 1, value: str = "") -> bool:
        self.found.add(name, self.all[self.at : self.at + number], value)
        self.at += number
        return True

    def _envelope(self) -> None:
        """What a mail program put above a text that it sent on."""
        number = 0
        for row in self.all:
            if not _ENVELOPE.match(row.text) or (row.gap and number):
                break
            number += 1
        head = self.all[:number]
        if number > 1 and any(_SENDER.match(row.text) for row in head):
            self._take("envelope", number)
        self._cover_note()

    def _cover_note(self) -> None:
        """What a mail says to whoever gets it, down to the first label."""
        if self.at == len(self.all) or not labels.is_greeting(self.row.text):
            return
        rows = self.rest[: _LETTERHEAD_ROWS + 1]
        first = next((n for n, r in enumerate(rows) if labels.label(r.text)), 1)
        self._take("envelope", first)

    def _letterhead(self) -> None:
        """Short rows above the first label, when a headline comes below it."""
        rows = self.rest[: _LETTERHEAD_ROWS + 1]
        first = next((n for n, r in enumerate(rows) if labels.label(r.text)), 0)
        above = rows[:first]
        if not above or any(len(r.text) > _SHORT or self._is_marked(r) for r in above):
            return
        below = [r for r in self.rest[first:] if not labels.label(r.text)]
        if below and not heads.begins_text(blocks(below)[0]):
            self._take("letterhead", first)

    def _is_marked(self, row: Row) -> bool:
        """Whether a row says itself what it is."""
        text = row.text
        told = (labels.contact(text), labels.named_field(text), labels.about(text))
        return any(each is not None for each in told) or labels.is_end(text)

    def _head(self) -> bool:
        """Read one part of the head; False where the text begins."""
        if self._label() or self._contact():
            return True
        if told := labels.named_field(self.row.text):
            return self._take(told[0], value=told[1])
        if datelines.is_whole(self.row.text) and not self.found.has("dateline"):
            return self._take("dateline", value=self.row.text)
        if contacts.only_reaches(self.row.text) and self.found.has("contact"):
            return self._take("contact")
        return self._headline()

    def _label(self) -> bool:
        told, number = self._whole_label(labels.label(self.row.text))
        if told is None:
            return False
        self.found.labels.append((self.row, told))
        name = "status" if told.status else "kind" if told.kind else "issued"
        return self._take(name, number)

    def _whole_label(self, told: Label | None) -> tuple[Label | None, int]:
        """A status with the rows that it goes on in, and how many they are."""
        if told is not None and told.wants_moment and len(self.rest) > 1:
            whole = f"{self.row.text} {self.rest[1].text}"
            longer = labels.label(whole)
            sure = longer and (not longer.loose or embargoes.is_plain(whole))
            if longer and longer.until and sure:
                return longer, 2
        number, whole = 1, self.row.text
        for place, row in enumerate(self.rest[1:_MOST_OF_STATUS], 2):
            if (told and not told.loose) or row.gap or labels.label(row.text):
                break
            whole = f"{whole} {row.text}"
            if embargoes.is_plain(whole):
                told, number = labels.label(whole), place
        return told, number

    def _headline(self) -> bool:
        block = [self.row]
        for row in self.rest[1:]:
            begins = datelines.split(row.raw) or labels.label(row.text)
            if row.gap or begins or self._is_marked(row):
                break
            block.append(row)
        if len(block) == len(self.rest):
            return False
        if not self.found.has("headline"):
            if not heads.is_headline(block):
                return False
            head, sub = heads.split(block)
            self._take("headline", len(head))
            return bool(not sub or self._take("subheadline", len(sub)))
        if self.found.has("subheadline") or not heads.is_subheadline(block):
            return False
        return self._take("subheadline", len(block))

    def _tail(self) -> bool:
        text = self.row.text
        if labels.is_end(text):
            return self._take("end")
        if labels.is_mail_program(text):
            return self._take("envelope")
        told = labels.label(text)
        if told and told.status and self.row.gap and self._is_beside_text(told):
            return self._label()
        return self._contact() or self._about() or self._take("body")

    def _is_beside_text(self, told: Label) -> bool:
        """Whether it is a label, or a row alone that is no paragraph of the body's."""
        if not told.loose:
            return True
        text, rest = self.row.text, self.rest[1:]
        last = not rest or self._is_marked(rest[0])
        if not last and not rest[0].gap:
            return False
        if told.status != "embargoed" and not text.isupper():  # “Sin embargo”
            return False
        after = bool(self.found.pieces) and self.found.pieces[-1].field != "body"
        return last or after or not heads.stops(text)

    def _about(self) -> bool:
        if self.found.has("end") and labels.says_what_it_is(self.row.text):
            return self._take("about", self._until_another(blocks(self.rest)[0]))
        told = labels.about(self.row.text)
        if told is None or (not told[1] and len(self.rest) == 1):
            return False
        rows = [self.row]
        for row in self.rest[1:]:
            if self._is_marked(row) or (row.gap and (told[1] or len(rows) > 1)):
                break
            rows.append(row)
        return self._take("about", len(rows))

    def _until_another(self, rows: list[Row]) -> int:
        """How many rows are about the first one's body."""
        for place, row in enumerate(rows[1:], 1):
            if labels.says_what_it_is(row.text) or self._is_marked(row):
                return place
        return len(rows)

    def _contact(self) -> bool:
        rest = labels.contact(self.row.text)
        if rest is None or len(rest) > contacts.LONGEST:
            return False
        rows = [self.row]
        groups = blocks(self.rest[1:])
        if groups and not groups[0][0].gap:
            rows += self._reachable(groups.pop(0))
        wants = not rest and len(rows) == 1
        for group in groups:
            whole = self._reachable(group) == group
            reached = any(contacts.reaches(row.text) for row in group)
            if not whole or not reached or (rest and not wants):
                break
            rows += group
        told = [(row.text, row.gap) for row in rows[1:]]
        if not contacts.contacts([(rest, False), *told]):
            return False
        return self._take("contact", len(rows))

    def _reachable(self, rows: list[Row]) -> list[Row]:
        """How far a contact goes: to what is too long, a label or a bare link."""
        for place, row in enumerate(rows):
            ends = labels.label(row.text) or self._is_marked(row)
            ends = ends or labels.is_mail_program(row.text)
            long = len(row.text) > _LONGEST_CONTACT
            if ends or long or _LINK_ONLY.fullmatch(row.text):
                return rows[:place]
        return rows

    def _dateline(self) -> None:
        """Taken from the first paragraph of the body that is no list."""
        if self.found.has("dateline"):
            return
        leads = True
        for place, piece in enumerate(self.found.pieces):
            if piece.field != "body":
                continue
            told = datelines.split(piece.rows[0].raw, leads=leads)
            leads = False
            if told is not None:
                (row,) = piece.rows
                head, rest = told
                used, rest_of_it = self._run_on(place + 1, rest)
                self.found.pieces[place : place + used] = [
                    Piece(
                        "dateline",
                        (row.cut(row.raw[: len(row.raw) - len(rest)]),),
                        head,
                    ),
                    Piece("body", (row.cut(rest_of_it),)),
                ]
                return

    def _run_on(self, place: int, rest: str) -> tuple[int, str]:
        """A row that lost its dateline is short, and what a mail program broke would
        seem to be broken there on purpose: its paragraph is put on one line. How many
        pieces that takes."""
        number = 1
        for piece in self.found.pieces[place:]:
            row = piece.rows[0]
            goes_on = piece.field == "body" and not row.gap
            if not goes_on or lists.item(row.raw) is not None:
                break
            rest = f"{rest} {row.raw.strip()}"
            number += 1
            if len(row.raw) < line_breaks.MIN_WIDTH:
                break
        return number, rest

    def _signature(self) -> None:
        """A short last block of the body with a telephone number or a mail address."""
        body = [piece for piece in self.found.pieces if piece.field == "body"]
        rows = [piece.rows[0] for piece in body]
        last = blocks(rows)[-1] if rows else []
        short = len(last) <= _MOST_SIGNED and all(len(r.text) <= _SHORT for r in last)
        reached = any(contacts.reaches(r.text) for r in last)
        spoken = any(re.search(r"[.!?][\"”»]?\Z", r.text) for r in last)
        if len(rows) == len(last) or not (short and reached) or spoken:
            return
        self.found.pieces = [
            Piece("contact", piece.rows) if piece.rows[0] in last else piece
            for piece in self.found.pieces
        ]
