"""A copy of a site over HTTP, from its manifest.

What is fetched goes into place only when it is what the manifest names. What the site
has taken away goes first: somebody may depend on it. A run that was cut goes on where it
was, and the copy counts as the newest one only when it is whole.
"""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import quote, urlsplit

from commonwire.kit import fetching
from commonwire.kit.fetching import Unfetched
from commonwire.moderation.log.notes import Verifier
from commonwire.rescue.failures import Refused
from commonwire.rescue.manifest import folders, heads
from commonwire.rescue.manifest.folders import FOLDER, BadManifest, File, Folder, place
from commonwire.rescue.manifest.heads import Head
from commonwire.rescue.manifest.verifying import OWN
from commonwire.rescue.telling import Teller

ROUNDS: Final = 3
_SECONDS: Final = 30.0
_SLOWEST: Final = 20_000  # bytes a second
_PARTS_KEPT_FROM: Final = 1 << 20


@dataclass
class Mirrored:
    head: Head
    verifier: Verifier
    requests: int = 0
    bytes: int = 0
    fetched: int = 0
    removed: int = 0
    failed: list[str] = field(default_factory=list)


def mirror(url: str, target: Path, key: str = "") -> Mirrored:
    """``key``: that of the site, as somebody told it. Raises Refused."""
    place_of = target / OWN
    if target.exists() and not place_of.is_dir() and any(target.iterdir()):
        raise Refused(
            f"{target} holds something that is no mirror; nothing was changed. Name a "
            "new directory"
        )
    for folder in (place_of / "parts", target / FOLDER):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        return _Run(_Source(url), target, key).whole()
    except BadManifest as error:
        raise Refused(f"the source is not believed: {error}") from error
    except Unfetched as error:
        raise Refused(f"{url}: {error.words}") from error


