"""The file of a backup: a tar file that any program opens.

    about.json      which backup this is, and which ones it goes on from
    README.txt      how to open it by hand
    key.age         the key, opened by the passphrase (where there is one)
    backup.tar      or backup.tar.age: the pieces, in the order in which they came

`backup.tar` begins with the same about.json and closes with `contents.jsonl.gz`, which
names every piece in it with its hash, and `end.json`, which names that: what was cut has
no end.
"""

import contextlib
import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from commonwire.rescue import sealing
from commonwire.rescue.failures import Refused
from commonwire.rescue.sealing import Seal

FORMAT: Final = 1
CONTENTS: Final = "contents.jsonl.gz"
END: Final = "end.json"
_ABOUT = "about.json"
_KEY = "key.age"
_PLAIN, _SEALED = "backup.tar", "backup.tar.age"
_PIECE = 1 << 20
_SMALL = 1_000_000
_NAME = re.compile(r"[\w=-][\w.=-]*(/[\w=-][\w.=-]*)*", re.ASCII)
_README = """A backup of a Commonwire site.

  commonwire restore FILE      makes the site again, on an empty machine

By hand, with nothing but tar and age (https://age-encryption.org):

  tar xf FILE
  age -d key.age > key.txt; age -d -i key.txt backup.tar.age > backup.tar   (if it is encrypted)
  tar xf backup.tar            rows/ are lines of JSON, media/ the files of posts

about.json names the backups that this one goes on from: they belong to it.
"""


@dataclass(frozen=True)
class Earlier:
    id: str
    file: str


