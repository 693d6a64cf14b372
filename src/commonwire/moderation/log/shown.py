"""Whether what a page shows of decisions is what the log committed to.

Elements that show a part of a decision say which one's: `data-by`, `data-at`, `data-rule`
and `data-reason` (with its salt, so that the words can be hashed) hold its number, and
`data-decision` stands on what has to hold them. Their text is what is checked.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from commonwire.moderation.log import reasons
from commonwire.moderation.log.canonical import spells


class Entry(dict[str, Any]):
    """What an entry says, and its own bytes."""

    data: bytes


# The entry of a number; None for one that is newer than the copy's head, or wrong.
EntryOf = Callable[[int], Entry | None]
SCREENING = "screening"
_SCREENING_WORDS = {"screening", "by screening, a program", "decided by screening"}
_RULES = "/policy/#"
_MARKS = ("decision", "by", "at", "rule", "reason", "removed", "entry")
_ANY_MARK = etree.XPath(f"//*[{' or '.join(f'@data-{mark}' for mark in _MARKS)}]")
_LINES = etree.XPath("//ul[contains(@class, 'log')]/li[not(@class = 'between')]")


class Unmarked(Exception):
    """Something on a page cannot be checked; the message says what."""


@dataclass(frozen=True)
class Mark:
    """A part of a decision, as an element shows it."""

    part: str
    number: int
    element: HtmlElement

    @property
    def text(self) -> str:
        return text_of(self.element)


@dataclass
class Shown:
    """What a page was found to show."""

    faults: list[str]
    # Each rule's title, by its slug; reasons that are said to be taken out.
    titles: dict[str, set[str]]
    removed: set[int]
    # The decisions that stand on it, from above.
    numbers: list[int]


def look(page: str, entry_of: EntryOf, where: str) -> Shown:
    """At all that a page shows of decisions."""
    shown = Shown([], {}, set(), [])
    try:
        root = document_fromstring(page)
        marks = list(_marks(root))
    except (etree.LxmlError, ValueError, Unmarked) as error:
        shown.faults.append(f"{where} cannot be checked: {error}")
        return shown
    for mark in marks:
        if mark.part == "decision":
            shown.numbers.append(mark.number)
        entry = entry_of(mark.number)
        if entry is not None:
            shown.faults += _look_at(mark, entry, shown, where)
    return shown


def _marks(root: HtmlElement) -> Iterator[Mark]:
    if any(line.get("data-decision") is None for line in _LINES(root)):
        raise Unmarked("a line does not say which decision it tells")
    for element in _ANY_MARK(root):
        for part in _MARKS:
            number = element.get(f"data-{part}")
            if number is None:
                continue
            if not (number.isascii() and number.isdigit()):
                raise Unmarked(f"“{number}” is no number of a decision")
            yield Mark(part, int(number), element)


def _look_at(mark: Mark, entry: Entry, shown: Shown, where: str) -> Iterator[str]:
    match mark.part:
        case "decision":
            yield from _look_for_parts(mark, entry, where)
        case "removed":
            shown.removed.add(mark.number)
        case "rule":
            shown.titles.setdefault(_slug(mark), set()).add(mark.text)
        case _:
            pass
    if not _FITS.get(mark.part, _always)(mark, entry):
        yield other(where, mark.number, mark.part, mark.text)


def _look_for_parts(of: Mark, entry: Entry, where: str) -> Iterator[str]:
    """Whoever shows a decision says who, when and why."""
    there = {
        part
        for part in _MARKS
        for each in of.element.iterdescendants()
        if each.get(f"data-{part}") == str(of.number)
    }
    for part, name in ("by", "name"), ("at", "time"):
        if part not in there and of.element.get("data-without") != part:
            yield f"{where} does not show the {name} of entry {of.number}"
    if entry["reason"] and not there & {"reason", "removed"}:
        yield f"{where} does not show the reason of entry {of.number}"


def other(where: str, number: int, part: str, words: str) -> str:
    if part == "reason":
        return reasons.changed(number, where)
    name = {"by": "name", "at": "time"}.get(part, part)
    return f"{where} shows another {name} for entry {number} than the log: “{words}”"


def text_of(element: HtmlElement) -> str:
    """The words that an element shows, each `<br>` a new line; its own line ends are
    words too."""
    words = element.text or ""
    for inner in element:
        words += "\n" if inner.tag == "br" else text_of(inner)
        words += inner.tail or ""
    return words


def _always(_mark: Mark, _entry: Entry) -> bool:
    return True


def _is_by(mark: Mark, entry: Entry) -> bool:
    words, by = mark.text, entry["by"]
    return words == by or (by == SCREENING and words.lower() in _SCREENING_WORDS)


def _is_at(mark: Mark, entry: Entry) -> bool:
    try:
        local = datetime.fromisoformat(mark.element.get("datetime", ""))
    except ValueError:
        return False
    return mark.text == in_words(local) and in_utc(local) == entry["at"]


def _slug(mark: Mark) -> str:
    return str(mark.element.get("href", "")).removeprefix(_RULES)


def _is_rule(mark: Mark, entry: Entry) -> bool:
    return _slug(mark) == (entry["rule"] or "")


def _is_reason(mark: Mark, entry: Entry) -> bool:
    committed, salt = entry["reason"], mark.element.get("data-salt", "")
    try:
        return committed is not None and reasons.fits(committed, salt, mark.text)
    except ValueError:
        return False


def _is_entry(mark: Mark, entry: Entry) -> bool:
    return spells(entry, mark.text)


_FITS: dict[str, Callable[[Mark, Entry], bool]] = {
    "by": _is_by,
    "at": _is_at,
    "rule": _is_rule,
    "reason": _is_reason,
    "entry": _is_entry,
}


def in_utc(moment: datetime) -> str:
    """As entries say it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def in_words(local: datetime) -> str:
    """“Fri, Jan 16, 2026, 8:21 PM”, as pages say it."""
    day = f"{local:%a, %b} {local.day}, {local.year}"
    return f"{day}, {local.hour % 12 or 12}:{local:%M} {'PM' if local.hour >= 12 else 'AM'}"  # noqa: PLR2004
