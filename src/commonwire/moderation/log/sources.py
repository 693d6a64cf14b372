"""Where a log's files are read from: a copy on the disk, a server, or any two of them,
one before the other."""

import http.client
import os
import ssl
import stat
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit

from commonwire.kit.bucket import Bucket, StoreDown

SECONDS_A_TURN = 20.0
SECONDS_A_FILE = 120.0
_PIECE = 64 * 1024
_MISSING = {404, 410}
_OK = 200


class Unreadable(Exception):
    """A file could not be had; that it is not there is no such error."""


class Source(Protocol):
    def read(self, address: str, *, most: int) -> bytes | None:
        """What lies at a public address, None when nothing does; Unreadable when it is
        larger than ``most`` or cannot be had."""


@dataclass(frozen=True)
class Directory:
    """A public tree or a copy of one. ``root`` may be its `log` directory alone."""

    root: Path

    @classmethod
    def at(cls, place: Path) -> "Directory":
        """Of a tree, of its `log`, or of a site's data directory."""
        if place.resolve().name == "log":
            return cls(place.resolve().parent)
        inner = place / "public"
        return cls(inner if (inner / "log" / "checkpoint").is_file() else place)

    def read(self, address: str, *, most: int) -> bytes | None:
        try:
            # Each of a log's entries waits for this: a file object, or a Path, costs as
            # much as the file.
            descriptor = os.open(f"{self.root}{address}", os.O_RDONLY | os.O_CLOEXEC)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise Unreadable(f"{address}: {error.strerror}") from error
        try:
            found = os.fstat(descriptor)
            if stat.S_ISDIR(found.st_mode):
                return None
            if found.st_size > most:
                raise Unreadable(f"{address} has more than {most:,} bytes")
            return os.read(descriptor, found.st_size)
        except OSError as error:
            raise Unreadable(f"{address}: {error.strerror}") from error
        finally:
            os.close(descriptor)


@dataclass(frozen=True)
class Stored:
    """A public tree in a bucket."""

    bucket: Bucket

    def read(self, address: str, *, most: int) -> bytes | None:
        try:
            found = self.bucket.read(address.removeprefix("/"))
        except StoreDown as error:
            raise Unreadable(f"{address}: {error}") from error
        if found and len(found[0]) > most:
            raise Unreadable(f"{address} has more than {most:,} bytes")
        return found[0] if found else None


class Web:
    """A site, or a copy of its tree on any server."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"{url!r} is no address of a site")
        self._under = parts.path.rstrip("/").removesuffix("/log")
        self._connection: http.client.HTTPConnection
        if parts.scheme == "https":
            self._connection = http.client.HTTPSConnection(
                parts.hostname,
                parts.port,
                timeout=SECONDS_A_TURN,
                context=ssl.create_default_context(),
            )
        else:
            self._connection = http.client.HTTPConnection(
                parts.hostname, parts.port, timeout=SECONDS_A_TURN
            )

    def read(self, address: str, *, most: int) -> bytes | None:
        try:
            return self._read(address, most)
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            why = str(error) or type(error).__name__
            raise Unreadable(f"{address}: {why}") from error

    def _read(self, address: str, most: int) -> bytes | None:
        answer = self._ask(quote(self._under + address))
        if answer.status in _MISSING:
            answer.read(_PIECE)
            if not answer.isclosed():
                self._connection.close()
            return None
        if answer.status != _OK:
            self._connection.close()
            where = answer.getheader("Location")
            told = f", and sends on to {where}" if where else ""
            raise Unreadable(f"{address}: the server answers {answer.status}{told}")
        return self._whole(answer, most, address)

    def _ask(self, path: str) -> http.client.HTTPResponse:
        """A connection that was kept may have been closed over there meanwhile."""
        with suppress(http.client.RemoteDisconnected, ConnectionError):
            return self._ask_once(path)
        self._connection.close()
        return self._ask_once(path)

    def _ask_once(self, path: str) -> http.client.HTTPResponse:
        self._connection.request("GET", path, headers={"Accept-Encoding": "identity"})
        return self._connection.getresponse()

    def _whole(
        self, answer: http.client.HTTPResponse, most: int, address: str
    ) -> bytes:
        """All of it, unless that is too much or takes too long."""
        end = time.monotonic() + SECONDS_A_FILE
        data = b""
        while piece := answer.read1(_PIECE):
            data += piece
            if len(data) > most:
                self._connection.close()
                raise Unreadable(f"{address} has more than {most:,} bytes")
            if time.monotonic() > end:
                raise TimeoutError("it comes too slowly")
        # Python 3.11 does not notice the end where a length was told, and would send
        # nothing more over this connection.
        answer.close()
        return data


@dataclass(frozen=True)
class First:
    """The second source stands in for what the first has not."""

    first: Source
    second: Source

    def read(self, address: str, *, most: int) -> bytes | None:
        found = self.first.read(address, most=most)
        return self.second.read(address, most=most) if found is None else found
