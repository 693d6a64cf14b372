"""A site from a backup, onto an empty machine.

Everything is unpacked, checked and read again in folders of its own beside the places
where it belongs; only then it is moved there, the database last. Whatever goes wrong
before, these folders are all there is to take away.
"""

import contextlib
import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.conf import settings
from django.db import connection

from commonwire.changes import locks
from commonwire.kit.files import sync_directory
from commonwire.media.models import Attachment
from commonwire.media.states import State
from commonwire.rescue import archive, loading
from commonwire.rescue.archive import Opened
from commonwire.rescue.backing_up import KEYS
from commonwire.rescue.failures import Refused
from commonwire.rescue.listing import Listing
from commonwire.rescue.telling import Teller

UNFINISHED: Final = ".restoring"
_PIECE: Final = 1 << 20
# Where the pieces of a backup go: below the data directory or the public tree.
_PRIVATE, _PUBLIC = ("unpublished", "site_url"), "media"
Open = Callable[[Opened], Any]


@dataclass
class Restored:
    site: str
    made_at: str
    rows: int = 0
    files: int = 0
    without_keys: bool = False


def restore(file: Path, *, identity: Open, new_keys: bool = False) -> Restored:
    """``identity``: asked for what opens an encrypted archive. ``new_keys``: go without
    the keys that a backup in the clear does not hold."""
    places = _Places.here()
    chain = _chain(file)
    loading.check_known(chain[-1].about)
    with locks.held(locks.PREPARING):  # nobody else makes its tables meanwhile
        return _restored(chain, places, identity, new_keys=new_keys)


def _restored(
    chain: list[Opened], places: "_Places", identity: Open, *, new_keys: bool
) -> Restored:
    places.check_empty()
    if not chain[-1].is_sealed and not new_keys:
        places.check_keys()
    try:
        places.begin()
        return _Run(chain, places, identity).whole(new_keys=new_keys)
    except BaseException:
        loading.drop_all()
        raise
    finally:
        places.clear()


def _chain(file: Path) -> list[Opened]:
    """The archive and those that it needs, oldest first; they lie beside it."""
    newest = archive.opened(file)
    found = []
    for earlier in newest.about.since:
        path = file.parent / Path(earlier.file).name
        if not path.is_file():
            raise Refused(
                f"{file.name} goes on from {earlier.file}, which is not beside it; put "
                "it there"
            )
        one = archive.opened(path)
        if one.about.id != earlier.id:
            raise Refused(
                f"{path} is not the backup that {file.name} goes on from, but another"
            )
        found.append(one)
    return [*found, newest]


@dataclass(frozen=True)
class _Places:
    data: Path
    public: Path
    database: Path | None

    @classmethod
    def here(cls) -> "_Places":
        name = str(settings.DATABASES["default"]["NAME"])
        return cls(
            Path(settings.DATA_DIR),
            Path(settings.PUBLIC_DIR),
            Path(name) if connection.vendor == "sqlite" else None,
        )

    @property
    def private(self) -> Path:
        return self.data / UNFINISHED

    @property
    def shown(self) -> Path:
        return self.public.parent / f"{UNFINISHED}-{self.public.name}"

    @property
    def unfinished_database(self) -> Path | None:
        return (
            self.database.with_name(f"{UNFINISHED}-{self.database.name}")
            if self.database
            else None
        )

    def check_empty(self) -> None:
        for folder in (self.data, self.public):
            if folder.is_dir():
                self._check_folder(folder)
        if self.database is None:
            loading.check_empty()
        elif self.database.exists():
            raise _not_empty(self.database)

    def _check_folder(self, folder: Path) -> None:
        """Keys that were put there for the new site are welcome, and what a restore
        left that was cut off."""
        ours = {*KEYS, UNFINISHED, self.shown.name}
        if self.unfinished_database:
            ours |= {
                self.unfinished_database.name + end
                for end in ("", "-wal", "-shm", "-journal")
            }
        # The public tree and an empty folder for it are below the data directory.
        found = [
            each
            for each in folder.iterdir()
            if each.name not in ours
            and not (each == self.public and not any(each.iterdir()))
        ]
        if found:
            raise _not_empty(found[0])

    def check_keys(self) -> None:
        lacking = [name for name in KEYS if not (self.data / name).is_file()]
        if lacking:
            raise Refused(
                f"this backup is not encrypted and holds no keys; put {lacking[0]} of "
                f"the old site into {self.data}, or say --new-keys: then no author's key "
                "opens anything, and the public log begins to be signed by another"
            )

    def begin(self) -> None:
        self.clear()
        if not self.data.is_dir():
            self.data.mkdir(parents=True)
            self.data.chmod(0o711)
        self.private.mkdir(mode=0o700)
        self.shown.mkdir(parents=True)
        if self.unfinished_database:
            connection.close()
            connection.settings_dict["NAME"] = str(self.unfinished_database)

    def clear(self) -> None:
        for folder in (self.private, self.shown):
            shutil.rmtree(folder, ignore_errors=True)
        if self.unfinished_database:
            for end in ("", "-wal", "-shm", "-journal"):
                Path(f"{self.unfinished_database}{end}").unlink(missing_ok=True)

    def take_up(self) -> None:
        """The database comes last: without it there is no site."""
        for name in (*_PRIVATE, *KEYS):
            if (self.private / name).exists():
                (self.private / name).replace(self.data / name)
        self.public.mkdir(parents=True, exist_ok=True)
        self.public.chmod(0o755)
        if (self.shown / _PUBLIC).is_dir():
            (self.shown / _PUBLIC).rename(self.public / _PUBLIC)
            sync_directory(self.public)
        if self.unfinished_database and self.database:
            connection.close()
            connection.settings_dict["NAME"] = str(self.database)
            self.unfinished_database.replace(self.database)
            sync_directory(self.database.parent)
        sync_directory(self.data)


