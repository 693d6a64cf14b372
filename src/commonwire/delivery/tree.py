"""The public tree: one file a page, its compressed forms beside it."""

import contextlib
import gzip
import os
from collections.abc import Container, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import brotli
from django.conf import settings

from commonwire.delivery.bucket_tree import BucketTree
from commonwire.delivery.ground import Ground, place_of
from commonwire.delivery.headers import LASTING_PAGES, NOT_PAGES
from commonwire.env import BucketPlace
from commonwire.kit.bucket import Bucket
from commonwire.kit.files import sync, write_whole

SMALLEST_COMPRESSED = 200
SUFFIXES = (".gz", ".br")
# Small already: their compressed forms would be larger.
_SQUEEZED = {".png"}
Forms = list[tuple[str, bytes]]
_AT_ONCE = 8


class Tree(Ground):
    """A directory that any web server hands out."""

    def file(self, path: str) -> Path | None:
        """Where a public address lies; None when it can be nowhere."""
        place = place_of(path)
        return self.root / place if place else None

    def read(self, path: str) -> bytes | None:
        file = self.file(path)
        return _read(file) if file else None

    def printed_at(self, path: str) -> datetime | None:
        """When what lies there was last another; None when nothing does."""
        file = self.file(path)
        try:
            modified = file.stat().st_mtime if file else None
        except (FileNotFoundError, NotADirectoryError):
            return None
        return datetime.fromtimestamp(modified, UTC) if modified else None

    def write(self, path: str, body: bytes, *, plain: bool = False) -> bool:
        """Lay down a page with its compressed forms; False when it lay there already.

        The plain file comes last: whoever sees it new finds no old one beside it.
        ``plain``: it is waited for; whoever prints it next compresses it.
        """
        file = self.file(path)
        if file is None:
            raise ValueError(f"{path!r} is no public address")
        compressed = [] if plain else _compressed(file, body)
        if _read(file) == body and _are_there(file, compressed):
            return False
        try:
            self._lay(file, body, compressed)
        except FileNotFoundError:  # its folder was empty, and just taken away
            self._lay(file, body, compressed)
        self.pulse.beat()
        return True

    def _lay(self, file: Path, body: bytes, compressed: Forms) -> None:
        self._make_directory(file.parent)
        if not compressed:
            _remove(*(file.with_name(file.name + suffix) for suffix in SUFFIXES))
        for suffix, data in [*compressed, ("", body)]:
            write_whole(file.with_name(file.name + suffix), data, via=self.unfinished)

    def look_ahead(self, paths: Iterable[str]) -> None:
        """Before these are printed; files are at hand."""

    def finish(self) -> list[str]:
        """What of them has to be printed again: here each was laid down at once."""
        return []

    def forget(self, paths: Iterable[str]) -> None:
        """Remove pages that nobody holds."""
        for path in paths:
            with self.lock(path):
                self.remove(path)

    def settle(self, paths: Iterable[str], *, packed: Container[str]) -> None:
        """Lay the compressed forms beside those pages that have them, and wait until
        the disk has all as they are, or that they are gone.

        All at once, after readers see the pages: a disk that is asked for a hundred
        files in a row writes its own journal a hundred times.
        """
        plain = {path: file for path in paths if (file := self.file(path))}
        files = (
            file.with_name(file.name + suffix)
            for file in plain.values()
            for suffix in ("", *SUFFIXES)
        )
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(self._pack, [path for path in plain if path in packed]))
            list(pool.map(sync, files))
            list(pool.map(sync, dict.fromkeys(map(_existing, plain.values()))))

    def _pack(self, path: str) -> None:
        """Lay the compressed forms of what lies there."""
        with self.lock(path):
            body, file = self.read(path), self.file(path)
            if body is None or file is None:
                return
            forms = _compressed(file, body)
            if _are_there(file, forms):
                return
            for suffix, data in forms:
                form = file.with_name(file.name + suffix)
                write_whole(form, data, via=self.unfinished)
        self.pulse.beat()

    def remove(self, path: str) -> None:
        """Forget a page: the plain file first, for it says whether there is one. And
        its folder, if nothing else is in it: its name may be what is to go."""
        file = self.file(path)
        if file is None:
            return
        names = (file.name, f"{file.name}.gz", f"{file.name}.br")
        _remove(*(file.with_name(name) for name in names))
        self._prune(file.parent)
        self.pulse.beat()

    def _prune(self, directory: Path) -> None:
        with contextlib.suppress(OSError):  # not empty, or not there
            while directory != self.root:
                directory.rmdir()
                directory = directory.parent

    def there(self, paths: Iterable[str]) -> list[str]:
        """Those of the addresses at which something lies."""
        files = ((path, self.file(path)) for path in paths)
        return [path for path, file in files if file is not None and file.exists()]

    def folders(self, path: str) -> list[str]:
        """The addresses of the folders right below a folder's."""
        file = self.file(path)
        if file is None or not file.parent.is_dir():
            return []
        with os.scandir(file.parent) as entries:
            return sorted(f"{path}{each.name}/" for each in entries if each.is_dir())

    def below(self, path: str) -> list[str]:
        """The addresses of all that lies in a folder and in the folders in it."""
        file = self.file(path)
        found = file.parent.rglob("*") if file is not None else ()
        places = (each.relative_to(self.root) for each in found if each.is_file())
        return sorted(
            f"/{place}".removesuffix("index.html")
            for place in places
            if place.suffix not in SUFFIXES
        )

    def forget_pages(self) -> None:
        """Take every page away; each is printed again when it is asked for."""
        for entry in list(self.root.iterdir()):
            if entry.name in NOT_PAGES or entry == self.unfinished:
                continue
            if entry.is_file():
                entry.unlink(missing_ok=True)
                continue
            for directory, _names, files in os.walk(entry, topdown=False):
                if Path(directory).is_relative_to(self.root / LASTING_PAGES):
                    continue
                for name in files:
                    Path(directory, name).unlink(missing_ok=True)
                with contextlib.suppress(OSError):  # somebody just printed into it
                    Path(directory).rmdir()
        self.pulse.beat()

    def _make_directory(self, directory: Path) -> None:
        if directory.is_dir():
            return
        self._make_directory(directory.parent)
        with contextlib.suppress(FileExistsError):
            directory.mkdir()
            directory.chmod(0o755)


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def _remove(*files: Path) -> None:
    for file in files:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            file.unlink()


