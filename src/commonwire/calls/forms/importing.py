"""Reading a federation's members from a table: what would become of each line, and what
is wrong with it. Nothing is written here."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from commonwire.calls import queries, tree
from commonwire.calls.forms.organisation import OrganisationForm
from commonwire.calls.forms.places import Day
from commonwire.calls.models import Organisation
from commonwire.calls.plans import Fault, Plan, Row, names_under
from commonwire.calls.states import OrganisationKind
from commonwire.kit.typed_text import clean_line

MOST_LINES = 5_000
MOST_BYTES = 2_000_000
COLUMNS = (
    "name",
    "kind",
    "area",
    "website",
    "members",
    "members_on",
    "parent",
    "since",
)
_TOLD = COLUMNS[:6]
_ALIASES = {
    "members represented": "members",
    "members on": "members_on",
    "as of": "members_on",
    "belongs to": "parent",
    "under": "parent",
    "web": "website",
}


class Unreadable(ValueError):
    """It is no table that can be read; ``words`` say what to do."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def decoded(data: bytes) -> str:
    """Text of a file that says nothing of its encoding: spreadsheets write UTF-8, or
    what Western Windows has, which Latin-1 is a part of."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("The table is larger than 2 MB. Send it in parts."))
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def plan(text: str, root: Organisation) -> Plan:
    """What the table would do under ``root``. Raises Unreadable."""
    made = Plan(root)
    known = _Known.of(root)
    for line, cells in list(_lines(text)):
        row = _row(line, cells, root, made.faults)
        if row.name:
            _settle(row, known, made)
    for row in _placed(made, known):
        made.rows.append(row)
    made.faults = _by_line(made.faults)
    return made


def _by_line(faults: list[Fault]) -> list[Fault]:
    """All that is wrong with a line at once, or it would be mended many times."""
    words: dict[int, list[str]] = {}
    for fault in sorted(faults, key=lambda fault: fault.line):
        words.setdefault(fault.line, []).append(fault.words.removesuffix("."))
    return [Fault(line, "; ".join(each)) for line, each in words.items()]


def _lines(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line that says something, by the names of its columns."""
    first = text.lstrip("\ufeff\r\n ").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(
        io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter, strict=True
    )
    begun = 1
    try:
        head = next((cells for cells in reader if any(map(str.strip, cells))), [])
        begun = reader.line_num + 1
        names = [_column(cell) for cell in head]
        if "name" not in names:
            words = _("The first line has to name the columns: %(columns)s.")
            raise Unreadable(words % {"columns": ", ".join(COLUMNS)})
        for count, cells in enumerate(reader, 1):
            if count > MOST_LINES:
                words = _("More than %(most)s lines are too many at once. Send parts.")
                raise Unreadable(words % {"most": f"{MOST_LINES:,}"})
            begun = reader.line_num + 1
            if any(map(str.strip, cells)):
                told = dict(zip(names, map(_tidy, cells), strict=False))
                yield reader.line_num, told | {"": str(len(cells) > len(names) or "")}
    except csv.Error as error:
        words = _(
            "Line %(line)s is no line of a table: %(why)s. Is a quotation mark not closed?"
        )
        raise Unreadable(words % {"line": begun, "why": error}) from error


def _column(cell: str) -> str:
    name = _tidy(cell).casefold()
    return _ALIASES.get(name, name.replace(" ", "_"))


def _tidy(cell: str) -> str:
    return clean_line(cell).text


def _row(
    line: int, cells: dict[str, str], root: Organisation, faults: list[Fault]
) -> Row:
    """One with a fault is looked at to its end: others may stand under it."""
    typed = {name: cells.get(name, "") for name in _TOLD}
    typed["kind"] = _kind(typed["kind"])
    form, day = OrganisationForm(typed), Day()
    words = [
        f"{form.fields[name].label}: {error}" if name in form.fields else str(error)
        for name, errors in form.errors.items()
        for error in errors
    ]
    if cells[""]:
        words.append(_("It has more columns than the first line names."))
    try:
        since = day.clean(cells.get("since", ""))
    except ValidationError as error:
        words.append(f"since: {' '.join(error.messages)}")
        since = None
    if words:
        faults.append(Fault(line, " ".join(words)))
    parent = cells.get("parent", "") or root.name
    if words:
        return Row(line, typed, parent, since, is_good=False)
    told = {name: form.told[name] for name in _TOLD}
    given = {name for name in _TOLD if cells.get(name)} | {"name"}
    row = Row(line, told, parent, since)
    row.changes = {name: told[name] for name in told if name in given}
    return row


def _kind(typed: str) -> str:
    """By its name in the table or on pages; a union local if nothing is said."""
    wanted = typed.casefold()
    for value, label in OrganisationKind.choices:
        if wanted in {value, str(label).casefold()}:
            return value
    return typed or OrganisationKind.UNION.value


@dataclass
class _Known:
    """The bodies under the root, itself among them, by name; and who stands where."""

    by_name: dict[str, Organisation]
    up: tree.Upward
    # Of this table: the line of each name.
    lines: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Organisation) -> "_Known":
        return cls(names_under(root), tree.upward(queries.links()))


def _settle(row: Row, known: _Known, made: Plan) -> None:
    """Whom the line is about; a name that comes twice is a fault."""
    key = row.name.casefold()
    if key in known.lines:
        words = _("%(name)s stands in line %(line)s already")
        told = {"name": row.name, "line": known.lines[key]}
        made.faults.append(Fault(row.line, words % told))
        return
    if key == made.root.name.casefold():
        words = _("this is the body that the others are put under; leave it out")
        made.faults.append(Fault(row.line, words))
        return
    known.lines[key] = row.line
    row.body = known.by_name.get(key)
    if row.body:
        now = row.body
        row.changes = {k: v for k, v in row.changes.items() if getattr(now, k) != v}
        if "members" in row.changes:
            row.changes["members_on"] = row.told["members_on"]
    made.rows.append(row)


def _placed(made: Plan, known: _Known) -> list[Row]:
    """The good rows whose parents are there, and that make no circle."""
    rows, made.rows = made.rows, []
    numbers = {name: body.pk for name, body in known.by_name.items()}
    for place, row in enumerate(rows, 1):
        # Bodies that are still to be made have numbers below nought here.
        numbers.setdefault(row.name.casefold(), -place)
    names = {numbers[row.name.casefold()]: row.name for row in rows}
    names |= {body.pk: body.name for body in known.by_name.values()}
    good = []
    for row in rows:
        own, parent = numbers[row.name.casefold()], numbers.get(row.parent.casefold())
        words = _against(row, own, parent, known, names)
        if words:
            made.faults.append(Fault(row.line, words))
        elif row.is_good:
            good.append(row)
    return good


def _against(
    row: Row, own: int, parent: int | None, known: _Known, names: dict[int, str]
) -> str:
    """Why it cannot stand under its parent; empty if it can, and then it does."""
    if parent is None:
        words = _("%(parent)s is neither in this table nor in the federation already")
        return words % {"parent": row.parent}
    if own == parent:
        return _("%(name)s cannot stand under itself") % {"name": row.name}
    if any(link.parent == parent and not link.until for link in known.up.get(own, ())):
        row.moves = False
        return ""
    link = tree.Link(own, parent, row.since)
    way = tree.circle(known.up, link)
    if way:
        words = _(
            "%(name)s cannot stand under %(parent)s, for that stands under it: %(way)s"
        )
        told = " → ".join(names.get(number, "…") for number in way)
        return words % {"name": row.name, "parent": row.parent, "way": told}
    known.up.setdefault(own, []).append(link)
    return ""
