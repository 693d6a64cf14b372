"""The part of the form that calls have, as it came: strings and rows of strings, wrong
parts included. Rows stand in the order that their numbers say; without scripts that is
how they are moved."""

import re
from collections.abc import Mapping
from typing import Any

from commonwire.calls.ask_words import kind_of
from commonwire.kit.typed_text import as_typed
from commonwire.publishing.queries import the_site
from commonwire.publishing.reading.release import Reading

LINES = (
    *("first_day", "last_day", "from_time", "until_time", "zone", "know"),
    *("ask_whom", "issuers", "translates", "embargo_at", "embargo_zone"),
    "called_off",
)
ROWS = {
    "asks": ("kind", "text"),
    "demands": ("text", "addressee", "status", "since", "number"),
    "links": ("url", "words"),
    "contacts": ("name", "office", "organisation", "phone", "email", "press_only"),
}
# What a row has before anybody writes into it.
_GIVEN = {"kind", "status", "press_only", "number", "since"}
_LONG = {"know", "issuers"}
_ROW = re.compile(r"call-(asks|demands|links|contacts)-([0-9]{1,3})-([a-z_]{1,20})")


def read(form: Any) -> dict[str, Any]:
    """Of a browser's form."""
    raw: dict[str, Any] = {name: form.get(f"call-{name}", "") for name in LINES}
    rows: dict[str, dict[int, dict[str, str]]] = {name: {} for name in ROWS}
    for field in form:
        match = _ROW.fullmatch(field)
        if match:
            rows[match[1]].setdefault(int(match[2]), {})[match[3]] = form[field]
    for name, found in rows.items():
        raw[name] = _in_order([found[number] for number in sorted(found)])
    return clean(raw)


def _in_order(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """By their numbers as typed; a row without a good one stays behind its neighbour,
    and of two with the same number the one that was moved there comes first."""
    places: list[tuple[float, int]] = []
    for number, row in enumerate(rows, 1):
        typed = row.get("place", "").strip()
        good = re.fullmatch(r"[0-9]{1,3}", typed)
        place = float(typed) if good else float(number)
        # Moved up it comes before who stands there; moved down, after.
        if place < number:
            place -= 0.5
        elif place > number:
            place += 0.5
        places.append((place, number))
    order = sorted(range(len(rows)), key=places.__getitem__)
    return [rows[index] for index in order if not rows[index].get("remove")]


def clean(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Tidied, without rows that nobody filled."""
    typed: dict[str, Any] = {name: _text(name, raw.get(name)) for name in LINES}
    for name, columns in ROWS.items():
        rows = [
            {column: _text(column, row.get(column)) for column in columns}
            for row in raw.get(name) or ()
        ]
        typed[name] = [row for row in rows if _is_filled(row)]
    return typed


def _is_filled(row: Mapping[str, str]) -> bool:
    return any(value for name, value in row.items() if name not in _GIVEN)


def _text(name: str, value: object) -> str:
    return as_typed(value, long=name in _LONG)


def from_program(sent: Mapping[str, Any]) -> dict[str, Any]:
    """As programs say it: moments in one text."""
    raw = dict(sent)
    for side, day, hour in (
        ("start", "first_day", "from_time"),
        ("end", "last_day", "until_time"),
    ):
        if side in sent:
            day_said, _letter, at = str(raw.pop(side)).strip().partition("T")
            raw |= {day: day_said, hour: at}
    return raw


def from_reading(reading: Reading) -> dict[str, Any]:
    """What a pasted release says of a call: its day and hours, asks, demands
    and contacts."""
    press = "on" if reading.for_press else ""
    told: dict[str, Any] = {
        "first_day": reading.values.get("day", ""),
        "from_time": reading.values.get("from", ""),
        "until_time": reading.values.get("until", ""),
        "embargo_at": reading.values.get("embargo", ""),
        "embargo_zone": reading.values.get("zone", ""),
        "asks": [
            {"kind": kind_of(each.text), "text": each.text}
            for each in reading.items
            if each.kind == "ask"
        ],
        "demands": [
            {"text": each.text} for each in reading.items if each.kind == "demand"
        ],
        "contacts": [{**vars(row), "press_only": press} for row in reading.contacts],
        "zone": the_site().time_zone,
    }
    return clean(told)
