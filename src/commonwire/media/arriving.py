"""Uploads that come in pieces: each is one growing file, whose size on the disk is how
far it is. So nothing has to be remembered, and nothing disagrees after a crash.

Nobody holds a file while waiting for the network: it is locked for one piece at a time,
and each piece says where it belongs. A sender who lost the connection and comes again
need not wait until the old connection is given up; whichever of the two comes too late
finds the file longer than it thought.
"""

import base64
import contextlib
import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from commonwire.kit.disk import is_full
from commonwire.kit.files import sync_directory
from commonwire.media import store

# What senders may prove a piece with; the protocol asks for the first.
ALGORITHMS: Final = ("sha1", "sha256")


class Busy(Exception):
    """Somebody else is at this file now."""


class Elsewhere(Exception):
    """The file ends at another place than where the piece belongs."""


class Damaged(Exception):
    """The piece is not what its sender said it was; nothing of it is kept."""


class DiskFull(Exception):
    pass


@dataclass(frozen=True)
class Checksum:
    algorithm: str
    digest: bytes

    @classmethod
    def read(cls, told: str) -> "Checksum":
        """From ``sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk=``; raises ValueError."""
        algorithm, _space, digest = told.partition(" ")
        if algorithm not in ALGORITHMS:
            raise ValueError(algorithm)
        decoded = base64.b64decode(digest, validate=True)
        if len(decoded) != hashlib.new(algorithm, usedforsecurity=False).digest_size:
            raise ValueError(digest)
        return cls(algorithm, decoded)


def begin(name: str) -> None:
    path = store.arriving(name)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    sync_directory(path.parent)


def offset(name: str) -> int:
    """How much of it is here; FileNotFoundError when it is gone."""
    return store.arriving(name).stat().st_size


@contextlib.contextmanager
def held(name: str) -> Iterator[int]:
    """The file's descriptor, while nobody else may write to it or take it away."""
    path = store.arriving(name)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        # Removed between opening and locking: FileNotFoundError.
        if path.stat().st_ino != os.fstat(descriptor).st_ino:
            raise FileNotFoundError(name)
        yield descriptor
    finally:
        os.close(descriptor)


def append(
    name: str, at: int, pieces: Iterable[bytes], checksum: Checksum | None = None
) -> int:
    """Write what comes, beginning ``at`` this offset; returns the new one, which is on
    the disk when this returns.

    Whatever the end of ``pieces`` is, what came is kept, unless it was to be checked.
    """
    end = at
    digest = (
        hashlib.new(checksum.algorithm, usedforsecurity=False) if checksum else None
    )
    for piece in pieces:
        _write(name, end, piece)
        end += len(piece)
        if digest:
            digest.update(piece)
    if digest and checksum and digest.digest() != checksum.digest:
        _cut_back(name, end, to=at)
        raise Damaged
    with held(name) as descriptor, _room():
        _check_end(descriptor, end)
        os.fsync(descriptor)
    return end


def hand_over(name: str) -> Path:
    """The whole file in quarantine, as if it had come at once.

    It stays here too until `remove`: after a crash it is handed over again.
    """
    return store.to_quarantine(store.arriving(name))


def remove(name: str) -> None:
    store.arriving(name).unlink(missing_ok=True)


def older_than(before: datetime) -> list[str]:
    return store.old_arriving(before)


def _write(name: str, at: int, piece: bytes) -> None:
    with held(name) as descriptor, _room():
        _check_end(descriptor, at)
        view = memoryview(piece)
        while view:
            view = view[os.write(descriptor, view) :]


@contextlib.contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if is_full(error):
            raise DiskFull from error
        raise


def _cut_back(name: str, end: int, *, to: int) -> None:
    with held(name) as descriptor:
        _check_end(descriptor, end)
        os.ftruncate(descriptor, to)
        os.fsync(descriptor)


def _check_end(descriptor: int, expected: int) -> None:
    if os.fstat(descriptor).st_size != expected:
        raise Elsewhere
