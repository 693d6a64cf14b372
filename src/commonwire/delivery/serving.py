"""The thin front: public addresses from the tree, everything else from Django.

A hot file is answered from memory while the tree's pulse is the same; the work left is a
look-up, so that `commonwire serve` alone holds out when a story goes round.
"""

import os
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache
from pathlib import Path
from time import monotonic
from wsgiref.types import StartResponse, WSGIEnvironment

from commonwire.delivery.headers import (
    cache_of,
    is_lasting,
    kind_of,
    onion_of,
    said_of,
)
from commonwire.delivery.tree import Tree
from commonwire.kit import ranges

Application = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]

MOST_MEMORY = 64 * 1024 * 1024
LARGEST_IN_MEMORY = 1024 * 1024
LONGEST_UNSEEN = 0.05
DYNAMIC = (
    "/publish/",
    "/press/",
    "/key/",
    "/confirm/",
    "/pledge/",
    "/organisations/room/",
    "/organisations/join/",
    "/organisations/press/",
    "/flag/",
    "/appeal/",
    "/search/",
    "/desk/",
    "/api/",
    "/healthz",
    "/metrics",
)
_REFUSED = re.compile(r"q=0(\.0*)?")


@dataclass(slots=True)
class Hot:
    """A file in memory, and the state of the plain file that it was read at; when, by
    the tree's pulse and by the clock, it was last seen in that state."""

    state: tuple[int, int, int]
    watched: str
    body: bytes
    headers: Headers
    etag: str
    modified: str
    not_modified: Headers
    pulse: int
    seen: float


class Front:
    """A WSGI application in front of Django's."""

    def __init__(
        self,
        tree: Tree,
        django: Application,
        opened: Callable[[WSGIEnvironment], None] | None = None,
    ) -> None:
        """``opened`` is told of requests whose query may say by which link they came."""
        self.opened = opened
        self.tree = tree
        self.django = django
        self._hot: OrderedDict[tuple[str, str], Hot] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method != "GET" and method != "HEAD":  # noqa: PLR1714 - the hottest line
            return self.django(environ, start_response)
        query = environ.get("QUERY_STRING")
        if query and "from=" in query and self.opened:
            self.opened(environ)
        coding = coding_of(environ.get("HTTP_ACCEPT_ENCODING", ""))
        hot = self._hot.get((environ["PATH_INFO"], coding))
        if hot is None or not self._is_fresh(hot):
            return self._cold(environ, start_response, coding)
        if (
            "HTTP_IF_NONE_MATCH" in environ or "HTTP_IF_MODIFIED_SINCE" in environ
        ) and is_known(environ, hot.etag, hot.modified):
            start_response("304 Not Modified", hot.not_modified)
            return [b""]
        if "HTTP_RANGE" in environ:
            return self._cold(environ, start_response, coding)
        start_response("200 OK", hot.headers)
        return [b"" if method == "HEAD" else hot.body]

    def _is_fresh(self, hot: Hot) -> bool:
        """Whether the file is as it was. Asking the disk costs more than all the rest of
        an answer; it is asked after each change of the tree, and now and then for
        changes by other hands."""
        now, pulse = monotonic(), self.tree.pulse.now()
        if pulse == hot.pulse and now - hot.seen < LONGEST_UNSEEN:
            return True
        if _state(hot.watched) != hot.state:
            return False
        hot.pulse, hot.seen = pulse, now
        return True

    def _cold(
        self, environ: WSGIEnvironment, start_response: StartResponse, coding: str
    ) -> Iterable[bytes]:
        path = decoded(environ["PATH_INFO"])
        public = path is not None and not path.startswith(DYNAMIC)
        file = self.tree.file(path) if path is not None and public else None
        if path is None or file is None or not _is_file(file):
            return self.django(environ, start_response)
        if environ.get("HTTP_RANGE") or _size(file) > LARGEST_IN_MEMORY:
            try:
                return _streamed(environ, start_response, file, path)
            except FileNotFoundError:  # taken away a moment ago
                return self.django(environ, start_response)
        hot = self._load(environ["PATH_INFO"], path, file, coding)
        if hot is None:
            return self.django(environ, start_response)
        if is_known(environ, hot.etag, hot.modified):
            start_response("304 Not Modified", hot.not_modified)
            return [b""]
        start_response("200 OK", hot.headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else hot.body]

    def _load(self, raw: str, path: str, file: Path, coding: str) -> Hot | None:
        """Read the best form of a file. The plain file's state is taken first: if it
        changes meanwhile, the next request sees that and reads again."""
        pulse, state = self.tree.pulse.now(), _state(str(file))
        if state is None:
            return None
        suffix = {"br": ".br", "gzip": ".gz"}.get(coding, "")
        body, coding_used = _read_best(file, suffix, coding)
        if body is None:
            return None
        hot = _hot(path, str(file), state, body, coding_used)
        hot.pulse = pulse
        with self._lock:
            old = self._hot.pop((raw, coding), None)
            self._size += len(body) - (len(old.body) if old else 0)
            self._hot[raw, coding] = hot
            while self._size > MOST_MEMORY:
                _key, dropped = self._hot.popitem(last=False)
                self._size -= len(dropped.body)
        return hot


