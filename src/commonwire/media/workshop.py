"""Renditions made in another process, one picture at a time on the whole machine.

Two locks guard the one slot: a thread's lock inside this process, and a lock on a file
in the data directory between processes. The work is done by ``workbench``, which is
started on demand and ends by itself; one that has ended is started anew.
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
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext

from commonwire.media import messages
from commonwire.media.exchange import Made, UnbelievableError
from commonwire.media.messages import Refused

# -P: the working directory, perhaps the data's, is no place to import from.
PROGRAM: Final = (sys.executable, "-P", "-m", "commonwire.media.workbench")
# All of it: no settings and no secrets.
ENVIRONMENT: Final = {
    "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    "LC_ALL": "C.UTF-8",
    # Pictures in huge pages: a tenth less time, by the benchmark. Ignored elsewhere.
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
}
# Longer than workbench.PICTURE_SECONDS, so that it has time to say what happened.
ANSWER_SECONDS: Final = 75
WAIT_SECONDS: Final = 300
POLL_SECONDS: Final = 0.02
EXPECTED: Final = frozenset({"network", "files"})

logger = logging.getLogger(__name__)


class Gone(Exception):
    """The workbench has ended without an answer."""


class Workshop:
    """Safe to call from many threads; each waits for its turn."""

    def __init__(self, program: tuple[str, ...] = PROGRAM) -> None:
        self._program = program
        self._turn = threading.Lock()
        self._bench: subprocess.Popen[bytes] | None = None
        self._told_unconfined = False

    def make(self, *, upload: Path, into: Path, slot: Path) -> Made:
        """Renditions of ``upload`` in the empty directory ``into``, or Refused.

        ``slot`` is the lock file that all processes of the site share.
        """
        job = {"upload": str(upload.resolve()), "into": str(into.resolve())}
        deadline = time.monotonic() + WAIT_SECONDS
        if not self._turn.acquire(timeout=WAIT_SECONDS):
            raise refusal("busy")
        try:
            with _slot(slot, deadline):
                answer = self._ask(json.dumps(job).encode() + b"\n")
        finally:
            self._turn.release()
        return self._judge(answer, into)

    def close(self) -> None:
        with self._turn:
            self._stop()

    def _ask(self, line: bytes) -> dict[str, Any]:
        # A bench at the end of its idle minute may end between two lines: ask twice.
        for _ in range(2):
            try:
                return self._exchange(line)
            except (Gone, OSError, ValueError):
                self._stop()
        logger.error("The picture workbench cannot be started or keeps ending.")
        raise refusal("unmade")

    def _exchange(self, line: bytes) -> dict[str, Any]:
        bench = self._running()
        assert bench.stdin is not None  # noqa: S101 - for the type checker
        assert bench.stdout is not None  # noqa: S101
        bench.stdin.write(line)
        bench.stdin.flush()
        told = _read_line(bench.stdout.fileno(), time.monotonic() + ANSWER_SECONDS)
        answer = json.loads(told)
        return answer if isinstance(answer, dict) else {"refused": "unsafe"}

    def _running(self) -> subprocess.Popen[bytes]:
        if self._bench is None or self._bench.poll() is not None:
            self._stop()
            # Its own session: Ctrl-C at the terminal is for the site, which then
            # closes the bench's input.
            self._bench = subprocess.Popen(  # noqa: S603 - our own program
                self._program,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=ENVIRONMENT,
                start_new_session=True,
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

    def _judge(self, answer: dict[str, Any], into: Path) -> Made:
        confined = answer["confined"]
        if len(confined) < len(EXPECTED) and not self._told_unconfined:
            self._told_unconfined = True
            missing = ", ".join(sorted(EXPECTED.difference(confined)))
            logger.warning("Pictures are made without shutting off: %s.", missing)
        if answer.get("refused") == "unmade":
            logger.error("A picture could not be worked on: is the disk full?")
        if "made" not in answer:
            raise refusal(answer.get("refused"))
        try:
            made = Made.read(answer["made"], into=into)
        except UnbelievableError as error:
            raise refusal("unsafe") from error
        return replace(made, confined=confined, peak_kilobytes=answer["peak_kilobytes"])


def refusal(reason: object) -> Refused:
    """A refusal whose sentence is in the language of whoever is served now."""
    known = reason if isinstance(reason, str) and reason in messages.SENTENCES else ""
    known = known or "unsafe"
    return Refused(known, gettext(messages.SENTENCES[known]) % messages.FACTS)


def _read_line(descriptor: int, deadline: float) -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([descriptor], [], [], left)[0]:
            raise Gone
        part = os.read(descriptor, 65536)
        if not part:
            raise Gone
        line += part
    return line


@contextlib.contextmanager
def _slot(path: Path, deadline: float) -> Iterator[None]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        while not _locked(descriptor):
            if time.monotonic() > deadline:
                raise refusal("busy")
            time.sleep(POLL_SECONDS)
        yield
    finally:
        # Closing lets the lock go.
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


the_workshop: Final = Workshop()
atexit.register(the_workshop.close)
