"""Renditions made in another process, few at a time on the whole machine.

A workshop has one bench and does one job at a time. Between workshops, of whatever
process, the places on the machine are counted by locks on files in the data directory:
as many for what is quick as there are cores, and half of that for video and sound. The
work is done by ``workbench``, which is started on demand and ends by itself; one that
has ended is started anew.
"""

import atexit
import contextlib
import fcntl
import json
import logging
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeVar

from django.utils.translation import gettext

from commonwire.media import exchange, messages
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

# -P: the working directory, perhaps the data's, is no place to import from.
PROGRAM: Final = (sys.executable, "-P", "-m", "commonwire.media.workbench")
# All of it: no settings and no secrets.
ENVIRONMENT: Final = {
    "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    "LC_ALL": "C.UTF-8",
    # Pictures in huge pages: a tenth less time, by the benchmark. Ignored elsewhere.
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
    # The encoder of AV1 says what it is on standard error.
    "SVT_LOG": "1",
}
# How long a job may take, by what is asked or what kind of file is made.
SECONDS: Final = {
    "look": 20,
    "faces": 30,
    "sketch": 30,
    exchange.PICTURE: 60,
    exchange.DOCUMENT: 300,
    exchange.SOUND: 3600,
    exchange.VIDEO: 2 * 3600,
}
# In bytes of address space. Encoders of video take more than they use.
MEMORY: Final = 2 * 1024**3
MEMORY_FOR_VIDEO: Final = 4 * 1024**3
# What a file may grow to: an hour of video at the bit rate that is its most.
FILE_SIZE: Final = 3 * 1024**3
# How far a job steps back for others: what is done before anybody asks, furthest.
NICE: Final = {"faces": 15, "sketch": 15, exchange.VIDEO: 10, exchange.SOUND: 10}
USUALLY_NICE: Final = 5
# Beyond that, so that the bench has time to say what happened.
LONGER: Final = 15
WAIT_SECONDS: Final = 300
POLL_SECONDS: Final = 0.02
EXPECTED: Final = frozenset({"network", "files"})

logger = logging.getLogger(__name__)


class Gone(Exception):
    """The workbench has ended without an answer."""