def _hot(
    path: str, file: str, state: tuple[int, int, int], body: bytes, coding: str
) -> Hot:
    headers = file_headers(path, state, coding)
    values = dict(headers)
    return Hot(
        state=state,
        watched=file,
        body=body,
        headers=[*headers, ("Content-Length", str(len(body)))],
        etag=values["ETag"],
        modified=values["Last-Modified"],
        not_modified=without_type(headers),
        pulse=0,
        seen=monotonic(),
    )


def file_headers(path: str, state: tuple[int, int, int], coding: str = "") -> Headers:
    """The headers of a file of the tree, but for its length."""
    lasting = is_lasting(path)
    kind = kind_of(path)
    headers = [
        ("Content-Type", kind),
        ("Cache-Control", cache_of(path)),
        ("ETag", f'"{state[0]:x}-{state[1]:x}{"-" + coding if coding else ""}"'),
        ("Last-Modified", formatdate(state[0] / 1e9, usegmt=True)),
        *said_of(path),
    ]
    if path.endswith("/"):
        headers += onion_of(path)
    if path.startswith("/media/"):
        headers.append(("Accept-Ranges", "bytes"))
    if coding or not lasting:
        headers.append(("Vary", "Accept-Encoding"))
    if coding:
        headers.append(("Content-Encoding", coding))
    return headers


def _read_best(file: Path, suffix: str, coding: str) -> tuple[bytes | None, str]:
    for name, used in ((file.name + suffix, coding if suffix else ""), (file.name, "")):
        try:
            return file.with_name(name).read_bytes(), used
        except FileNotFoundError:
            continue
    return None, ""


def _streamed(
    environ: WSGIEnvironment, start_response: StartResponse, file: Path, path: str
) -> Iterable[bytes]:
    """A large file, or a part of one."""
    state = _state(str(file))
    handle = file.open("rb")
    size = os.fstat(handle.fileno()).st_size
    headers = file_headers(path, state or (0, 0, 0))
    told = dict(headers)
    if is_known(environ, told["ETag"], told["Last-Modified"]):
        handle.close()
        start_response("304 Not Modified", without_type(headers))
        return [b""]
    meant = environ.get("HTTP_IF_RANGE", told["ETag"]) == told["ETag"]
    wanted = ranges.part(environ.get("HTTP_RANGE", ""), size) if meant else None
    status, first, last = "200 OK", 0, size - 1
    if wanted == ranges.NOWHERE:
        handle.close()
        start_response(
            "416 Range Not Satisfiable",
            [
                *without_type(headers),
                ("Content-Range", f"bytes */{size}"),
                ("Content-Length", "0"),
            ],
        )
        return [b""]
    if wanted is not None:
        first, last = wanted
        status = "206 Partial Content"
        headers.append(("Content-Range", f"bytes {first}-{last}/{size}"))
    start_response(status, [*headers, ("Content-Length", str(last - first + 1))])
    if environ["REQUEST_METHOD"] == "HEAD":
        handle.close()
        return [b""]
    return ranges.chunks(handle, first, last - first + 1)


@lru_cache(500)
def coding_of(accepted: str) -> str:
    """The best coding that a reader takes, of those that pages are kept in."""
    taken = set()
    for wish in accepted.lower().split(","):
        name, _semicolon, weight = wish.partition(";")
        if not _REFUSED.fullmatch(weight.strip()):
            taken.add(name.strip())
    return "br" if "br" in taken else "gzip" if "gzip" in taken else ""


def without_type(headers: Headers) -> Headers:
    return [item for item in headers if item[0] != "Content-Type"]


def is_known(environ: WSGIEnvironment, etag: str, modified: str) -> bool:
    """Whether the reader has this very file already (RFC 9110, 13.1)."""
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return etag in known or "*" in known
    return bool(environ.get("HTTP_IF_MODIFIED_SINCE") == modified)


def _state(file: str) -> tuple[int, int, int] | None:
    try:
        found = os.stat(file)  # noqa: PTH116 - three times as fast as Path.stat
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:
        return False


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def decoded(path: str) -> str | None:
    """WSGI hands over bytes as latin-1; addresses are UTF-8."""
    try:
        return path.encode("latin-1").decode()
    except UnicodeError:
        return None
