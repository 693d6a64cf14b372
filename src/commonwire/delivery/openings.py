"""Counts pages that are loaded by a link with a code (`…/?from=flyer`), in memory, and
hands the sums on every few seconds. Of the reader it sees nothing."""

import logging
import re
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from django.db import close_old_connections

from commonwire.delivery.pages.post import POST
from commonwire.publishing.actions.sources import Opening, count_openings
from commonwire.publishing.sources import code_in

log = logging.getLogger(__name__)
PAUSE = 5.0
# Who makes codes up by the thousand fills no memory.
MOST = 2_000
_POST = re.compile(POST)


class Openings:
    def __init__(self, pause: float = PAUSE) -> None:
        self.pause = pause
        self._seen: Counter[Opening] = Counter()
        self._lock = threading.Lock()
        self._waits = False

    def see(self, environ: dict[str, Any]) -> None:
        """A request whose query may carry a code. Never fails it."""
        if environ["REQUEST_METHOD"] != "GET" or "HTTP_SEC_PURPOSE" in environ:
            return  # a browser that looks ahead opens nothing
        opening = opening_of(environ["PATH_INFO"], environ["QUERY_STRING"])
        if opening is None:
            return
        with self._lock:
            if opening in self._seen or len(self._seen) < MOST:
                self._seen[opening] += 1
            if not self._waits:
                self._waits = True
                self._later(self.hand_on)

    def _later(self, what: Callable[[], None]) -> None:
        timer = threading.Timer(self.pause, what)
        timer.daemon = True
        timer.start()

    def hand_on(self) -> None:
        with self._lock:
            seen, self._seen, self._waits = self._seen, Counter(), False
        try:
            count_openings(openings=seen)
        except Exception:
            log.exception("some openings were not counted")
        finally:
            close_old_connections()


def opening_of(raw_path: str, query: str) -> Opening | None:
    try:
        match = _POST.fullmatch(raw_path.encode("latin-1").decode())
        code = code_in(query)
        if match is None or not code:
            return None
        year, month, day, slug = match.groups()
        return Opening(date(int(year), int(month), int(day)), slug, code)
    except ValueError:  # no text, or no day
        return None


@cache
def the_openings() -> Openings:
    return Openings()