class _Source:
    """A site, or a mirror of one."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.requests = self.bytes = 0
        if urlsplit(url).scheme not in {"http", "https"}:
            raise Refused(f"{url!r} is no address of a site; it begins with https://")

    def into(self, name: str, file: BinaryIO, most: int) -> None:
        """The operator named this address, so it may be on this machine."""
        before = file.tell()
        self.requests += 1
        try:
            fetching.fetch_into(
                f"{self.url}/{quote(name)}",
                file,
                most_bytes=most,
                seconds=_SECONDS + most / _SLOWEST,
                inside=True,
            )
        finally:
            self.bytes += max(file.tell() - before, 0)


class _Forgotten(Exception):
    """What a folder looked like is not here any more."""


class _Run:
    def __init__(self, source: _Source, target: Path, key: str) -> None:
        self.source, self.target = source, target
        self.own = target / OWN
        self.verifier = self._verifier(key)
        self.before = self._head(self.own / "whole")
        self.teller = Teller("file")

    def whole(self) -> Mirrored:
        """A site changes while it is read: what is not as its manifest says is tried
        again when there is a newer one."""
        done = self._round(self._newest())
        for _round in range(ROUNDS - 1):
            newer = self._newest() if done.failed else done.head
            if newer == done.head:
                break
            done = self._round(newer, done)
        self.teller.close()
        done.requests, done.bytes = self.source.requests, self.source.bytes
        if not done.failed:
            self._settle(done.head)
        return done

    # Its head

    def _verifier(self, key: str) -> Verifier:
        """The one that was told, or the one that the first run saw."""
        kept = self.own / "key"
        if not kept.is_file():
            told = key or self._small(f"{FOLDER}/key", heads.LARGEST).decode()
            _write(kept, f"{heads.verifier_of(told)}\n".encode())
        verifier = heads.verifier_of(kept.read_text())
        if key and heads.verifier_of(key).public != verifier.public:
            raise Refused(
                f"--key is not the key that this mirror was begun with: {verifier}"
            )
        return verifier

    def _head(self, file: Path) -> Head | None:
        return (
            heads.opened(file.read_bytes(), self.verifier) if file.is_file() else None
        )

    def _newest(self) -> Head:
        note = self._small(f"{FOLDER}/head", heads.LARGEST)
        head, seen = heads.opened(note, self.verifier), self._head(self.own / "seen")
        if seen and head.number < seen.number:
            raise Refused(
                "the source shows an older manifest than it did before: "
                f"number {head.number} after {seen.number}"
            )
        if seen and head.number == seen.number and head != seen:
            raise Refused(f"the source shows two manifests as number {head.number}")
        _write(self.own / "seen", note)
        return head

    def _small(self, name: str, most: int) -> bytes:
        file = self.own / "parts" / "small"
        with file.open("w+b") as part:
            self.source.into(name, part, most)
            part.seek(0)
            return part.read()

    def _get(self, digest: str) -> bytes:
        file = self.target / place(digest)
        if file.is_file():
            data = file.read_bytes()
            if hashlib.sha256(data).hexdigest() == digest:
                return data
        data = self._small(place(digest), folders.LARGEST)
        if hashlib.sha256(data).hexdigest() != digest:
            raise BadManifest(f"a part of it is not what its name says: {digest}")
        _write(file, data)
        return data

    # What is new

    def _round(self, head: Head, done: Mirrored | None = None) -> Mirrored:
        found = Mirrored(head, self.verifier)
        if done:
            found.fetched, found.removed = done.fetched, done.removed
        known = self.before.root if self.before else ""
        try:
            found.removed += (
                self._remove(head.root, known, Path()) if known else self._clear(head)
            )
        except _Forgotten:
            known = ""
            found.removed += self._clear(head)
        for file in self._wanted(head.root, known, ""):
            if self._has(file):
                continue
            if self._fetch(file):
                found.fetched += 1
            else:
                found.failed.append(file.address)
        self._get(head.removed)
        return found

    def _wanted(self, new: str, old: str, under: str, depth: int = 0) -> Iterator[File]:
        """Files that are not as they were."""
        if new == old:
            return
        if depth > folders.DEEPEST:
            raise BadManifest("it is too deep")
        now = self._read(new, under)
        before = self._read_old(old) if old else Folder()
        for name, told in sorted(now.files.items()):
            if before.files.get(name) != told:
                yield File(f"{under}{name}", *told)
        for name, digest in sorted(now.folders.items()):
            was = before.folders.get(name, "")
            yield from self._wanted(digest, was, f"{under}{name}/", depth + 1)

    def _read(self, digest: str, under: str) -> Folder:
        found = folders.read(digest, self._get)
        if under in {"", "."} and FOLDER in {*found.files, *found.folders}:
            raise BadManifest("it names itself")
        return found

    def _read_old(self, digest: str) -> Folder:
        """Of the last whole copy: the source may have it no more."""

        def get(digest: str) -> bytes:
            file = self.target / place(digest)
            if not file.is_file():
                raise _Forgotten
            return file.read_bytes()

        return folders.read(digest, get)

    def _remove(self, new: str, old: str, under: Path) -> int:
        """What is not in a folder any more, and in those below."""
        if new == old:
            return 0
        now, before = self._read(new, str(under)), self._read_old(old)
        gone = [name for name in before.files if name not in now.files]
        for name in gone:
            (self.target / under / name).unlink(missing_ok=True)
        count = len(gone)
        for name, digest in before.folders.items():
            if name in now.folders:
                count += self._remove(now.folders[name], digest, under / name)
            else:
                count += _remove_folder(self.target / under / name)
        return count

    def _clear(self, head: Head) -> int:
        """Without a whole copy from before: whatever lies here and is not named."""
        listed = {file.address for file in folders.files(head.root, self._get)}
        count = 0
        for file in list(self.target.rglob("*")):
            name = file.relative_to(self.target)
            if name.parts[0] in {OWN, FOLDER} or file.is_dir():
                continue
            if str(name) not in listed:
                file.unlink()
                count += 1
        return count

    # Files

    def _has(self, file: File) -> bool:
        path = self.target / file.address
        if not path.is_file() or path.stat().st_size != file.size:
            return False
        return _digest(path) == file.sha256

    def _fetch(self, file: File) -> bool:
        """False when what came is not what the manifest names, or nothing did."""
        part = self.own / "parts" / file.sha256
        for _try in range(ROUNDS):
            begun = part.is_file()
            if self._fetch_part(file, part):
                return True
            if not begun and not part.is_file():
                return False  # it came whole, and is another; or it is too small
        return False

    def _fetch_part(self, file: File, part: Path) -> bool:
        try:
            with part.open("a+b") as into:
                into.seek(0, 2)
                if into.tell() < file.size or not file.size:
                    self.source.into(file.address, into, file.size)
        except Unfetched:
            if part.stat().st_size < _PARTS_KEPT_FROM:
                part.unlink()
            if not self._answers():
                raise
            return False
        if _digest(part) != file.sha256:
            part.unlink()
            return False
        target = self.target / file.address
        _make_way(self.target, target)
        part.chmod(0o644)
        part.replace(target)
        self.teller.did(file.size)
        return True

    def _answers(self) -> bool:
        """Whether the source does at all: one file alone may be gone."""
        try:
            self._small(f"{FOLDER}/head", heads.LARGEST)
        except Unfetched:
            return False
        return True

    # The end

    def _settle(self, head: Head) -> None:
        _write(self.target / FOLDER / "key", f"{self.verifier}\n".encode())
        note = (self.own / "seen").read_bytes()
        _write(self.target / FOLDER / "head", note)
        if not self.before or self.before.root != head.root:
            self._clear_manifests(head)
        _write(self.own / "whole", note)
        shutil.rmtree(self.own / "parts")

    def _clear_manifests(self, head: Head) -> None:
        """Of folders as they were: they name what was taken away."""
        used = {head.removed}

        def get(digest: str) -> bytes:
            used.add(digest)
            return self._get(digest)

        for _file in folders.files(head.root, get):
            pass
        for file in (self.target / FOLDER).glob("??/*.json"):
            if file.stem not in used:
                file.unlink()


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.new")
    new.write_bytes(data)
    new.chmod(0o644)
    new.replace(file)


def _make_way(root: Path, target: Path) -> None:
    """A file may stand where there is a folder now, and a folder where there is a
    file."""
    for folder in reversed(target.relative_to(root).parents):
        path = root / folder
        if path.is_symlink() or path.is_file():
            path.unlink()
        path.mkdir(mode=0o755, exist_ok=True)
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)


def _remove_folder(path: Path) -> int:
    count = sum(1 for file in path.rglob("*") if file.is_file())
    shutil.rmtree(path, ignore_errors=True)
    return count


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
