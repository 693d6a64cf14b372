"""The part of the form that press releases have, as it came: strings and rows of
strings, wrong parts included."""

import re
from collections.abc import Mapping
from typing import Any

from commonwire.kit.typed_text import as_typed
from commonwire.publishing.reading.release import Reading

LINES = (
    *("kind", "status", "embargo_at", "embargo_zone", "issued", "subheadline"),
    *("dateline", "end_mark", "corrects", "licence"),
)
ROWS = {
    "contacts": ("name", "office", "organisation", "phone", "email", "press_only"),
    "quotes": ("words", "speaker", "office", "organisation"),
    "boilerplates": ("organisation", "text"),
}
MOST_ROWS = {"contacts": 10, "quotes": 20, "boilerplates": 10}
LONG = {"words", "text"}
_ROW = re.compile(r"release-(contacts|quotes|boilerplates)-([0-9]{1,2})-([a-z_]{1,20})")


def read(form: Any) -> dict[str, Any]:
    """Of a browser's form."""
    raw: dict[str, Any] = {name: form.get(f"release-{name}", "") for name in LINES}
    rows: dict[str, dict[int, dict[str, str]]] = {name: {} for name in ROWS}
    for field in form:
        match = _ROW.fullmatch(field)
        if match and match[3] in ROWS[match[1]]:
            rows[match[1]].setdefault(int(match[2]), {})[match[3]] = form[field]
    for name, found in rows.items():
        raw[name] = [found[number] for number in sorted(found)]
    return clean(raw)


def clean(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Tidied, without rows that nobody filled."""
    typed: dict[str, Any] = {name: _text(name, raw.get(name)) for name in LINES}
    for name, columns in ROWS.items():
        rows = [
            {column: _text(column, row.get(column)) for column in columns}
            for row in raw.get(name) or ()
        ]
        typed[name] = [
            row for row in rows if any(v for k, v in row.items() if k != "press_only")
        ]
    return typed


def _text(name: str, value: object) -> str:
    return as_typed(value, long=name in LONG)


def from_reading(reading: Reading) -> dict[str, Any]:
    """What was read of a pasted text, as if it had been typed."""
    told = reading.values
    press = "on" if reading.for_press else ""
    return {
        "kind": told["kind"],
        "status": told.get("status", ""),
        "embargo_at": told.get("embargo", ""),
        "embargo_zone": told.get("zone", ""),
        "issued": told.get("issued", ""),
        "subheadline": told.get("subheadline", ""),
        "dateline": told.get("dateline", ""),
        "end_mark": told.get("end", ""),
        "corrects": reading.links[0]
        if told["kind"] == "correction" and reading.links
        else "",
        "licence": "",
        "contacts": [{**vars(row), "press_only": press} for row in reading.contacts],
        "quotes": [
            {column: getattr(row, column) for column in ROWS["quotes"]}
            for row in reading.quotes
        ],
        "boilerplates": [vars(row) for row in reading.boilerplates],
    }
