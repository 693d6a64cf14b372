"""A backup of the running site.

1. The files of posts. They never change under their names; new ones go on coming.
2. The rows, as they are at one moment. Nobody who writes waits for that.
3. The files that these rows name and that came after 1. Files lie there before their
   rows do, so that only what was removed since can be missing: then 2 is done again.

So files without rows may come along, and never rows without their files.
"""

import gzip
import hashlib
import json
import os
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from commonwire.kit.files import sync_directory, whole_file
from commonwire.media.models import Attachment
from commonwire.media.states import State
from commonwire.media.store import TRACES
from commonwire.rescue import archive, rows, tables
from commonwire.rescue.archive import About, Earlier, Pieces
from commonwire.rescue.failures import Refused
from commonwire.rescue.known import FOLDER, Known
from commonwire.rescue.sealing import Seal
from commonwire.rescue.tables import Table
from commonwire.rescue.telling import Teller

KEYS: Final = ("secret_key", "log_key")
MOST_ROUNDS: Final = 3
_QUICK: Final = 3


@dataclass
class Done:
    about: About
    files: int = 0
    pieces: int = 0
    rows: int = 0
    unchanged: int = 0
    size: int = 0
    left_out: list[str] = field(default_factory=list)


def back_up(target: Path, *, since: Path | None, seal: Seal | None) -> Done:
    """Refused when it cannot be; then there is no file."""
    if target.exists():
        raise Refused(f"{target} is there already; choose another name")
    earlier = archive.opened(since) if since else None
    if earlier and earlier.is_sealed != bool(seal):
        raise Refused("encrypt both this backup and the one it goes on from, or none")
    about = _about(earlier)
    known = Known(Path(settings.DATA_DIR) / FOLDER, about.id)
    try:
        with whole_file(target) as (_partial, file):
            size = since.stat().st_size if since else 0
            known.begin(earlier.about.id if earlier else "", size)
            done = _Run(about, known, file, seal).whole()
            done.size = os.fstat(file.fileno()).st_size
        sync_directory(target.parent)
        known.keep(done.size)
    except FileNotFoundError as error:
        raise Refused(f"{target.parent}: {error.strerror}") from None
    finally:
        known.drop()
    return done


def _about(earlier: archive.Opened | None) -> About:
    since = (
        [*earlier.about.since, Earlier(earlier.about.id, earlier.path.name)]
        if earlier
        else []
    )
    applied: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        applied.setdefault(app, []).append(name)
    return About(
        id=secrets.token_hex(8),
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        version=version("commonwire"),
        site=settings.SITE_URL,
        since=since,
        migrations=applied,
    )


