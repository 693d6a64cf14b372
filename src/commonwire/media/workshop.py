"""Renditions made in other processes, few at a time on the whole machine.

A workshop has a bench or several, each of which does one job at a time. Between
workshops, of whatever process, the places on the machine are counted by locks on files
in the data directory (``store.seats``). The work is done by ``workbench``, which is
started on demand and ends by itself; one that has ended is started anew.
"""

import atexit
import contextlib
import fcntl
import functools
import logging
import os
import queue
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from django.utils.translation import gettext

from commonwire.media import exchange, messages
from commonwire.media.bench import PROGRAM, Bench, Gone
from commonwire.media.exchange import (
    Box,
    Looked,
    Made,
    Options,
    Say,
    UnbelievableError,
    read_boxes,
)
from commonwire.media.messages import Refused
from commonwire.media.places import Place

# How long a job may take, by what is asked or what kind of file is made.
SECONDS: Final = {
    "look": 20,
    "faces": 30,
    "sketch": 30,
    "still": 60,
    exchange.PICTURE: 60,
    exchange.DOCUMENT: 300,
    exchange.SOUND: 3600,
    exchange.VIDEO: 2 * 3600,
}
# A first attempt (``media.effort``) is measured in seconds of the processors, since
# where many are at work nobody is slow who only waits for one; by the clock it has so
# many times that.
FIRST_BY_CLOCK: Final = 2
# In bytes of address space. Encoders of video take more than they use.
MEMORY: Final = 2 * 1024**3
MEMORY_FOR_VIDEO: Final = 4 * 1024**3
# What a file may grow to: an hour of video at the bit rate that is its most.
FILE_SIZE: Final = 3 * 1024**3
# How far a job steps back for others.
NICE: Final = {
    exchange.PICTURE: 5,
    exchange.DOCUMENT: 10,
    exchange.VIDEO: 10,
    exchange.SOUND: 10,
}
USUALLY_NICE: Final = 5
# What is done before anybody asks for it.
NICE_AHEAD: Final = 15
WAIT_SECONDS: Final = 300
POLL_SECONDS: Final = 0.02
EXPECTED: Final = frozenset({"network", "files"})

logger = logging.getLogger(__name__)


class Late(Refused):
    """A file that was not made in its time."""


class Busy(Refused):
    """Nothing is free to work on a file, which nobody has begun with."""


@dataclass(frozen=True)
class Turn:
    """A bench, and where wanted a seat, for the jobs of one file."""

    bench: Bench
    # Other than usual for every job, where tests have no time.
    seconds: int
    # Gives the seat to whoever waits for one, before the turn is over.
    leave: Callable[[], None]

    def make(
        self,
        *,
        upload: Path,
        into: Path,
        kind: str = exchange.PICTURE,
        options: Options | None = None,
        first: int = 0,
        say: Say = lambda _percent: None,
    ) -> Made:
        """Renditions of ``upload`` in the empty directory ``into``, or Refused.

        ``first``: the processors' seconds of a first attempt, beyond which it is Late.
        ``say`` hears how far it is, in per cent.
        """
        job = _job("make", upload, into)
        job["options"] = (options or Options()).as_dict()
        job["seconds"] = first * FIRST_BY_CLOCK or SECONDS[kind]
        if first:
            job["processor_seconds"] = first
        somebody_waits = first and kind in {exchange.PICTURE, exchange.DOCUMENT}
        job["nice"] = USUALLY_NICE if somebody_waits else NICE[kind]
        if kind == exchange.VIDEO:
            job["memory"] = MEMORY_FOR_VIDEO
        answer = self.do(job, say)
        made = _believed(lambda told: Made.read(told, into=into), answer["done"])
        return replace(
            made,
            confined=answer["confined"],
            peak_kilobytes=answer["peak_kilobytes"],
        )

    def do(
        self, job: dict[str, Any], say: Say = lambda _percent: None
    ) -> dict[str, Any]:
        job["seconds"] = self.seconds or job["seconds"]
        # Of all its threads together.
        all_of_it = job["seconds"] * (os.cpu_count() or 1)
        job.setdefault("processor_seconds", all_of_it)
        try:
            return _judge(self.bench.ask(job, say), job)
        except Gone:
            logger.error("The workbench cannot be started or keeps ending.")  # noqa: TRY400 - there is no more to tell
            raise refusal("ended") from None


