"""What the last backups hold, so that the next one holds only what is new.

One SQLite file for each, in the data directory: an encrypted backup cannot be asked by
the machine that made it. Without it the next backup is a whole one.
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pysqlite3

from commonwire.rescue.failures import Refused

FOLDER: Final = "backups"
KEPT: Final = 12
_SCHEMA = """
CREATE TABLE IF NOT EXISTS folders (
    path TEXT PRIMARY KEY, stamp TEXT NOT NULL, round INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pieces (
    folder TEXT, name TEXT, content TEXT NOT NULL, PRIMARY KEY (folder, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS backup (size INTEGER NOT NULL);
"""


def _path(folder: Path, backup: str) -> Path:
    return folder / f"{backup}.sqlite3"


def last_kept(folder: Path) -> datetime | None:
    """When the newest backup was made, read again and found whole."""
    kept = [file.stat().st_mtime for file in folder.glob("*.sqlite3")]
    return datetime.fromtimestamp(max(kept), UTC) if kept else None


class Known:
    """``round``: counts the backups in a row; what was seen in this one carries it."""

    def __init__(self, folder: Path, backup: str) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        self._folder, self._backup = folder, backup
        self.path = folder / f".{backup}.unfinished"
        self._db: Any = None
        self.round = 0

    def begin(self, since: str, size: int) -> None:
        """``since``: the id of the backup that this one goes on from, or ""."""
        if since:
            earlier = _path(self._folder, since)
            if not earlier.is_file():
                raise Refused(
                    "this machine does not remember what is in that backup; "
                    "leave out --since, and a whole one is made"
                )
            shutil.copyfile(earlier, self.path)
        self._db = pysqlite3.connect(self.path, isolation_level=None)
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        self._db.executescript(_SCHEMA)
        if since and self._one("SELECT size FROM backup") != size:
            raise Refused(
                "the backup to go on from is not as it was made; leave out --since, "
                "and a whole one is made"
            )
        self.round = 1 + (self._one("SELECT MAX(round) FROM folders") or 0)
        self._db.execute("BEGIN")

    def _one(self, query: str, *values: Any) -> Any:
        found = self._db.execute(query, values).fetchone()
        return found[0] if found else None

    def is_as_it_was(self, folder: str, stamp: str) -> bool:
        """Whether a folder is; if so, so is what lies in it."""
        if self._one("SELECT stamp FROM folders WHERE path = ?", folder) != stamp:
            return False
        self._db.execute(
            "UPDATE folders SET round = ? WHERE path = ?", (self.round, folder)
        )
        return True

    def knows(self, folder: str) -> bool:
        return self._one("SELECT 1 FROM folders WHERE path = ?", folder) is not None

    def pieces(self, folder: str) -> dict[str, str]:
        """What is known of each piece in a folder, by its name."""
        return dict(
            self._db.execute(
                "SELECT name, content FROM pieces WHERE folder = ?", (folder,)
            )
        )

    def remember(self, folder: str, stamp: str, pieces: dict[str, str]) -> None:
        self._forget(folder)
        self._db.execute(
            "INSERT INTO folders VALUES (?, ?, ?)", (folder, stamp, self.round)
        )
        self._db.executemany(
            "INSERT INTO pieces VALUES (?, ?, ?)",
            [(folder, name, content) for name, content in pieces.items()],
        )

    def gone(self) -> Iterator[str]:
        """The folders that were not seen in this round; they are forgotten."""
        rows = self._db.execute(
            "SELECT path FROM folders WHERE round < ?", (self.round,)
        )
        for (folder,) in rows.fetchall():
            yield folder
            self._forget(folder)

    def _forget(self, folder: str) -> None:
        self._db.execute("DELETE FROM folders WHERE path = ?", (folder,))
        self._db.execute("DELETE FROM pieces WHERE folder = ?", (folder,))

    def keep(self, size: int) -> None:
        """The backup is whole: remember it, and only the newest ones."""
        self._db.execute("DELETE FROM backup")
        self._db.execute("INSERT INTO backup VALUES (?)", (size,))
        self._db.execute("COMMIT")
        self._db.close()
        self._db = None
        self.path.rename(_path(self._folder, self._backup))
        files = sorted(
            self._folder.glob("*.sqlite3"), key=lambda file: file.stat().st_mtime
        )
        for file in files[:-KEPT]:
            file.unlink()

    def drop(self) -> None:
        if self._db is not None:
            self._db.close()
        self.path.unlink(missing_ok=True)