def _not_empty(found: Path) -> Refused:
    return Refused(
        f"there is something already: {found}; nothing was changed. Restore into an "
        "empty directory (COMMONWIRE_DATA)"
    )


class _Run:
    def __init__(self, chain: list[Opened], places: _Places, identity: Open) -> None:
        self.chain, self.places, self.identity = chain, places, identity
        self.teller = Teller("piece")
        self.listing = Listing()

    def whole(self, *, new_keys: bool) -> Restored:
        for each in self.chain:
            self._unpack(each)
        self._check_files()
        told = self._database()
        self._drop_strays()
        self.places.take_up()
        self.teller.close()
        about = self.chain[-1].about
        return Restored(
            about.site,
            about.made_at,
            rows=sum(table["rows"] for table in told),
            files=self.listing.count("media") + self.listing.count("unpublished"),
            without_keys=new_keys and not self.chain[-1].is_sealed,
        )

    def _unpack(self, each: Opened) -> None:
        """What lies there by the same name is of an older one."""
        listed, ended = "", False
        for name, modified, content in each.members(self.identity(each)):
            if name == archive.END:
                told = json.loads(content.read(_PIECE))
                ended = told.get("contents") == listed
                continue
            target = self._target(name)
            digest, size = _laid(content, target, modified)
            if name == archive.CONTENTS:
                listed = digest
            else:
                self.listing.found(name, digest)
            self.teller.did(size)
        if not ended:
            raise Refused(
                f"{each.path.name} was cut or changed; nothing of it was used"
            )
        self._follow(self._target(archive.CONTENTS), each.path.name)

    def _target(self, name: str) -> Path:
        top, _slash, rest = name.partition("/")
        if top == _PUBLIC and rest:
            return self.places.shown / name
        if top == "keys" and rest in KEYS:
            return self.places.private / rest
        if name in {archive.CONTENTS, "tables.json", "site_url"} or (
            top in {"rows", "unpublished"} and rest
        ):
            return self.places.private / name
        raise Refused(f"the backup has a piece that is not known: {name}")

    def _follow(self, contents: Path, file: str) -> None:
        """What an archive adds to the list, and what it takes from it."""
        with gzip.open(contents) as lines:
            for line in lines:
                told = json.loads(line)
                if "gone" in told:
                    self._remove(self.listing.forget(told["gone"]))
                else:
                    self.listing.wants(told["name"], told["sha256"])
        if wrong := self.listing.wrong():
            raise Refused(f"{file} was changed: {wrong} is not what it was")

    def _remove(self, names: list[str]) -> None:
        for name in names:
            self._target(name).unlink(missing_ok=True)

    def _check_files(self) -> None:
        """From the disk: what is not listed goes, the rest is what it was."""
        self._remove(self.listing.unlisted())
        os.sync()  # once for all: waiting for each file takes as long as all of them
        for name, digest in self.listing:
            if _digest_on_disk(self._target(name)) != digest:
                raise Refused("the disk does not give back what was written")

    def _database(self) -> list[dict[str, Any]]:
        folder, about = self.places.private / "rows", self.chain[-1].about
        told: list[dict[str, Any]] = json.loads(
            (self.places.private / "tables.json").read_bytes()
        )
        with _quick():
            loading.make_tables(about)
            loading.check_tables(told)
            loading.load(folder, told, lambda many: self.teller.did(count=many))
            loading.read_again(folder, told)
            loading.bring_up_to_date()
        return told

    def _drop_strays(self) -> None:
        """Files that came along and that no row names."""
        public = Attachment.objects.filter(published_at__isnull=False)
        for folder in _folders(self.places.shown / _PUBLIC):
            made = public.filter(content_id=folder.name, state=State.MADE)
            captions = public.filter(captions_id=folder.name)
            if not made.exists() and not captions.exists():
                shutil.rmtree(folder)
            else:
                _open_to_readers(folder)
        for folder in _folders(self.places.private / "unpublished"):
            if not Attachment.objects.filter(public_id=folder.name).exists():
                shutil.rmtree(folder)
        media = self.places.shown / _PUBLIC
        if media.is_dir():
            media.chmod(0o755)


@contextlib.contextmanager
def _quick() -> Iterator[None]:
    """A database that is thrown away when this fails needs no journal of each step."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA synchronous=FULL")
    path = str(connection.settings_dict["NAME"])
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def _laid(content: BinaryIO, target: Path, modified: int) -> tuple[str, int]:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as file:
        while data := content.read(_PIECE):
            digest.update(data)
            file.write(data)
            size += len(data)
    if modified:
        os.utime(target, (modified, modified))
    return digest.hexdigest(), size


def _digest_on_disk(path: Path) -> str:
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(file, "sha256").hexdigest()


def _folders(path: Path) -> list[Path]:
    return [each for each in path.iterdir() if each.is_dir()] if path.is_dir() else []


def _open_to_readers(folder: Path) -> None:
    folder.chmod(0o755)
    for file in folder.iterdir():
        file.chmod(0o644)