class Workshop:
    """Safe to call from many threads; each waits for its turn."""

    def __init__(self, program: tuple[str, ...] = PROGRAM, seconds: int = 0) -> None:
        """``seconds``: other than usual for every job, where tests have no time."""
        self._program = program
        self._seconds = seconds
        self._turn = threading.Lock()
        self._bench: subprocess.Popen[bytes] | None = None
        self._told_unconfined = False

    def look(self, *, upload: Path) -> Looked:
        """What a file is, by its beginning; Refused when it cannot be taken."""
        answer = self._do(_job("look", upload))
        return _believed(Looked.read, answer["done"])

    def make(
        self,
        *,
        upload: Path,
        into: Path,
        kind: str = exchange.PICTURE,
        options: Options | None = None,
        seats: Sequence[Path] = (),
        say: Say = lambda _percent: None,
    ) -> Made:
        """Renditions of ``upload`` in the empty directory ``into``, or Refused.

        ``seats`` are the lock files that all processes of the site share, of which one
        must be free. ``say`` hears how far it is, in per cent.
        """
        job = _job("make", upload, into)
        job |= {"options": (options or Options()).as_dict(), "seconds": SECONDS[kind]}
        job["nice"] = NICE.get(kind, USUALLY_NICE)
        if kind == exchange.VIDEO:
            job["memory"] = MEMORY_FOR_VIDEO
        answer = self._do(job, seats, say)
        made = _believed(lambda told: Made.read(told, into=into), answer["done"])
        return replace(
            made,
            confined=answer["confined"],
            peak_kilobytes=answer["peak_kilobytes"],
        )

    def faces(self, *, picture: Path) -> list[Box]:
        """Boxes around the faces in a picture that was made here before."""
        answer = self._do(_job("faces", picture))
        return _believed(lambda told: read_boxes(told["faces"]), answer["done"])

    def sketch(
        self,
        *,
        picture: Path,
        boxes: Sequence[Box],
        into: Path,
        size: tuple[int, int],
    ) -> None:
        """A small ``plain.jpg``, and ``numbered.jpg`` with a number at each box and the
        grid of a picture of this ``size``."""
        job = _job("sketch", picture, into)
        job |= {"options": Options(covers=tuple(boxes)).as_dict(), "size": size}
        self._do(job)

    def _do(
        self,
        job: dict[str, Any],
        seats: Sequence[Path] = (),
        say: Say = lambda _percent: None,
    ) -> dict[str, Any]:
        job["seconds"] = self._seconds or job["seconds"]
        deadline = time.monotonic() + WAIT_SECONDS
        if not self._turn.acquire(timeout=WAIT_SECONDS):
            raise refusal("busy")
        try:
            with _seat(seats, deadline):
                return self._judge(self._ask(job, say))
        finally:
            self._turn.release()

    def warm(self) -> None:
        """Start the bench while an upload is still on its way."""
        if self._turn.acquire(blocking=False):
            try:
                self._running()
            finally:
                self._turn.release()

    def close(self) -> None:
        with self._turn:
            self._stop()

    def _ask(self, job: dict[str, Any], say: Say) -> dict[str, Any]:
        # A bench at the end of its idle minute may end between two lines: ask twice.
        for _ in range(2):
            try:
                return self._exchange(job, say)
            except (Gone, OSError, ValueError):
                self._stop()
        logger.error("The workbench cannot be started or keeps ending.")
        raise refusal("unmade")

    def _exchange(self, job: dict[str, Any], say: Say) -> dict[str, Any]:
        bench = self._running()
        assert bench.stdin is not None  # noqa: S101 - for the type checker
        assert bench.stdout is not None  # noqa: S101
        bench.stdin.write(json.dumps(job).encode() + b"\n")
        bench.stdin.flush()
        deadline = time.monotonic() + job["seconds"] + LONGER
        for line in _lines(bench.stdout.fileno(), deadline):
            answer = json.loads(line)
            if "percent" not in answer:
                return answer if isinstance(answer, dict) else {"refused": "unsafe"}
            say(answer["percent"])
        raise Gone

    def _running(self) -> subprocess.Popen[bytes]:
        if self._bench is None or self._bench.poll() is not None:
            self._stop()
            # Its own process group: Ctrl-C at the terminal is for the site, which then
            # closes the bench's input. Not its own session, which Linux gives a share
            # of the processors of its own (autogroups), whatever its niceness says.
            self._bench = subprocess.Popen(  # noqa: S603 - our own program
                self._program,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=ENVIRONMENT,
                process_group=0,
            )
        return self._bench

    def _stop(self) -> None:
        bench, self._bench = self._bench, None
        if bench is None:
            return
        bench.kill()
        for pipe in (bench.stdin, bench.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        bench.wait()

    def _judge(self, answer: dict[str, Any]) -> dict[str, Any]:
        confined = answer["confined"]
        # A child that has died could not say what it was shut off from.
        said = "done" in answer
        if said and len(confined) < len(EXPECTED) and not self._told_unconfined:
            self._told_unconfined = True
            missing = ", ".join(sorted(EXPECTED.difference(confined)))
            logger.warning("Files are made without shutting off: %s.", missing)
        if answer.get("refused") == "unmade":
            logger.error("A file could not be worked on: is the disk full?")
        if not isinstance(answer.get("done"), dict):
            raise refusal(answer.get("refused"))
        return answer


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


def refusal(reason: object) -> Refused:
    """A refusal whose sentence is in the language of whoever is served now."""
    known = reason if isinstance(reason, str) and reason in messages.SENTENCES else ""
    known = known or "unsafe"
    return Refused(known, gettext(messages.SENTENCES[known]) % messages.FACTS)


def _lines(descriptor: int, deadline: float) -> Iterator[bytes]:
    told = b""
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([descriptor], [], [], left)[0]:
            raise Gone
        part = os.read(descriptor, 65536)
        if not part:
            raise Gone
        *lines, told = (told + part).split(b"\n")
        yield from lines


@contextlib.contextmanager
def _seat(seats: Sequence[Path], deadline: float) -> Iterator[None]:
    """Hold one of the seats; without any there is nothing to wait for."""
    descriptors = [_opened(seat) for seat in seats]
    try:
        while descriptors and not any(_locked(each) for each in descriptors):
            if time.monotonic() > deadline:
                raise refusal("busy")
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
atexit.register(the_workshop.close)
