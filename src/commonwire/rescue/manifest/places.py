"""Where a tree with its manifest lies: in a folder, or in a bucket."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Protocol

import pysqlite3
from django.conf import settings

from commonwire.delivery.bucket_tree import said_in
from commonwire.kit.bucket import Bucket, Listed
from commonwire.kit.files import sync_directory, write_whole
from commonwire.rescue.manifest.folders import FOLDER, PACKED

# Of each file, by its name: its size, its hash, and a stamp that tells it from others.
Told = dict[str, Any]


class Place(Protocol):
    """Folders are named with a slash at their end; the topmost is ""."""

    def begin(self) -> None:
        """Before a walk through all of it."""

    def stamp(self, folder: str) -> str:
        """Another one when something in it changed; FileNotFoundError when it is gone."""

    def scan(self, folder: str, before: Told) -> tuple[Told, list[str]]:
        """Its files, and the folders in it; ``before``: files as they were told."""

    def again(self, folder: str) -> None:
        """Something was printed into it since the walk began."""

    def has(self, name: str) -> bool:
        """Whether a part of the manifest is there."""

    def lay(self, name: str, data: bytes) -> None: ...

    def settle(self) -> None:
        """Wait until all of it is safe."""

    def parts(self) -> Iterator[tuple[str, float]]:
        """The parts of all manifests, and when each was laid down."""

    def drop(self, name: str) -> None: ...

    def made_at(self) -> float | None:
        """When the head was; None when there is none."""


class Folders:
    def __init__(self, root: Path) -> None:
        self.root = root

    def begin(self) -> None:
        (self.root / FOLDER).mkdir(mode=0o755, exist_ok=True)
        (self.root / FOLDER).chmod(0o755)

    def stamp(self, folder: str) -> str:
        return _stamp(os.stat(self.root / folder))  # noqa: PTH116 - one for each folder

    def scan(self, folder: str, before: Told) -> tuple[Told, list[str]]:
        files, folders = Told(), []
        with os.scandir(self.root / folder) as entries:
            for entry in entries:
                if entry.name[0] == "." or (not folder and entry.name == FOLDER):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.name)
                elif told := _file(entry, before.get(entry.name)):
                    files[entry.name] = told
        return files, folders

    def again(self, folder: str) -> None:
        """Each look is a fresh one."""

    def has(self, name: str) -> bool:
        return (self.root / FOLDER / name).exists()

    def lay(self, name: str, data: bytes) -> None:
        file = self.root / FOLDER / name
        if not file.parent.is_dir():
            file.parent.mkdir()
            file.parent.chmod(0o755)
        write_whole(file, data, via=self.root / FOLDER)

    def settle(self) -> None:
        sync_directory(self.root / FOLDER)

    def parts(self) -> Iterator[tuple[str, float]]:
        for file in (self.root / FOLDER).glob("??/*.json"):
            yield f"{file.parent.name}/{file.name}", file.stat().st_mtime

    def drop(self, name: str) -> None:
        (self.root / FOLDER / name).unlink(missing_ok=True)

    def made_at(self) -> float | None:
        head = self.root / FOLDER / "head"
        return head.stat().st_mtime if head.is_file() else None


_SCHEMA: Final = """
CREATE TABLE files (
    folder TEXT, name TEXT, size INTEGER, etag TEXT, modified REAL,
    PRIMARY KEY (folder, name)
) WITHOUT ROWID;
CREATE TABLE folders (folder TEXT, name TEXT, PRIMARY KEY (folder, name)) WITHOUT ROWID;
"""


class Objects:
    """One list of all objects before a walk, kept on the disk: a bucket has no folders
    that could be looked at, and to ask for each of them would take longer."""

    def __init__(self, bucket: Bucket) -> None:
        self.bucket = bucket
        self._db: Any = pysqlite3.connect("", isolation_level=None)
        self._db.executescript(_SCHEMA)

    def begin(self) -> None:
        self._db.execute("BEGIN")
        self._db.execute("DELETE FROM files")
        self._db.execute("DELETE FROM folders")
        for each in self.bucket.listed(""):
            self._note(each)
        self._db.execute("COMMIT")

    def _note(self, each: Listed) -> None:
        folder, _slash, name = each.key.rpartition("/")
        folder = f"{folder}/" if folder else ""
        row = (folder, name, each.size, each.etag, each.modified.timestamp())
        self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", row)
        while folder:
            above, _slash, name = folder[:-1].rpartition("/")
            above = f"{above}/" if above else ""
            new = self._db.execute(
                "INSERT OR IGNORE INTO folders VALUES (?, ?)", (above, name)
            )
            if not new.rowcount:
                return
            folder = above

    def stamp(self, folder: str) -> str:
        if not self._folders(folder) and not self._files(folder) and folder:
            raise FileNotFoundError(folder)
        found = hashlib.sha256()
        for row in (*self._files(folder), *self._folders(folder)):
            found.update(repr(row).encode())
        return found.hexdigest()

    def _files(self, folder: str) -> list[Any]:
        rows = self._db.execute(
            "SELECT name, size, etag FROM files WHERE folder = ? ORDER BY name",
            (folder,),
        ).fetchall()
        return [row for row in rows if row[0][0] != "." and not row[0].endswith(PACKED)]

    def _folders(self, folder: str) -> list[Any]:
        rows = self._db.execute(
            "SELECT name FROM folders WHERE folder = ? ORDER BY name", (folder,)
        ).fetchall()
        return [
            row for row in rows if row[0][0] != "." and (folder or row[0] != FOLDER)
        ]

    def scan(self, folder: str, before: Told) -> tuple[Told, list[str]]:
        def told(row: Any) -> Any:
            name, size, etag = row
            was = before.get(name)
            if was and was[2] == etag:
                return was
            return self._told(f"{folder}{name}", size, etag)

        rows = self._files(folder)
        found = zip(rows, self.bucket.each(told, rows), strict=True)
        files = {row[0]: each for row, each in found if each}
        return files, [name for (name,) in self._folders(folder)]

    def _told(self, key: str, size: int, etag: str) -> Any:
        """None for what was just taken away."""
        local = Path(settings.PUBLIC_DIR) / key
        if key.startswith("media/") and _size(local) == size:  # never another under it
            with local.open("rb") as file:
                return [size, hashlib.file_digest(file, "sha256").hexdigest(), etag]
        seen = self.bucket.look(key)
        if seen and seen.digest and seen.etag == etag:
            return [size, seen.digest, etag]
        found = self.bucket.read(key)
        if found is None:
            return None
        body, seen = found
        return [len(body), hashlib.sha256(body).hexdigest(), seen.etag]

    def again(self, folder: str) -> None:
        """What was printed into a folder since the walk began."""
        for each in self.bucket.listed(folder, below=False):
            self._note(each)

    def has(self, name: str) -> bool:
        folder, _slash, name = f"{FOLDER}/{name}".rpartition("/")
        query = "SELECT 1 FROM files WHERE folder = ? AND name = ?"
        return self._db.execute(query, (f"{folder}/", name)).fetchone() is not None

    def lay(self, name: str, data: bytes) -> None:
        key = f"{FOLDER}/{name}"
        self.bucket.put(key, data, said_in(f"/{key}"))

    def settle(self) -> None:
        """What is in the bucket is safe."""

    def parts(self) -> Iterator[tuple[str, float]]:
        rows = self._db.execute(
            "SELECT folder, name, modified FROM files WHERE folder GLOB ?",
            (f"{FOLDER}/??/",),
        ).fetchall()
        for folder, name, modified in rows:
            yield f"{folder.removeprefix(f'{FOLDER}/')}{name}", modified

    def drop(self, name: str) -> None:
        self.bucket.delete([f"{FOLDER}/{name}"])

    def made_at(self) -> float | None:
        seen = self.bucket.look(f"{FOLDER}/head")
        return seen.modified.timestamp() if seen else None


def _size(file: Path) -> int | None:
    try:
        return file.stat().st_size
    except OSError:
        return None


def _file(entry: os.DirEntry[str], before: Any) -> list[Any] | None:
    """Size, hash and stamp; None for what is no file of its own, or just gone."""
    if entry.name.endswith(PACKED) or not entry.is_file(follow_symlinks=False):
        return None
    try:
        stamp = _stamp(entry.stat(follow_symlinks=False))
        if before and before[2] == stamp:
            return list(before)
        with open(entry.path, "rb") as file:  # noqa: PTH123 - a Path costs as much as it
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return [os.fstat(file.fileno()).st_size, digest, stamp]
    except FileNotFoundError:
        return None


def _stamp(found: os.stat_result) -> str:
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns}"
