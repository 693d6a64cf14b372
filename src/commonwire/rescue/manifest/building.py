"""Making the manifest of a public tree, and making it again where something changed."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

import pysqlite3

from commonwire.rescue.manifest import heads
from commonwire.rescue.manifest.folders import Folder, encoded
from commonwire.rescue.manifest.heads import Head
from commonwire.rescue.manifest.places import Place

# A mirror that began with the manifest before goes on reading it.
KEPT_SECONDS: Final = 6 * 3600
# What comes and goes without having been anybody's words.
_OURS: Final = ("assets/", "log/")
_MOST_WALKS: Final = 3
Prints = Callable[[str], bool]
_SCHEMA = """
CREATE TABLE IF NOT EXISTS folders (
    path TEXT PRIMARY KEY, stamp TEXT, told TEXT, folder TEXT, round INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS removed (digest TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS heads (number INTEGER);
"""


class Builder:
    """``memory``: a file that remembers what the folders looked like; "" for none.
    ``prints``: whether a page that is not there any more can be printed again."""

    def __init__(
        self, place: Place, memory: str = "", prints: Prints = lambda _: False
    ) -> None:
        self.place, self.prints = place, prints
        self.files = self.size = self.changed = 0
        self._used: set[bytes] = set()
        self._took_away = False
        self._db: Any = pysqlite3.connect(memory, isolation_level=None)
        # What was taken away is to be gone from this file, too.
        self._db.executescript(f"PRAGMA secure_delete=ON; {_SCHEMA}")
        self._round = 1 + (self._one("SELECT MAX(round) FROM folders") or 0)

    def build(self) -> Head:
        """Everything is there before the head that names it."""
        self._db.execute("BEGIN")
        root = self._whole()
        removed = self._put(encoded({"removed": self._removed()}))
        number = max(int(time.time()), 1 + (self._one(_NEWEST) or 0))
        name = heads.the_signer().name
        head = Head(name, number, root, self.files, self.size, removed)
        self._db.execute("INSERT INTO heads VALUES (?)", (number,))
        self.place.lay("key", f"{heads.the_signer().verifier}\n".encode())
        self.place.settle()
        self.place.lay("head", heads.signed(head))
        self.place.settle()
        self._db.execute("COMMIT")
        self._sweep()
        self._db.close()
        return head

    def _whole(self) -> str:
        """Once more when whole folders had been forgotten, and were printed again."""
        root = ""
        for _walk in range(_MOST_WALKS):
            self.files = self.size = 0
            self.place.begin()
            root = self._folder("")
            gone = [
                self._lost(path, json.loads(told)["files"])
                for path, told in self._gone()
            ]
            if not any(gone):
                break
        return root

    def _one(self, query: str, *values: Any) -> Any:
        row = self._db.execute(query, values).fetchone()
        return row[0] if row else None

    def _folder(self, path: str) -> str:
        """``path``: of a folder, with a slash at its end; returns its hash."""
        row = self._db.execute(
            "SELECT stamp, told, folder FROM folders WHERE path = ?", (path,)
        ).fetchone()
        stamp = self.place.stamp(path)
        told = json.loads(row[1]) if row else {"files": {}, "folders": []}
        if not row or row[0] != stamp:
            told = self._look(path, told)
            stamp = self.place.stamp(path)  # something may have been printed
        found = Folder()
        for name, (size, digest, _stamp_of_file) in told["files"].items():
            found.files[name] = (size, digest)
            self.files += 1
            self.size += size
        for name in told["folders"]:
            if below := self._below(f"{path}{name}/"):
                found.folders[name] = below
        digest = found.put(self._put)
        self._keep(path, stamp, json.dumps(told), digest, row)
        return digest

    def _below(self, path: str) -> str:
        try:
            return self._folder(path)
        except (FileNotFoundError, NotADirectoryError):
            return ""  # it has just been taken away

    def _look(self, path: str, before: dict[str, Any]) -> dict[str, Any]:
        """What is in a folder now; a file that is as it was is not read."""
        self.changed += 1
        files, folders = self.place.scan(path, before["files"])
        lost = {n: told for n, told in before["files"].items() if n not in files}
        if self._lost(path, lost):
            self.place.again(path)
            files, folders = self.place.scan(path, before["files"])
        return {"files": files, "folders": sorted(folders)}

    def _lost(self, path: str, names: dict[str, Any]) -> bool:
        """Whether some of what was there could be printed again; what could not is said
        to be removed, by the hash of what it was: its address may be what is to go."""
        printed = False
        for name, (_size, digest, _stamp_of_file) in names.items():
            address = f"/{path}{name}".removesuffix("index.html")
            if self.prints(address):
                printed = True
            elif not path.startswith(_OURS):
                self._took_away = True
                self._db.execute("INSERT OR IGNORE INTO removed VALUES (?)", (digest,))
        return printed

    def _gone(self) -> Iterator[tuple[str, str]]:
        rows = self._db.execute(
            "SELECT path, told FROM folders WHERE round < ?", (self._round,)
        ).fetchall()
        for path, told in rows:
            yield path, told
            self._db.execute("DELETE FROM folders WHERE path = ?", (path,))

    def _removed(self) -> list[str]:
        rows = self._db.execute("SELECT digest FROM removed ORDER BY digest")
        return [digest for (digest,) in rows]

    def _keep(self, path: str, stamp: str, told: str, digest: str, row: Any) -> None:
        if row and (row[0], row[2]) == (stamp, digest):
            self._db.execute(
                "UPDATE folders SET round = ? WHERE path = ?", (self._round, path)
            )
            return
        self._db.execute(
            "INSERT OR REPLACE INTO folders VALUES (?, ?, ?, ?, ?)",
            (path, stamp, told, digest, self._round),
        )

    def _put(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        self._used.add(bytes.fromhex(digest))
        name = f"{digest[:2]}/{digest}.json"
        if not self.place.has(name):
            self.place.lay(name, data)
        return digest

    def _sweep(self) -> None:
        """Manifests that nobody reads any more; at once when something was taken away,
        for they name it."""
        before = time.time() - (0 if self._took_away else KEPT_SECONDS)
        for name, modified in self.place.parts():
            used = bytes.fromhex(name[3:].removesuffix(".json")) in self._used
            if not used and modified < before:
                self.place.drop(name)


_NEWEST = "SELECT MAX(number) FROM heads"
