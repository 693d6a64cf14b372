"""Whether a copy of a public tree is what its manifest was signed for."""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from commonwire.moderation.log.notes import Verifier
from commonwire.rescue.manifest import folders, heads
from commonwire.rescue.manifest.folders import FOLDER, PACKED, BadManifest, File, place
from commonwire.rescue.manifest.heads import Head

_PIECE = 1 << 20
# What a mirror keeps beside the tree.
OWN = ".mirror"


class Copy(Protocol):
    def read(self, name: str, most: int) -> bytes | None:
        """A small file; None when there is none."""

    def digest(self, name: str) -> str | None:
        """The hash of a file; None when there is none."""

    def names(self) -> Iterator[str]:
        """All files."""


@dataclass(frozen=True)
class InFolder:
    root: Path

    def read(self, name: str, most: int) -> bytes | None:
        try:
            with (self.root / name).open("rb") as file:
                return file.read(most + 1)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def digest(self, name: str) -> str | None:
        path = self.root / name
        if path.is_symlink() or not path.is_file():
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def names(self) -> Iterator[str]:
        for folder, below, files in os.walk(self.root):
            here = Path(folder).relative_to(self.root)
            below[:] = [name for name in below if here.parts or name != OWN]
            yield from (str(here / name) for name in files)


@dataclass(frozen=True)
class InZip:
    archive: zipfile.ZipFile

    def read(self, name: str, most: int) -> bytes | None:
        try:
            with self.archive.open(name) as file:
                return file.read(most + 1)
        except KeyError:
            return None

    def digest(self, name: str) -> str | None:
        found = hashlib.sha256()
        try:
            with self.archive.open(name) as file:
                while data := file.read(_PIECE):
                    found.update(data)
        except (KeyError, zipfile.BadZipFile):
            return None
        return found.hexdigest()

    def names(self) -> Iterator[str]:
        yield from self.archive.namelist()


@dataclass
class Verdict:
    """``still_here``: what was taken away from the site, and is not from the copy."""

    head: Head
    verifier: Verifier
    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    still_here: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not (self.missing or self.changed or self.added or self.still_here)


def verify(
    copy: Copy,
    verifier: Verifier | None = None,
    did: Callable[[int], None] = lambda _: None,
) -> Verdict:
    """Raises BadManifest when there is nothing to compare with."""
    verifier = verifier or own_key(copy)
    head = heads.opened(copy.read(f"{FOLDER}/head", heads.LARGEST) or b"", verifier)
    verdict, listed, read = Verdict(head, verifier), set[str](), set[str]()

    def get(digest: str) -> bytes:
        read.add(place(digest))
        data = copy.read(place(digest), folders.LARGEST)
        if data is None:
            raise BadManifest(f"a part of it is missing: {place(digest)}")
        return data

    for file in folders.files(head.root, get):
        listed.add(file.address)
        _compare(copy, file, verdict)
        did(file.size)
    removed = removals(head, get)
    _look_for_more(copy, listed, removed, verdict)
    return verdict


def own_key(copy: Copy) -> Verifier:
    told = copy.read(f"{FOLDER}/key", heads.LARGEST)
    if told is None:
        raise BadManifest("there is no manifest here")
    return heads.verifier_of(told.decode("utf-8", "replace"))


def removals(head: Head, get: folders.Get) -> set[str]:
    data = get(head.removed)
    if hashlib.sha256(data).hexdigest() != head.removed:
        raise BadManifest("its list of what was removed is not what its name says")
    try:
        return set(json.loads(data)["removed"])
    except (ValueError, TypeError, KeyError) as error:
        raise BadManifest("its list of what was removed cannot be read") from error


def _compare(copy: Copy, file: File, verdict: Verdict) -> None:
    found = copy.digest(file.address)
    if found is None:
        verdict.missing.append(file.address)
    elif found != file.sha256:
        verdict.changed.append(file.address)


def _look_for_more(
    copy: Copy, listed: set[str], removed: set[str], verdict: Verdict
) -> None:
    for name in sorted(copy.names()):
        plain = next(
            (name.removesuffix(end) for end in PACKED if name.endswith(end)), ""
        )
        if name in listed or plain in listed or name.split("/")[0] == FOLDER:
            continue
        was_removed = copy.digest(name) in removed
        (verdict.still_here if was_removed else verdict.added).append(name)
