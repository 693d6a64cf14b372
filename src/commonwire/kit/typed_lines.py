"""One typed line at a time: how deep it is quoted, what it begins with, what it is."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import NamedTuple

from commonwire.kit import line_breaks

MAX_QUOTING = 5
# Each costs far more than a line of text, and nobody writes a list of this length.
MAX_ITEMS = 4_000
_QUOTING = re.compile(r"(?:[ \t]*>)*")
_HYPHENS = "-+*"
_DASHES = "\u2013\u2014"  # en, em
# What word processors put before an item; the last five are their private ones.
_BULLETS = "•‣◦▪·●\u2043∙■□➢\uf0b7\uf0a7\uf0d8\uf076\uf0fc"
# These mean something in a sentence too: bullets only in company.
_SIGNS = "§✓✔★→"
_UNSURE = _HYPHENS + _DASHES + _SIGNS
SECOND_LEVEL = "o◦▪‣\u2043\uf0a7"
# A number above 99 at the start of a line is a year or a house.
_MARKER = re.compile(
    rf"(?P<symbol>[-+*{_DASHES}](?=[ \t])|[{_BULLETS}]|[o§](?=\t)"
    r"|[✓✔★→]\ufe0f?(?=[ \t])|[0-9]{1,2}[.)](?=[ \t]))"
    r"[ \t]*(?P<body>\S.*)"
)
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*")
_HEADING = re.compile(r"(?P<level>#{1,6})[ \t]+(?P<body>\S.*)")
# How press releases say that they are over.
_END_WORDS = "30|ends?|ende|fin"  # codespell:ignore ende
_END_MARK = re.compile(
    r"#{3,}|#(?:[ \t]+#){2,}"
    rf"|#+[ \t]*(?:{_END_WORDS})[ \t]*#+"
    rf"|[-{_DASHES}~*]+[ \t]*(?:{_END_WORDS})[ \t]*[-{_DASHES}~*]+",
    re.IGNORECASE,
)
_LOOKS_LIKE_BLOCK = re.compile(
    r"[-+*](?=[ \t]|$)|#{1,6}(?=[ \t]|$)|>|([-*_])(?:[ \t]*\1){2,}[ \t]*$"
)
_LOOKS_NUMBERED = re.compile(r"([0-9]{1,9})([.)](?:[ \t]|$))")
# After a line this short, a dash on the next one is not a matter of wrapping.
_SHORT = 60


class Kind(Enum):
    BLANK = auto()
    TEXT = auto()
    ITEM = auto()
    HEADING = auto()
    RULE = auto()
    END_MARK = auto()


@dataclass(slots=True)
class Line:
    kind: Kind
    quoting: int
    indent: int
    width: int
    body: str
    symbol: str = ""

    def become_text(self) -> None:
        self.body = f"{self.symbol} {self.body}"
        self.symbol = ""
        self.kind = Kind.TEXT


def read(text: str) -> list[Line]:
    lines = [_read_line(raw) for raw in text.split("\n")]
    _settle_numbers(lines)
    _settle_dashes(lines)
    items = [line for line in lines if line.kind is Kind.ITEM]
    for line in items[MAX_ITEMS:]:
        line.become_text()
    return lines


def literal(body: str) -> str:
    """The body as CommonMark that begins no block."""
    if _LOOKS_LIKE_BLOCK.match(body):
        return "\\" + body
    return _LOOKS_NUMBERED.sub(r"\1\\\2", body, count=1) if body[:1].isdigit() else body


def is_end_mark(body: str) -> bool:
    return body == "ENDS" or bool(_END_MARK.fullmatch(body))


def _read_line(raw: str) -> Line:
    typed = _QUOTING.sub("", raw, count=1) if ">" in raw else raw
    depth = raw.count(">", 0, len(raw) - len(typed))
    if depth:
        typed = typed.removeprefix(" ")
    body = typed.strip(" \t")
    before = typed[: len(typed) - len(typed.lstrip(" \t"))]
    indent = len(before.expandtabs(4))
    line = Line(Kind.TEXT, min(depth, MAX_QUOTING), indent, 0, body)
    if not body:
        line.kind = Kind.BLANK
        return line
    line.width = line_breaks.columns(raw.rstrip())
    _recognise(line)
    return line


def _recognise(line: Line) -> None:
    body = line.body
    if body[0].isalpha() and body[0] not in "oeE":
        return
    if is_end_mark(body):
        line.kind = Kind.END_MARK
    elif _RULE.fullmatch(body):
        line.kind = Kind.RULE
    elif match := _HEADING.fullmatch(body):
        if match["body"].strip("# \t"):
            line.kind = Kind.HEADING
            line.symbol, line.body = match["level"], match["body"]
    elif (match := _MARKER.fullmatch(body)) and re.search(r"\w", match["body"]):
        line.kind = Kind.ITEM
        line.symbol, line.body = match["symbol"], match["body"]


def _settle_numbers(lines: Sequence[Line]) -> None:
    """A number counts as an item's when the next or the one before is there too.

    Alone, "1. Mai" or "14. März" is a date, and a single item reads the same as text.
    """
    rows: defaultdict[tuple[int, int, str], list[Line]] = defaultdict(list)
    for line in lines:
        if _is_numbered(line):
            rows[line.quoting, line.indent, line.symbol[-1]].append(line)
    single: set[int] = set()
    for row in rows.values():
        numbers = [int(line.symbol[:-1]) for line in row]
        # People also write "1." before every item and leave the counting to others.
        joined = [after - before in (0, 1) for before, after in pairwise(numbers)]
        for line, after, before in zip(
            row, [*joined, False], [False, *joined], strict=True
        ):
            if not (after or before):
                single.add(id(line))
    _settle_single_numbers(lines, single)


def _settle_single_numbers(lines: Sequence[Line], single: set[int]) -> None:
    """One that has no neighbour goes on with the list that is open there, if any."""
    quoting = 0
    lists: set[int] = set()  # how far those are indented that are open
    above = Line(Kind.BLANK, 0, 0, 0, "")
    for line in lines:
        if line.kind is Kind.BLANK:
            above = line
            continue
        if lists and line.quoting != quoting:
            lists.clear()
        quoting = line.quoting
        if id(line) in single and (line.indent not in lists or _is_cut(above)):
            line.become_text()
        if _is_numbered(line):
            lists.add(line.indent)
        elif line.kind is not Kind.ITEM and _starts_anew(line, above):
            lists = {indent for indent in lists if indent < line.indent}
        above = line


def _is_numbered(line: Line) -> bool:
    return line.kind is Kind.ITEM and line.symbol[0].isdigit()


def _is_cut(line: Line) -> bool:
    """Whether a line ended because it was full, in the middle of a sentence."""
    unfinished = line.body[-1:].isalnum() or line.body.endswith((",", "-"))
    return line.width >= _SHORT and unfinished


def _starts_anew(line: Line, above: Line) -> bool:
    """Whether text is a paragraph of its own rather than more of the one above."""
    if line.kind is not Kind.TEXT or above.kind is Kind.BLANK:
        return True
    return above.width < line_breaks.MIN_WIDTH and not line.body[:1].islower()


class _Place(NamedTuple):
    line: Line
    run: int  # of lines without a blank one between them
    above: Line | None  # in the same run


def _settle_dashes(lines: Sequence[Line]) -> None:
    """A dash may be a bullet, a quotation's source or just where the line broke; and
    a sign may be one of a row of bullets or mean what it means."""
    rows: defaultdict[tuple[int, str], list[_Place]] = defaultdict(list)
    run = 0
    above: Line | None = None
    for line in lines:
        if above and (line.kind is Kind.BLANK or line.quoting != above.quoting):
            run += 1
            above = None
        if line.kind is Kind.ITEM and line.symbol[0] in _UNSURE:
            rows[line.quoting, line.symbol].append(_Place(line, run, above))
        above = None if line.kind is Kind.BLANK else line
    for row in rows.values():
        _settle_row(row)


def _settle_row(row: Sequence[_Place]) -> None:
    accepted = False
    for place, following in zip(row, [*row[1:], None], strict=True):
        company = following is not None and (
            following.run == place.run
            or (following.run == place.run + 1 and following.above is None)
        )
        accepted = _is_item(place, before=accepted, after=company)
        if not accepted:
            place.line.become_text()
        accepted = accepted and company


def _is_item(place: _Place, *, before: bool, after: bool) -> bool:
    if place.line.symbol[0] in _SIGNS:
        return before or after
    above = place.above
    invited = (
        above is None
        or above.kind is not Kind.TEXT
        or above.indent > place.line.indent  # the text of the item before
        or above.body.endswith((":", "\uff1a"))
    )
    if place.line.symbol in _DASHES:
        short = above is None or above.width < _SHORT
        return before or (after and (invited or short))
    return invited or before or after
