"""One ``workbench`` process, seen from the site: started on demand, and anew when it has
ended. Whoever holds it asks it one thing at a time."""

import contextlib
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from commonwire.media.exchange import Say

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
# Beyond a job's own, so that the process has time to say what happened.
LONGER: Final = 15


class Gone(Exception):
    """The workbench has ended without an answer."""


class Bench:
    def __init__(self, program: tuple[str, ...] = PROGRAM) -> None:
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, job: dict[str, Any], say: Say) -> dict[str, Any]:
        """The answer to a job; raises Gone."""
        # A bench at the end of its idle minute may end between two lines: ask twice.
        for _ in range(2):
            try:
                return self._exchange(job, say)
            except (Gone, OSError, ValueError):
                self.stop()
            except BaseException:
                # Nobody waits for the answer any more: it would go on for nobody.
                self.stop()
                raise
        raise Gone

    def start(self) -> subprocess.Popen[bytes]:
        """Its process, which runs when this returns."""
        if self._process is None or self._process.poll() is not None:
            self.stop()
            # Its own process group: Ctrl-C at the terminal is for the site, which then
            # closes the bench's input. Not its own session, which Linux gives a share
            # of the processors of its own (autogroups), whatever its niceness says.
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                self._program,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=ENVIRONMENT,
                process_group=0,
            )
        return self._process

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        process.wait()

    def _exchange(self, job: dict[str, Any], say: Say) -> dict[str, Any]:
        process = self.start()
        assert process.stdin is not None  # noqa: S101 - for the type checker
        assert process.stdout is not None  # noqa: S101
        process.stdin.write(json.dumps(job).encode() + b"\n")
        process.stdin.flush()
        deadline = time.monotonic() + job["seconds"] + LONGER
        for line in _lines(process.stdout.fileno(), deadline):
            answer = json.loads(line)
            if "percent" not in answer:
                return answer if isinstance(answer, dict) else {"refused": "unsafe"}
            say(answer["percent"])
        raise Gone


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
