"""A manifest: one file for each folder of the public tree, named by its own hash.

    {"files": {"index.html": [SIZE, SHA-256]}, "folders": {"2026": SHA-256}}

A folder's names the manifests of those in it, so that the hash of the topmost stands for
every byte there is, and whoever has it needs to fetch only what has another name than
before. A folder of many is told in sixteen parts, by the hashes of the names in it:
`{"parts": {"0": SHA-256, …}}`.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

MOST_IN_ONE: Final = 256
LARGEST: Final = 1_000_000
DEEPEST: Final = 20
LONGEST_NAME: Final = 255
_HASH = re.compile(r"[0-9a-f]{64}")
FOLDER: Final = "manifest"
# Of pages, what servers make themselves.
PACKED: Final = (".gz", ".br")

Get = Callable[[str], bytes]
Put = Callable[[bytes], str]


class BadManifest(ValueError):
    """It is not what it is said to be; the message completes "…: "."""


@dataclass(frozen=True)
class File:
    address: str
    size: int
    sha256: str


@dataclass
class Folder:
    """``files``: size and hash of each; ``folders``: the hashes of their manifests."""

    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)

    def put(self, put: Put, depth: int = 0) -> str:
        """Store it by means of ``put``; returns its hash."""
        if len(self.files) + len(self.folders) <= MOST_IN_ONE:
            return put(encoded({"files": self.files, "folders": self.folders}))
        parts: dict[str, Folder] = {}
        for name, told in self.files.items():
            parts.setdefault(_part(name, depth), Folder()).files[name] = told
        for name, told_hash in self.folders.items():
            parts.setdefault(_part(name, depth), Folder()).folders[name] = told_hash
        hashes = {part: each.put(put, depth + 1) for part, each in parts.items()}
        return put(encoded({"parts": hashes}))


def encoded(told: Any) -> bytes:
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return f"{text}\n".encode()


def _part(name: str, depth: int) -> str:
    return sha256(name.encode()).hexdigest()[depth]


def place(digest: str) -> str:
    """Where a folder's manifest lies in the tree."""
    return f"{FOLDER}/{digest[:2]}/{digest}.json"


def read(digest: str, get: Get) -> Folder:
    """Raises BadManifest for what is not sound; ``get`` what it likes."""
    return _read(digest, get, 0)


def _read(digest: str, get: Get, depth: int) -> Folder:
    data = get(digest)
    if sha256(data).hexdigest() != digest:
        raise BadManifest(f"a part of it is not what its name says: {digest}")
    try:
        told = json.loads(data)
        if "parts" not in told:
            return _checked(told)
        if depth > DEEPEST:
            raise BadManifest("it is too deep")
        whole = Folder()
        for part in told["parts"].values():
            each = _read(_hash(part), get, depth + 1)
            whole.files |= each.files
            whole.folders |= each.folders
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        if isinstance(error, BadManifest):
            raise
        raise BadManifest(f"a part of it cannot be read: {digest}") from error
    return whole


def _checked(told: Any) -> Folder:
    found = Folder()
    for name, (size, digest) in told["files"].items():
        if not isinstance(size, int) or size < 0:
            raise BadManifest(f"a file has no size: {name!r}")
        found.files[_name(name)] = (size, _hash(digest))
    for name, digest in told["folders"].items():
        found.folders[_name(name)] = _hash(digest)
    return found


def _name(name: str) -> str:
    """One that stays in its folder, whoever it came from."""
    too_long = len(name.encode("utf-8", "surrogatepass")) > LONGEST_NAME
    if not name or name[0] == "." or "/" in name or "\\" in name or too_long:
        raise BadManifest(f"it names a file that is none: {name!r}")
    if not name.isprintable() or name.endswith(PACKED):
        raise BadManifest(f"it names a file that is none: {name!r}")
    return name


def _hash(digest: Any) -> str:
    if not isinstance(digest, str) or not _HASH.fullmatch(digest):
        raise BadManifest("something in it is no hash")
    return digest


def files(root: str, get: Get) -> Iterator[File]:
    """Every file below a folder, depth first."""
    yield from _files(root, get, "", 0)


def _files(digest: str, get: Get, under: str, depth: int) -> Iterator[File]:
    if depth > DEEPEST:
        raise BadManifest("it is too deep")
    folder = read(digest, get)
    for name, (size, sha) in sorted(folder.files.items()):
        if not under and name == FOLDER:
            raise BadManifest("it names itself")
        yield File(f"{under}{name}", size, sha)
    for name, below in sorted(folder.folders.items()):
        if not under and name == FOLDER:
            raise BadManifest("it names itself")
        yield from _files(below, get, f"{under}{name}/", depth + 1)
