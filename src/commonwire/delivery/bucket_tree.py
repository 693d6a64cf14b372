"""The public tree in an S3 bucket: one object a page, as it is.

What the store is asked goes over a network. So a round of printing looks at all its pages
side by side before it reads anything for them, and puts them side by side; each put is on
the condition that the object is the one it looked at. Whoever was overtaken prints again.
"""

import contextlib
import threading
from collections.abc import Container, Iterable, Iterator
from concurrent.futures import Future, wait
from datetime import datetime
from functools import partial
from pathlib import Path

from commonwire.delivery.ground import Ground, place_of
from commonwire.delivery.headers import LASTING_PAGES, NOT_PAGES, cache_of, kind_of
from commonwire.kit.bucket import Bucket, Overtaken, Seen, StoreDown, digest_of

Looked = Seen | StoreDown | None


class _Round(threading.local):
    """What one thread is printing: objects as they were before it read anything for
    them, and what is on its way."""

    def __init__(self) -> None:
        self.looked: dict[str, Looked] = {}
        self.ahead: set[str] = set()
        self.sent: dict[str, Future[None]] = {}


class BucketTree(Ground):
    def __init__(self, root: Path, locks: Path, bucket: Bucket) -> None:
        super().__init__(root, locks)
        self.bucket = bucket
        self._round = _Round()

    def read(self, path: str) -> bytes | None:
        place = place_of(path)
        found = self.bucket.read(place) if place else None
        return found[0] if found else None

    def printed_at(self, path: str) -> datetime | None:
        """When what lies there was last another; None when nothing does."""
        place = place_of(path)
        seen = self.bucket.look(place) if place else None
        return seen.modified if seen else None

    def look_ahead(self, paths: Iterable[str]) -> None:
        """Before anything is read for these pages, which are then printed."""
        wait(self._round.sent.values())  # of a round that broke off
        every = list(dict.fromkeys(paths))
        looked = dict(zip(every, self.bucket.each(self._look, every), strict=True))
        self._round.looked, self._round.ahead = looked, set(looked)
        self._round.sent = {}

    def finish(self) -> list[str]:
        """Wait until the pages are there; those that somebody else printed meanwhile,
        perhaps from less than is known now."""
        sent, self._round.sent = self._round.sent, {}
        self._round.looked, self._round.ahead = {}, set()
        wait(sent.values())
        if sent:
            self.pulse.beat()
        again = [path for path, put in sent.items() if _is_overtaken(put.exception())]
        for put in sent.values():
            if not _is_overtaken(put.exception()):
                put.result()
        return again

    @contextlib.contextmanager
    def lock(self, path: str) -> Iterator[None]:
        """Against printers that share this directory of locks; and what lies there now,
        against those that do not. A store that is down is said when it is written to."""
        with super().lock(path):
            known = path in self._round.looked
            if not known:
                self._round.looked[path] = self._look(path)
            try:
                yield
            finally:
                if not known:
                    self._round.looked.pop(path, None)

    def write(self, path: str, body: bytes, *, plain: bool = False) -> bool:  # noqa: ARG002 - the CDN compresses
        """Put a page; False when it lay there already."""
        place = place_of(path)
        if place is None:
            raise ValueError(f"{path!r} is no public address")
        ahead = path in self._round.ahead
        looked = self._round.looked
        before = looked.pop(path) if path in looked else self._look(path)
        self._round.ahead.discard(path)
        if isinstance(before, StoreDown):
            raise before
        if before is not None and before.digest == digest_of(body):
            return False
        put = partial(self.bucket.put, place, body, said_in(path), over=before)
        if ahead:
            self._round.sent[path] = self.bucket.start(put)
        else:
            put()
            self.pulse.beat()
        return True

    def settle(self, paths: Iterable[str], *, packed: Container[str]) -> None:
        """What is in the bucket is safe."""

    def remove(self, path: str) -> None:
        place = place_of(path)
        if place is not None:
            self.bucket.delete([place])
            self.pulse.beat()

    def forget(self, paths: Iterable[str]) -> None:
        """Remove pages that nobody holds."""
        self.bucket.each(self._forget, dict.fromkeys(paths))

    def _forget(self, path: str) -> None:
        with super().lock(path):
            self.remove(path)

    def there(self, paths: Iterable[str]) -> list[str]:
        """Those of the addresses at which something lies."""
        every = [path for path in paths if place_of(path)]
        found = self.bucket.each(self._look, every)
        if down := [each for each in found if isinstance(each, StoreDown)]:
            raise down[0]
        return [path for path, seen in zip(every, found, strict=True) if seen]

    def folders(self, path: str) -> list[str]:
        """The addresses of the folders right below a folder's."""
        names = self.bucket.folders(path.removeprefix("/"))
        return sorted(f"{path}{name}/" for name in names)

    def below(self, path: str) -> list[str]:
        """The addresses of all that lies in a folder and in the folders in it."""
        keys = self.bucket.keys(path.removeprefix("/"))
        return sorted(f"/{key}".removesuffix("index.html") for key in keys)

    def forget_pages(self) -> None:
        """Take every page away; each is printed again when it is asked for."""
        self.bucket.delete(key for key in self.bucket.keys("") if _is_page(key))
        self.pulse.beat()

    def _look(self, path: str) -> Looked:
        place = place_of(path)
        try:
            return self.bucket.look(place) if place else None
        except StoreDown as down:
            return down


def said_in(path: str) -> dict[str, str]:
    """What an object says of itself; the server in front adds what S3 can not say."""
    return {"ContentType": kind_of(path), "CacheControl": cache_of(path)}


def _is_page(key: str) -> bool:
    return key.split("/", maxsplit=1)[0] not in NOT_PAGES and not key.startswith(
        f"{LASTING_PAGES}/"
    )


def _is_overtaken(error: BaseException | None) -> bool:
    return isinstance(error, Overtaken)
