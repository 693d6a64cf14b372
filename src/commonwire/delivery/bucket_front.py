"""The thin front where the tree is a bucket: pages from there, kept in memory a moment.

Nginx or a CDN reads the bucket itself (deploy/nginx-s3.conf); this is what one process
does alone, and what is asked for what is not there.
"""

import gzip
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from wsgiref.types import StartResponse, WSGIEnvironment

import brotli

from commonwire.delivery.bucket_tree import BucketTree
from commonwire.delivery.ground import place_of
from commonwire.delivery.headers import NOT_PAGES
from commonwire.delivery.serving import (
    DYNAMIC,
    MOST_MEMORY,
    Application,
    coding_of,
    decoded,
    file_headers,
    is_known,
    without_type,
)
from commonwire.delivery.tree import Tree
from commonwire.kit.bucket import Seen, StoreDown

# After a change by other machines a page is as old as this at most.
SECONDS = 1.0
# Compressed, it would hardly be smaller.
_SMALL = 200
_FILES = tuple(f"/{name}/" for name in NOT_PAGES)


class Files(Tree):
    """What lies on this disk beside a bucket: media and the program's own files. Pages
    from before the site moved there are none."""

    def file(self, path: str) -> Path | None:
        return super().file(path) if path.startswith(_FILES) else None


@dataclass(slots=True)
class Kept:
    body: bytes
    was: Seen
    pulse: int
    at: float
    forms: dict[str, bytes] = field(default_factory=dict)


class BucketFront:
    """A WSGI application in front of Django's."""

    def __init__(self, tree: BucketTree, django: Application) -> None:
        self.tree = tree
        self.django = django
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], decoded(environ["PATH_INFO"])
        if method not in {"GET", "HEAD"} or path is None or not _is_page(path):
            return self.django(environ, start_response)
        kept = self._page(path)
        if kept is None:
            return self.django(environ, start_response)
        coding = coding_of(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if len(kept.body) < _SMALL or path.endswith(".png"):
            coding = ""
        state = int(kept.was.modified.timestamp() * 1e9), _number(kept.was), 0
        headers = file_headers(path, state, coding)
        told = dict(headers)
        if is_known(environ, told["ETag"], told["Last-Modified"]):
            start_response("304 Not Modified", without_type(headers))
            return [b""]
        body = _form(kept, coding)
        start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
        return [b"" if method == "HEAD" else body]

    def _page(self, path: str) -> Kept | None:
        """As it is, or was a moment ago; as it was at last, while the store is down."""
        kept, pulse = self._kept.get(path), self.tree.pulse.now()
        fresh = kept is not None and kept.pulse == pulse
        if kept is not None and fresh and monotonic() - kept.at < SECONDS:
            return kept
        try:
            return self._read(path, kept, pulse)
        except StoreDown:
            return kept

    def _read(self, path: str, kept: Kept | None, pulse: int) -> Kept | None:
        bucket, place = self.tree.bucket, place_of(path) or ""
        if kept is not None:
            seen = bucket.look(place)
            if seen and seen.etag == kept.was.etag:
                kept.pulse, kept.at = pulse, monotonic()
                return kept
        found = bucket.read(place)
        new = Kept(*found, pulse, monotonic()) if found else None
        self._keep(path, new)
        return new

    def _keep(self, path: str, new: Kept | None) -> None:
        with self._lock:
            old = self._kept.pop(path, None)
            self._size -= len(old.body) if old else 0
            if new is None:
                return
            self._kept[path] = new
            self._size += len(new.body)
            while self._size > MOST_MEMORY:
                _path, dropped = self._kept.popitem(last=False)
                self._size -= len(dropped.body)


def _is_page(path: str) -> bool:
    return not path.startswith((*DYNAMIC, *_FILES)) and place_of(path) is not None


def _number(seen: Seen) -> int:
    return int((seen.digest or seen.etag.strip('"').partition("-")[0])[:12], 16)


def _form(kept: Kept, coding: str) -> bytes:
    """Compressed when the first reader asks."""
    if not coding:
        return kept.body
    if coding not in kept.forms:
        kept.forms[coding] = (
            brotli.compress(kept.body, quality=5)
            if coding == "br"
            else gzip.compress(kept.body, 6, mtime=0)
        )
    return kept.forms[coding]
