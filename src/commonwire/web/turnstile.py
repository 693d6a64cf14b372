"""Before Django: who sends very much stands back, so that a flood costs readers and
other writers little.

There are two lines. Whoever has asked for few things of late goes through the first, as
fast as it moves. Those that ask for more, and programs that publish without a proof of
work or a token, wait in the second and are let through one by
one, with pauses: all of them together get a share of the time, whatever they send. In
both, who asked least goes first, and when one is full, who asked most is told to come
back later. Nothing is remembered but counts under keyed hashes, for minutes, in memory.

Who is told so waits a moment for the answer: a machine sends as fast as it is answered,
and sending it away again and again would take the time of readers, too.
"""

import contextlib
import heapq
import itertools
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from wsgiref.types import StartResponse, WSGIEnvironment

from django.utils.translation import gettext as _

from commonwire.delivery.headers import SECURITY
from commonwire.kit.buckets import Network, network_of

Application = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]

# What writers ask for; pieces of files come slowly, and have quotas of their own.
_WATCHED = (
    "/publish/",
    "/key/",
    "/organisations/room/",
    "/api/v1/posts",
    "/api/v1/challenge",
)
_PIECES = ("/files/", "/pictures/", "/files.json")
# Requests of a network in a minute or so that nobody has to wait with: a person who
# publishes makes half as many.
FEW = 8
SHARED = 50
HALF_LIFE_SECONDS = 60.0
MOST_NETWORKS = 20_000
# How many wait at a time, and how long; each holds one of the server's threads.
MOST_WAITING = 16
AT_ONCE = 2
LONGEST_WAIT = 20.0
# Of one core's time, for all that ask for much.
SHARE = 0.15
LONGEST_PAUSE = 1.0
RETRY_SECONDS = 30
# Those who are sent away: how long each waits for that, and how many at a time, each in
# one of the server's threads; what comes beyond them is sent away at once, which costs
# everybody else the more the faster it comes.
MOMENT = 0.5
MOST_HELD = 224
# Of what they were still sending, so that a browser shows our words and not a broken
# connection.
MOST_HEARD = 64 * 1024 * 1024
_CHUNK = 256 * 1024


class TooMuch(Exception):
    """The line is full, or did not move."""


@dataclass(order=True)
class Place:
    """A place in the line."""

    asked: float
    number: int
    go: threading.Event = field(compare=False, default_factory=threading.Event)
    gone: bool = field(compare=False, default=False)


class Counts:
    """How much each network asked for lately, forgotten by halves."""

    def __init__(self) -> None:
        self._counts: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, network: Network) -> float:
        now = time.monotonic()
        with self._lock:
            count, at = self._counts.pop(network.key, (0.0, now))
            kept = math.pow(0.5, (now - at) / HALF_LIFE_SECONDS)
            count = count * kept + 1
            self._counts[network.key] = count, now
            while len(self._counts) > MOST_NETWORKS:
                self._counts.popitem(last=False)
        return count / SHARED if network.shared else count


class Line:
    """Who asked least goes first. ``at_once``: so many are served at a time. ``share``:
    of the time, that pauses leave to them."""

    def __init__(self, *, at_once: int = 1, share: float = 1) -> None:
        self.share = share
        self._waiting: list[Place] = []
        self._numbers = itertools.count()
        self._lock = threading.Lock()
        self._free = at_once

    def enter(self, asked: float) -> None:
        """Wait for one's turn; raises TooMuch."""
        place = Place(asked, next(self._numbers))
        with self._lock:
            if self._free:
                self._free -= 1
                return
            heapq.heappush(self._waiting, place)
            if len(self._waiting) > MOST_WAITING:
                worst = max(self._waiting)
                self._waiting.remove(worst)
                heapq.heapify(self._waiting)
                worst.gone = True
                worst.go.set()
        if not place.go.wait(LONGEST_WAIT) and self._leave(place):
            raise TooMuch
        if place.gone:
            raise TooMuch

    def _leave(self, place: Place) -> bool:
        """False when its turn came at the last moment."""
        with self._lock:
            if place.go.is_set():
                return False
            self._waiting.remove(place)
            heapq.heapify(self._waiting)
            return True

    def done(self, seconds: float) -> None:
        """Let the next one in, after a pause as long as this one's work asks for."""
        pause = min(LONGEST_PAUSE, seconds * (1 / self.share - 1))
        if not pause:
            self._next()
            return
        timer = threading.Timer(pause, self._next)
        timer.daemon = True
        timer.start()

    def _next(self) -> None:
        with self._lock:
            if self._waiting:
                heapq.heappop(self._waiting).go.set()
            else:
                self._free += 1


class Porch:
    """Where those who are sent away are heard out, and wait a moment for the answer."""

    def __init__(self, pause: Callable[[float], None] = time.sleep) -> None:
        self._pause = pause
        self._places = threading.Semaphore(MOST_HELD)

    def hold(self, environ: WSGIEnvironment) -> None:
        if not self._places.acquire(blocking=False):
            return
        try:
            _hear_out(environ)
            self._pause(MOMENT)
        finally:
            self._places.release()


def _hear_out(environ: WSGIEnvironment) -> None:
    length = environ.get("CONTENT_LENGTH") or "0"
    left = min(int(length), MOST_HEARD) if length.isdecimal() else 0
    with contextlib.suppress(OSError, ValueError):  # the sender has gone
        while left > 0:
            data = environ["wsgi.input"].read(min(left, _CHUNK))
            if not data:
                return
            left -= len(data)


class Turnstile:
    """A WSGI application in front of Django's."""

    def __init__(self, django: Application) -> None:
        self.django = django
        self._counts = Counts()
        self._few = Line(at_once=AT_ONCE)
        self._many = Line(share=SHARE)
        self._porch = Porch()

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.startswith(_WATCHED) or any(piece in path for piece in _PIECES):
            return self.django(environ, start_response)
        asked = self._counts.add(network_of(environ))
        few = asked <= FEW and not _is_idle_program(environ)
        line = self._few if few else self._many
        try:
            line.enter(asked)
        except TooMuch:
            self._porch.hold(environ)
            return _come_back(start_response)
        begun = time.perf_counter()
        try:
            return self.django(environ, start_response)
        finally:
            line.done(time.perf_counter() - begun)


def _is_idle_program(environ: WSGIEnvironment) -> bool:
    """What a program sends without a header that says why is held in any case, and no
    person waits for it."""
    brings = environ.get("HTTP_ALTCHA") or environ.get("HTTP_AUTHORIZATION")
    sends = environ["REQUEST_METHOD"] == "POST"
    return sends and environ["PATH_INFO"].startswith("/api/v1/posts") and not brings


def _come_back(start_response: StartResponse) -> Iterable[bytes]:
    sentence = _(
        "Very much is coming from your network just now. Go back: what you typed is "
        "still in the form. Send it again in half a minute."
    )
    body = f"{sentence}\n".encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Retry-After", str(RETRY_SECONDS)),
        ("Cache-Control", "no-store"),
        *SECURITY,
    ]
    start_response("429 Too Many Requests", headers)
    return [body]
