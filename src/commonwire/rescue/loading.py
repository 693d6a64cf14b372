"""Rows from a backup into an empty database, of whichever engine."""

import gzip
import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from commonwire.rescue import rows, tables
from commonwire.rescue.archive import About
from commonwire.rescue.failures import Refused
from commonwire.rescue.tables import quoted

_TOGETHER: Final = 500


def check_known(about: About) -> None:
    """Refused for a backup of a later version: its tables are not known here."""
    known = MigrationLoader(None).graph.nodes
    later = [
        f"{app}.{name}"
        for app, names in about.migrations.items()
        for name in names
        if (app, name) not in known
    ]
    if later:
        raise Refused(
            f"it was made by Commonwire {about.version}, which knows more than this one "
            f"({later[0]}); install that version, then restore"
        )


def check_empty() -> None:
    found = sorted(tables.existing())
    if found:
        raise Refused(
            f"the database is not empty (it has {found[0]}); nothing was changed. "
            "Restore into an empty one"
        )


def make_tables(about: About) -> None:
    """As they were when the backup was made; later migrations come after the rows."""
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    applied = {(app, name) for app, names in about.migrations.items() for name in names}
    newest = [
        node
        for node in sorted(applied)
        if not any(
            child.key[0] == node[0] and child.key in applied
            for child in graph.node_map[node].children
        )
    ]
    executor.migrate(newest)


def load(folder: Path, told: list[dict[str, Any]], did: Callable[[int], None]) -> None:
    """All rows or none."""
    with _unchecked(), transaction.atomic():
        for table in told:
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {quoted(table['name'])}")  # noqa: S608 - a name that is checked
        for table in told:
            _load_table(folder / table["name"], table, did)
        connection.check_constraints()


class _unchecked:  # noqa: N801 - used as a word
    """SQLite looks at foreign keys with each row unless it is told before."""

    def __enter__(self) -> None:
        connection.disable_constraint_checking()

    def __exit__(self, *_: object) -> None:
        connection.enable_constraint_checking()


def _load_table(
    folder: Path, table: dict[str, Any], did: Callable[[int], None]
) -> None:
    names = [name for name, _kind in table["columns"]]
    reads = rows.readers([kind for _name, kind in table["columns"]])
    insert = (
        f"INSERT INTO {quoted(table['name'])} ({', '.join(map(quoted, names))}) "  # noqa: S608 - names that are checked
        f"VALUES ({', '.join(['%s'] * len(names))})"
    )
    count, lines = 0, (rows.row_of(line, reads) for line in _lines(folder))
    with connection.cursor() as cursor:
        while some := list(itertools.islice(lines, _TOGETHER)):
            cursor.executemany(insert, some)
            count += len(some)
            did(len(some))
    if count != table["rows"]:
        raise Refused(
            f"{table['name']} has {count} rows in the backup and not {table['rows']}"
        )
    if table["newest"]:
        rows.remember_number(table["name"], table["key"], table["newest"])


def _lines(folder: Path) -> Iterator[bytes]:
    for piece in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(piece) as file:
            yield from file


def check_tables(told: list[dict[str, Any]]) -> None:
    """Names come from the backup, and go into statements: only those that are there."""
    existing = set(tables.existing())
    for table in told:
        if table["name"] not in existing:
            raise Refused(f"the backup has a table that is not known: {table['name']}")
        with connection.cursor() as cursor:
            columns = connection.introspection.get_table_description(
                cursor, table["name"]
            )
        known = {column.name for column in columns}
        if not {name for name, _kind in table["columns"]} <= known:
            raise Refused(f"the backup has other columns in {table['name']}")


def read_again(folder: Path, told: list[dict[str, Any]]) -> None:
    """Whether the database gives back what was put in; the engine that keeps JSON in a
    form of its own is asked for the number of rows."""
    now = {table.name: table for table in tables.tables()}
    for each in told:
        table = now.get(each["name"])
        columns = [[c.name, c.kind] for c in table.columns] if table else []
        if table is None or connection.vendor != "sqlite" or columns != each["columns"]:
            _count_again(each)
            continue
        inside = (line for _n, lines, _c in rows.pieces(table) for line in _cut(lines))
        if _sum_of(inside) != _sum_of(_lines(folder / each["name"])):
            raise Refused(f"the database does not give back {each['name']}")


def _cut(lines: bytes) -> list[bytes]:
    return [line + b"\n" for line in lines.split(b"\n")[:-1]]


def _sum_of(lines: Iterable[bytes]) -> int:
    """The same for the same lines in whatever order: versions may cut them otherwise."""
    return sum(int.from_bytes(hashlib.sha256(line).digest()) for line in lines)


def _count_again(table: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {quoted(table['name'])}")  # noqa: S608 - a name that is checked
        found = cursor.fetchone()[0]
    if found != table["rows"]:
        raise Refused(f"the database does not give back {table['name']}")


def bring_up_to_date() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def drop_all() -> None:
    """A database that was empty is empty again."""
    if connection.vendor == "sqlite":
        connection.close()  # its file goes with the rest
        return
    with connection.cursor() as cursor:
        for name in tables.existing():
            cursor.execute(f"DROP TABLE IF EXISTS {quoted(name)} CASCADE")
