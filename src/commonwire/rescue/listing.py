"""What a backup says it holds against what was unpacked, without holding it in memory."""

from collections.abc import Iterator
from typing import Any

import pysqlite3


class Listing:
    def __init__(self) -> None:
        self._db: Any = pysqlite3.connect(
            ""
        )  # on the disk when it grows, and gone after
        self._db.execute(
            "CREATE TABLE pieces (name TEXT PRIMARY KEY, found TEXT, wanted TEXT) "
            "WITHOUT ROWID"
        )

    def found(self, name: str, digest: str) -> None:
        """It lies there, in the place of an older one of its name."""
        self._db.execute(
            "INSERT INTO pieces (name, found) VALUES (?, ?) "
            "ON CONFLICT DO UPDATE SET found = excluded.found",
            (name, digest),
        )

    def wants(self, name: str, digest: str) -> None:
        self._db.execute(
            "INSERT INTO pieces (name, wanted) VALUES (?, ?) "
            "ON CONFLICT DO UPDATE SET wanted = excluded.wanted",
            (name, digest),
        )

    def forget(self, gone: str) -> list[str]:
        """A piece, or all in a folder; returns the names of what was there."""
        pattern = f"{gone}*" if gone.endswith("/") else gone
        return self._taken("name GLOB ?", pattern)

    def unlisted(self) -> list[str]:
        """What came along and is not listed."""
        return self._taken("wanted IS NULL")

    def _taken(self, where: str, *values: str) -> list[str]:
        rows = self._db.execute(
            f"DELETE FROM pieces WHERE {where} RETURNING name",  # noqa: S608 - one of two
            values,
        )
        return [name for (name,) in rows.fetchall()]

    def wrong(self) -> str:
        """One that is listed and is not there, or is another; "" when all is well."""
        row = self._db.execute(
            "SELECT name FROM pieces WHERE wanted IS NOT NULL "
            "AND found IS NOT wanted LIMIT 1"
        ).fetchone()
        return str(row[0]) if row else ""

    def __iter__(self) -> Iterator[tuple[str, str]]:
        yield from self._db.execute("SELECT name, wanted FROM pieces")

    def count(self, top: str) -> int:
        row = self._db.execute(
            "SELECT COUNT(*) FROM pieces WHERE name GLOB ?", (f"{top}/*",)
        ).fetchone()
        return int(row[0])
