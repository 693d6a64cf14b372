"""Rows as lines of JSON: a list for each, in the order of its table's columns.

Times are written in UTC as ISO 8601 has them, bytes as base64, JSON as its text.
"""

import base64
import contextlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any, cast

from django.db import connection

from commonwire.rescue.tables import PER_PIECE, Table, quoted, written


@contextlib.contextmanager
def one_moment() -> Iterator[None]:
    """All that is read in it is of one moment; nobody who writes waits for it. Who is in
    a transaction already has a moment."""
    if connection.in_atomic_block:
        yield
        return
    begin = (
        "BEGIN"
        if connection.vendor == "sqlite"
        else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    )
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            # SQLite's moment is that of the first read.
            cursor.execute("SELECT COUNT(*) FROM django_migrations")
            cursor.fetchone()
            yield
        finally:
            cursor.execute("ROLLBACK")


def pieces(table: Table) -> Iterator[tuple[int, bytes, int]]:
    """The number of each piece of a table, its lines, and how many there are."""
    if not table.numbered:
        yield from _one_after_another(table)
        return
    first = _next_key(table, None)
    while first is not None:
        number = first // PER_PIECE
        bounds = (number * PER_PIECE, (number + 1) * PER_PIECE)
        key = quoted(table.key)
        yield (number, *_lines(table, f"WHERE {key} >= %s AND {key} < %s", bounds))
        first = _next_key(table, bounds[1])


def _one_after_another(table: Table) -> Iterator[tuple[int, bytes, int]]:
    """By their order: keys that are far apart, or no numbers, are no place for a cut."""
    key, after = quoted(table.key), _next_key(table, None)
    more, number = ">=", 0
    while after is not None:
        where = f"WHERE {key} {more} %s"
        lines, count = _lines(table, where, (after,), limit=PER_PIECE)
        if not count:
            return
        yield number, lines, count
        after, more, number = _last_key(table, where, after), ">", number + 1


def _last_key(table: Table, where: str, after: Any) -> Any:
    key = quoted(table.key)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT MAX(k) FROM (SELECT {key} AS k FROM {quoted(table.name)} {where} "  # noqa: S608 - names of our own
            f"ORDER BY {key} LIMIT {PER_PIECE}) AS piece",
            (after,),
        )
        return cursor.fetchone()[0]


def _lines(
    table: Table, where: str, bounds: tuple[Any, ...], *, limit: int = 0
) -> tuple[bytes, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {written(table)} FROM {quoted(table.name)} {where} "  # noqa: S608 - names of our own
            f"ORDER BY {quoted(table.key)}" + (f" LIMIT {limit}" if limit else ""),
            bounds,
        )
        lines = [_encoded(row) for row in cursor.fetchall()]
    return "".join(f"{line}\n" for line in lines).encode(), len(lines)


def _next_key(table: Table, after: int | None) -> Any:
    key = quoted(table.key)
    where, bounds = ("", ()) if after is None else (f"WHERE {key} >= %s", (after,))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT MIN({key}) FROM {quoted(table.name)} {where}",  # noqa: S608 - names of our own
            bounds,
        )
        return cursor.fetchone()[0]


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        known = value if value.tzinfo else value.replace(tzinfo=UTC)
        return known.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return json.dumps(value)  # of an engine that hands JSON out ready


_encoded = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=_plain
).encode


def newest_number(table: Table) -> int:
    """The last number that the engine gave, which no row may get again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name]
            )
            return int((cursor.fetchone() or [0])[0])
        cursor.execute(
            "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s))",
            [quoted(table.name), table.key],
        )
        return int(cursor.fetchone()[0] or 0)


# Back again

Read = Callable[[Any], Any]


def readers(kinds: list[str]) -> list[tuple[int, Read]]:
    """What to do with the columns that are not taken as they are, by their places."""
    ops = connection.ops
    known: dict[str, Read] = {
        "datetime": lambda v: ops.adapt_datetimefield_value(datetime.fromisoformat(v)),
        "date": lambda v: ops.adapt_datefield_value(date.fromisoformat(v)),
        "time": lambda v: ops.adapt_timefield_value(time.fromisoformat(v)),
        "bool": bool,
        "bytes": lambda v: cast("Any", connection).Database.Binary(base64.b64decode(v)),
    }
    return [(place, known[kind]) for place, kind in enumerate(kinds) if kind in known]


def row_of(line: bytes, reads: list[tuple[int, Read]]) -> list[Any]:
    row: list[Any] = json.loads(line)
    for place, read in reads:
        if row[place] is not None:
            row[place] = read(row[place])
    return row


def remember_number(name: str, key: str, newest: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [name])
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)",
                [name, newest],
            )
        else:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                [quoted(name), key, newest],
            )
