"""A pasted text as numbered rows: quoting by mail programs taken off, what a word
processor set side by side put one below the other."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

_QUOTED = re.compile(r"[ \t]*>[ \t]?")
# A wide gap in the middle of a row: two columns.
_COLUMNS = re.compile(r"(?<=\S)(?:[ ]*\t[ \t]*|[ ]{4,})(?=\S)")
_EMPHASIS = re.compile(r"\A(?P<mark>\*\*\*|\*\*|\*|__|_)(?P<inside>\S.*?)(?P=mark)\Z")
_HEADING = re.compile(r"\A#{1,6}[ \t]+(?=[^#\n]*\w)")
# Of the rows that are not empty, so many are quoted when the whole text is.
_MOST = 0.6


@dataclass(frozen=True)
class Row:
    """``number``: the line that it stood on, from 1; ``raw``: as typed; ``text``:
    without the markup around it; ``gap``: an empty line was before it."""

    number: int
    raw: str
    text: str
    gap: bool = False
    marked: bool = False

    def cut(self, raw: str) -> "Row":
        """What is left of it."""
        return replace(self, raw=raw, text=plain(raw))


def read_rows(text: str, heads: Callable[[str], bool]) -> list[Row]:
    """``heads``: whether a text is a label, a date, a telephone number: only beside
    such does a wide gap mean columns."""
    lines = _unquoted(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    rows: list[Row] = []
    aside: list[Row] = []
    gap = False
    for number, raw in enumerate(lines, 1):
        cells = _COLUMNS.split(raw.strip()) if "\t" in raw or "    " in raw else []
        if len(cells) == 2 and any(map(heads, cells)):  # noqa: PLR2004
            rows.append(_row(number, cells[0], gap=gap))
            aside.append(_row(number, cells[1]))
            gap = False
            continue
        rows += aside
        aside = []
        if raw.strip():
            rows.append(_row(number, raw.rstrip(), gap=gap))
        gap = not raw.strip()
    return rows + aside


def plain(raw: str) -> str:
    """Without a heading's signs and the emphasis around the whole."""
    text = _HEADING.sub("", raw.strip(), count=1)
    match = _EMPHASIS.match(text)
    return match["inside"].strip() if match else text


def joined(rows: list[Row]) -> str:
    """Rows as typed, with their empty lines."""
    return "".join(
        ("" if not place else "\n\n" if row.gap else "\n") + row.raw
        for place, row in enumerate(rows)
    )


def blocks(rows: list[Row]) -> list[list[Row]]:
    """Rows between which there is no empty line."""
    found: list[list[Row]] = []
    for row in rows:
        if row.gap or not found:
            found.append([])
        found[-1].append(row)
    return found


def _row(number: int, raw: str, *, gap: bool = False) -> Row:
    text = plain(raw)
    return Row(number, raw, text, gap=gap, marked=text != raw.strip())


def _unquoted(lines: list[str]) -> list[str]:
    while True:
        first = next((n for n, line in enumerate(lines) if _is_quoted(line)), None)
        if first is None:
            return lines
        full = [line for line in lines[first:] if line.strip()]
        if sum(map(_is_quoted, full)) < max(2, len(full) * _MOST):
            return lines
        lines = lines[:first] + [
            _QUOTED.sub("", line, count=1) for line in lines[first:]
        ]


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith(">")