@dataclass(frozen=True)
class About:
    """``since``: the backups that this one needs, oldest first."""

    id: str
    made_at: str
    version: str
    site: str
    format: int = FORMAT
    since: list[Earlier] = field(default_factory=list)
    migrations: dict[str, list[str]] = field(default_factory=dict)

    def encoded(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode()


class Hashed:
    """A file that is hashed as it goes through."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._hash = file, hashlib.sha256()
        self.size = 0

    def _seen(self, data: bytes) -> None:
        self._hash.update(data)
        self.size += len(data)

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._seen(data)
        return data

    def write(self, data: bytes) -> int:
        self._seen(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()


class Pieces:
    """What is written into `backup.tar`."""

    def __init__(self, stream: BinaryIO) -> None:
        self._tar: Any = tarfile.open(  # noqa: SIM115 - closed by `close`
            fileobj=stream, mode="w|", format=tarfile.GNU_FORMAT, bufsize=_PIECE
        )

    def add(self, name: str, data: bytes) -> str:
        return self.add_file(name, io.BytesIO(data), len(data))

    def add_file(self, name: str, file: Any, size: int, *, modified: float = 0) -> str:
        """Returns the hash of what went in."""
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, int(modified), 0o600
        hashed = Hashed(file)
        self._tar.addfile(info, hashed)
        self._tar.members = []  # else it keeps each in memory
        return hashed.digest

    def close(self) -> None:
        self._tar.close()

    def drop(self) -> None:
        """Else it writes its end when nobody waits for it, into a closed file."""
        self._tar.fileobj.closed = True


@contextlib.contextmanager
def written(target: BinaryIO, about: About, seal: Seal | None) -> Iterator[Pieces]:
    """Make an archive in an open file; then read it again, to see that it is there."""
    _put(target, _ABOUT, about.encoded())
    _put(target, "README.txt", _README.encode())
    if seal and seal.key:
        _put(target, _KEY, seal.key)
    name, start = _SEALED if seal else _PLAIN, target.tell()
    target.write(_header(name, 0))
    body = Hashed(target)
    stream = cast("BinaryIO", body)
    with sealing.writing(stream, seal) if seal else contextlib.nullcontext(stream) as s:
        pieces = Pieces(s)
        try:
            pieces.add(_ABOUT, about.encoded())
            yield pieces
            pieces.close()
        except BaseException:
            pieces.drop()
            raise
    target.write(b"\0" * (-body.size % tarfile.BLOCKSIZE + 2 * tarfile.BLOCKSIZE))
    target.seek(start)
    target.write(_header(name, body.size))
    _read_again(target, start + tarfile.BLOCKSIZE, body)


def _put(target: BinaryIO, name: str, data: bytes) -> None:
    padding = b"\0" * (-len(data) % tarfile.BLOCKSIZE)
    target.write(_header(name, len(data)) + data + padding)


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.GNU_FORMAT)


def _read_again(target: BinaryIO, start: int, body: Hashed) -> None:
    """From the disk, and not from what memory holds of it."""
    target.flush()
    os.fsync(target.fileno())
    found, left = hashlib.sha256(), body.size
    with Path(target.name).open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        file.seek(start)
        while left and (data := file.read(min(_PIECE, left))):
            found.update(data)
            left -= len(data)
    if left or found.hexdigest() != body.digest:
        raise Refused("the disk does not give back what was written; use another one")


# Reading


@dataclass
class Opened:
    """An archive whose about.json was read; the rest comes by `members`."""

    path: Path
    about: About
    is_sealed: bool
    key: bytes
    _start: int
    _size: int

    def members(self, identity: Any) -> Iterator[tuple[str, int, BinaryIO]]:
        """Each piece: its name, its time, and a file to read it from. Refused for what
        was cut, changed or is of another backup."""
        with self.path.open("rb") as file:
            file.seek(self._start)
            body = cast("BinaryIO", io.BufferedReader(_Part(file, self._size), _PIECE))
            opened = sealing.reading(body, identity) if self.is_sealed else None
            with opened or contextlib.nullcontext(body) as stream:
                yield from self._members(stream)

    def _members(self, stream: BinaryIO) -> Iterator[tuple[str, int, BinaryIO]]:
        try:
            with tarfile.open(fileobj=stream, mode="r|", bufsize=_PIECE) as tar:
                while (member := tar.next()) is not None:
                    cast("Any", tar).members = []
                    content = tar.extractfile(member) if member.isreg() else None
                    if content is None or not _NAME.fullmatch(member.name):
                        raise _broken(self.path)
                    if member.name == _ABOUT:
                        self._check(content.read(_SMALL))
                        continue
                    yield member.name, int(member.mtime), cast("BinaryIO", content)
            while stream.read(_PIECE):
                pass  # its end is looked at, too
        except (tarfile.TarError, EOFError) as error:
            raise _broken(self.path) from error

    def _check(self, inner: bytes) -> None:
        if inner != self.about.encoded():
            raise _broken(self.path)


class _Part(io.RawIOBase):
    """So many bytes of a file, from where it stands."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        super().__init__()
        self._file, self._left = file, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(min(len(buffer), self._left))
        self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)


def opened(path: Path) -> Opened:
    """Refused for what is no backup, or one of a later version's."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file, tarfile.open(fileobj=file, mode="r:") as outer:
            return _opened(path, outer, size)
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from None
    except (tarfile.TarError, EOFError, ValueError, TypeError, KeyError) as error:
        raise Refused(f"{path.name} is no backup, or was cut or changed") from error


def _opened(path: Path, outer: tarfile.TarFile, size: int) -> Opened:
    first = outer.next()
    told = outer.extractfile(first) if first and first.name == _ABOUT else None
    if told is None:
        raise ValueError
    about, key = _about(told.read(_SMALL)), b""
    while (member := outer.next()) is not None:
        if member.name == _KEY:
            content = outer.extractfile(member)
            key = content.read(_SMALL) if content else b""
        if member.name in {_PLAIN, _SEALED}:
            if member.offset_data + member.size > size:
                break
            sealed = member.name == _SEALED
            return Opened(path, about, sealed, key, member.offset_data, member.size)
    raise ValueError


def _about(data: bytes) -> About:
    told = json.loads(data)
    if told["format"] > FORMAT:
        raise Refused(
            f"it was made by Commonwire {told['version']}, and this one is older; "
            "install that version, then restore"
        )
    since = [Earlier(**each) for each in told.pop("since")]
    return About(**told, since=since)


def _broken(path: Path) -> Refused:
    return Refused(f"{path.name} was cut or changed; nothing of it was used")