def _existing(file: Path) -> Path:
    """The directory that a file is in, or was in before it went with the file."""
    return next(each for each in file.parents if each.is_dir())


def _are_there(file: Path, forms: Forms) -> bool:
    """Whether a page's compressed forms lie beside it, byte by byte: after a power cut
    they may be there and hold nothing."""
    beside = ((file.with_name(file.name + suffix), data) for suffix, data in forms)
    return all(_read(form) == data for form, data in beside)


def _is_worth_it(file: Path, body: bytes) -> bool:
    return len(body) >= SMALLEST_COMPRESSED and file.suffix not in _SQUEEZED


def _compressed(file: Path, body: bytes) -> Forms:
    """Levels at which a page costs a millisecond, not thirty; that they are printed
    before an answer counts for more than the last two per cent."""
    if not _is_worth_it(file, body):
        return []
    return [
        (".gz", gzip.compress(body, 6, mtime=0)),
        (".br", brotli.compress(body, quality=5)),
    ]


@cache
def _tree_at(root: Path, data: Path, bucket: BucketPlace | None) -> Tree | BucketTree:
    tree: Tree | BucketTree
    if bucket:
        tree = BucketTree(root, data / "locks", Bucket(bucket))
    else:
        tree = Tree(root, data / "locks")
    tree.prepare()
    return tree


def the_tree() -> Tree | BucketTree:
    """What pages are printed into: a directory, or a bucket."""
    return _tree_at(settings.PUBLIC_DIR, settings.DATA_DIR, settings.BUCKET)