class _Run:
    def __init__(
        self, about: About, known: Known, file: BinaryIO, seal: Seal | None
    ) -> None:
        self.about, self.known, self.file, self.seal = about, known, file, seal
        self.done = Done(about)
        self.teller = Teller("piece")
        self.out: Pieces
        self._contents = tempfile.TemporaryFile()  # noqa: SIM115 - for all of the run
        self._lines = gzip.GzipFile("", "wb", 6, self._contents, mtime=0)

    def whole(self) -> Done:
        with (
            self._contents,
            self._lines,
            archive.written(self.file, self.about, self.seal) as self.out,
        ):
            self._keys()
            for folder, path in _folders_of_files():
                self._folder(folder, path)
            self._rows_with_their_files()
            for folder in self.known.gone():
                self._say({"gone": f"{folder}/"})
            self._close()
        self.teller.close()
        return self.done

    def _keys(self) -> None:
        data = Path(settings.DATA_DIR)
        self._add("", "site_url", f"{settings.SITE_URL}\n".encode())
        for name in KEYS:
            file = data / name
            if self.seal and file.is_file():
                self._add("keys/", name, file.read_bytes())
            elif file.is_file():
                self.done.left_out.append(
                    f"{name}: this backup is not encrypted; keep a copy of {file} apart"
                )
        self.done.left_out += [
            f"{name}: {why}" for name, why in tables.LEFT_OUT.items() if why
        ]
        self.done.left_out.append("uploads that are not made into renditions yet")

    def _folder(self, folder: str, path: Path) -> None:
        """A folder that has another stamp has other files; which were there before is
        told by what is in them."""
        try:
            stamp = _stamp(path)
        except FileNotFoundError:
            return
        if self.known.is_as_it_was(folder, stamp):
            self.done.unchanged += 1
            return
        before, now = self.known.pieces(folder), {}
        for name in sorted(each.name for each in _files_in(path)):
            now[name] = self._file(folder, path / name, before.get(name, ""))
        self._gone(folder, before, now)
        self.known.remember(folder, stamp, {k: v for k, v in now.items() if v})

    def _file(self, folder: str, path: Path, before: str) -> str:
        """Returns its hash; "" when it has just been removed."""
        try:
            with path.open("rb") as file:
                if before and hashlib.file_digest(file, "sha256").hexdigest() == before:
                    self.done.unchanged += 1
                    return before
                file.seek(0)
                found = os.fstat(file.fileno())
                name = f"{folder}/{path.name}"
                digest = self.out.add_file(
                    name, file, found.st_size, modified=found.st_mtime
                )
        except FileNotFoundError:
            return ""
        self._say({"name": name, "sha256": digest})
        self.done.files += 1
        self.teller.did(found.st_size)
        return digest

    def _gone(self, folder: str, before: dict[str, str], now: dict[str, str]) -> None:
        for name in before:
            if not now.get(name):
                self._say({"gone": f"{folder}/{name}"})

    # Rows

    def _rows_with_their_files(self) -> None:
        for _round in range(MOST_ROUNDS):
            with rows.one_moment():
                told = [self._table(table) for table in tables.tables()]
                lacking = list(self._late_files())
            if not lacking:
                self._add("", "tables.json", json.dumps(told, indent=1).encode())
                return
        raise Refused(
            f"files are missing, such as those of {lacking[0]}; `commonwire media "
            "check` says what is to be done"
        )

    def _table(self, table: Table) -> dict[str, Any]:
        folder = f"rows/{table.name}"
        before, now, count = self.known.pieces(folder), {}, 0
        for number, lines, many in rows.pieces(table):
            name, content = f"{number:09}.jsonl.gz", hashlib.sha256(lines).hexdigest()
            if before.get(name) != content:
                self._add(f"{folder}/", name, gzip.compress(lines, _QUICK, mtime=0))
            now[name] = content
            count += many
            self.teller.did(len(lines))
        self.done.rows += count
        self._gone(folder, before, now)
        self.known.remember(folder, "", now)
        newest = rows.newest_number(table) if table.counted else 0
        return {
            "name": table.name,
            "key": table.key,
            "columns": [[column.name, column.kind] for column in table.columns],
            "rows": count,
            "newest": newest,
        }

    def _late_files(self) -> Iterator[str]:
        """Take what rows name and is not taken yet; the ids of what is not there."""
        media = Path(settings.PUBLIC_DIR) / "media"
        for content_id in _named_contents():
            folder = f"media/{content_id}"
            if not self.known.knows(folder):
                self._folder(folder, media / content_id)
            if not self.known.knows(folder):
                yield content_id

    def _add(self, folder: str, name: str, data: bytes) -> None:
        digest = self.out.add(f"{folder}{name}", data)
        self._say({"name": f"{folder}{name}", "sha256": digest})
        self.done.pieces += 1

    def _say(self, line: dict[str, str]) -> None:
        self._lines.write(f"{json.dumps(line)}\n".encode())

    def _close(self) -> None:
        self._lines.close()
        size = self._contents.tell()
        self._contents.seek(0)
        digest = self.out.add_file(archive.CONTENTS, self._contents, size)
        self.out.add(archive.END, json.dumps({"contents": digest}).encode())


def _folders_of_files() -> Iterator[tuple[str, Path]]:
    """Each folder with renditions, public ones and drafts', by its name in a backup."""
    media = Path(settings.PUBLIC_DIR) / "media"
    for each in _directories_in(media):
        yield f"media/{each.name}", Path(each.path)
    for room in _directories_in(Path(settings.DATA_DIR) / "unpublished"):
        yield f"unpublished/{room.name}", Path(room.path)
        for each in _directories_in(Path(room.path)):
            yield f"unpublished/{room.name}/{each.name}", Path(each.path)


def _directories_in(path: Path) -> Iterator[os.DirEntry[str]]:
    """Those that are not being made just now."""
    try:
        entries = os.scandir(path)
    except FileNotFoundError:
        return
    with entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False) and entry.name[0] != ".":
                yield entry


def _files_in(path: Path) -> Iterator[os.DirEntry[str]]:
    """But for what only a draft's author may read: no copy remembers that."""
    with os.scandir(path) as entries:
        for entry in entries:
            is_whole = entry.is_file(follow_symlinks=False) and entry.name[0] != "."
            if is_whole and entry.name != TRACES:
                yield entry


def _stamp(path: Path) -> str:
    """Another one when a file came into a folder or went from it."""
    found = path.stat()
    return f"{found.st_ino} {found.st_mtime_ns} {found.st_ctime_ns}"


def _named_contents() -> Iterator[str]:
    """The public folders that rows name."""
    public = Attachment.objects.filter(published_at__isnull=False).order_by()
    made = public.filter(state=State.MADE).exclude(content_id="")
    captions = public.exclude(captions_id="")
    yield from made.values_list("content_id", flat=True).iterator(chunk_size=2_000)
    yield from captions.values_list("captions_id", flat=True).iterator(chunk_size=2_000)