class Workshop:
    """Safe to call from many threads; each waits for its turn."""

    def __init__(
        self, program: tuple[str, ...] = PROGRAM, seconds: int = 0, benches: int = 1
    ) -> None:
        """``seconds``: as in `Turn`."""
        self._seconds, self._benches = seconds, benches
        # Who was at work last is taken first: the others end after their idle minute.
        self._free: queue.LifoQueue[Bench] = queue.LifoQueue()
        for _ in range(benches):
            self._free.put(Bench(program))

    @contextlib.contextmanager
    def turn(
        self, seats: Sequence[Path] = (), *, wait: float | None = None
    ) -> Iterator[Turn]:
        """Raises Busy when nothing is free after so many seconds.

        ``seats`` are the lock files that all processes of the site share, of which one
        must be free; without any there is nothing to share.
        """
        wait = WAIT_SECONDS if wait is None else wait
        deadline = time.monotonic() + wait
        try:
            bench = self._free.get(timeout=wait)
        except queue.Empty:
            raise refusal("busy", Busy) from None
        try:
            with contextlib.ExitStack() as seat:
                seat.enter_context(_seat(seats, deadline))
                yield Turn(bench, self._seconds, leave=seat.close)
        finally:
            self._free.put(bench)

    def look(self, *, upload: Path) -> Looked:
        """What a file is, by its beginning; Refused when it cannot be taken."""
        with self.turn() as turn:
            answer = turn.do(_job("look", upload))
        return _believed(Looked.read, answer["done"])

    def make(self, *, seats: Sequence[Path] = (), **what: Any) -> Made:
        """As `Turn.make`."""
        with self.turn(seats) as turn:
            return turn.make(**what)

    def faces(self, *, picture: Path, ahead: bool = False) -> list[Box]:
        """Boxes around the faces in a picture that was made here before; ``ahead``:
        nobody waits for them yet."""
        job = _job("faces", picture)
        job["nice"] = NICE_AHEAD if ahead else job["nice"]
        with self.turn() as turn:
            answer = turn.do(job)
        return _believed(lambda told: read_boxes(told["faces"]), answer["done"])

    def still(self, *, clip: Path, into: Path) -> Path:
        """A frame of a film, as a JPEG in the directory ``into``."""
        with self.turn() as turn:
            turn.do(_job("still", clip, into) | {"memory": MEMORY_FOR_VIDEO})
        return into / "still.jpg"

    def sketch(
        self,
        *,
        picture: Path,
        places: Sequence[Place],
        into: Path,
        size: tuple[int, int],
        ahead: bool = False,
    ) -> None:
        """A small ``plain.jpg``, and ``numbered.jpg`` with the number of each place and
        the grid of a picture of this ``size``; ``ahead``: as for `faces`."""
        job = _job("sketch", picture, into)
        boxes = Options(covers=tuple(place.box for place in places))
        covered = [place.number for place in places if place.is_covered]
        job |= {"options": boxes.as_dict(), "size": size, "covered": covered}
        job |= {"numbers": [place.number for place in places]}
        job["nice"] = NICE_AHEAD if ahead else job["nice"]
        with self.turn() as turn:
            turn.do(job)

    def warm(self) -> int | None:
        """Start a bench while an upload is still on its way; its process id, or None
        when all are at work."""
        with contextlib.suppress(Refused), self.turn(wait=0) as turn:
            return turn.bench.start().pid
        return None

    def close(self) -> None:
        """Waits for those at work."""
        benches = [self._free.get() for _ in range(self._benches)]
        for bench in benches:
            bench.stop()
            self._free.put(bench)


def _judge(answer: dict[str, Any], job: dict[str, Any]) -> dict[str, Any]:
    # A child that has died could not say what it was shut off from.
    if "done" in answer:
        _tell_unconfined(tuple(sorted(EXPECTED.difference(answer["confined"]))))
    # What its author removed meanwhile has no place to be made in any more.
    wanted = not job["into"] or Path(job["into"]).exists()
    if wanted and answer.get("refused") in {"unmade", "ended"}:
        logger.error("A file could not be worked on: is the disk or the memory full?")
    if answer.get("late"):
        raise refusal("too_heavy", Late)
    if not isinstance(answer.get("done"), dict):
        raise refusal(answer.get("refused"))
    return answer


@functools.cache
def _tell_unconfined(missing: tuple[str, ...]) -> None:
    """Once."""
    if missing:
        names = ", ".join(missing)
        logger.warning("Files are made without shutting off: %s.", names)


def _job(what: str, upload: Path, into: Path | None = None) -> dict[str, Any]:
    return {
        "do": what,
        "upload": str(upload.resolve()),
        "into": str(into.resolve()) if into else "",
        "options": {},
        "seconds": SECONDS.get(what, 0),
        "memory": MEMORY,
        "file_size": FILE_SIZE,
        "nice": NICE.get(what, USUALLY_NICE),
    }


Believed = TypeVar("Believed")


def _believed(
    read: Callable[[dict[str, Any]], Believed], told: dict[str, Any]
) -> Believed:
    try:
        return read(told)
    except (UnbelievableError, KeyError) as error:
        raise refusal("unsafe") from error


def refusal(reason: object, kind: type[Refused] = Refused) -> Refused:
    """A refusal whose sentence is in the language of whoever is served now."""
    known = reason if isinstance(reason, str) and reason in messages.SENTENCES else ""
    known = known or "unsafe"
    return kind(known, gettext(messages.SENTENCES[known]) % messages.FACTS)


@contextlib.contextmanager
def _seat(seats: Sequence[Path], deadline: float) -> Iterator[None]:
    """Hold one of the seats; without any there is nothing to wait for."""
    descriptors = [_opened(seat) for seat in seats]
    try:
        while descriptors and not any(_locked(each) for each in descriptors):
            if time.monotonic() > deadline:
                raise refusal("busy", Busy)
            time.sleep(POLL_SECONDS)
        yield
    finally:
        # Closing lets the lock go.
        for descriptor in descriptors:
            os.close(descriptor)


def _opened(path: Path) -> int:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


the_workshop: Final = Workshop()
# What comes is looked at beside what is made, and beside what is slow to be looked at:
# nobody who sends a file waits for somebody else's.
the_reception: Final = Workshop(benches=3)
atexit.register(the_workshop.close)
atexit.register(the_reception.close)
