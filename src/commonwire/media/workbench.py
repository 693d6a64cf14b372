"""The process that makes renditions: warm, without network, one child a picture.

Started by ``workshop`` as ``python -m commonwire.media.workbench``. Reads one JSON line
``{"upload", "into"}`` from standard input, answers with one on standard output. Ends
when its input closes, or after a minute without work, so that a site at rest pays
nothing. Never loads Django: it holds no settings, no secrets and no database.

A child's end is the end of one picture. Whatever happens in it (a crash, a hang, all
memory eaten), the answer here is a refusal and the next picture has a fresh child.
"""

import contextlib
import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NoReturn

from commonwire.media import confinement, renditions
from commonwire.media.exchange import Made
from commonwire.media.messages import Refused

IDLE_SECONDS: Final = 60
PICTURE_SECONDS: Final = 60
MEMORY: Final = 2 * 1024**3
FILE_SIZE: Final = 100 * 1024**2
FILES: Final = 64
# An honest description is about 1 KB.
MAX_ANSWER: Final = 64 * 1024

Make = Callable[..., Made]
Answer = dict[str, Any]


def main(make: Make = renditions.make, seconds: int = PICTURE_SECONDS) -> None:
    """``make`` and ``seconds`` are other than usual only where tests misbehave."""
    os.umask(0o077)
    confined = ["network"] if confinement.leave_network() else []
    while line := _next_line():
        job = json.loads(line)
        answer = _work(job, make, seconds)
        # The child is not believed: of its claims only this one, whole, is passed on.
        files = ["files"] if answer.get("confined") == ["files"] else []
        answer["confined"] = [*confined, *files]
        os.write(sys.stdout.fileno(), json.dumps(answer).encode() + b"\n")


def _next_line() -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        if not select.select([0], [], [], IDLE_SECONDS)[0]:
            return b""
        part = os.read(0, 65536)
        if not part:
            return b""
        line += part
    return line


def _work(job: dict[str, str], make: Make, seconds: int) -> Answer:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_the_child(job, make, seconds, writing)
    os.close(writing)
    told, in_time = _listen(reading, time.monotonic() + seconds)
    os.close(reading)
    # Also after an answer: a child taken over could stay behind.
    os.kill(child, signal.SIGKILL)
    _, _, usage = os.wait4(child, 0)
    answer = _understand(told) if in_time else {"refused": "too_heavy"}
    return answer | {"peak_kilobytes": usage.ru_maxrss}


def _listen(reading: int, deadline: float) -> tuple[bytes, bool]:
    """What the child says until it closes its end, and whether that was in time."""
    told = b""
    while (left := deadline - time.monotonic()) > 0 and len(told) <= MAX_ANSWER:
        ready = select.select([reading, 0], [], [], left)[0]
        if reading in ready:
            part = os.read(reading, 65536)
            if not part:
                return told, True
            told += part
        elif ready and not os.read(0, 1):
            # Nobody waits any more: the web process is gone.
            raise SystemExit
    return told, False


def _understand(told: bytes) -> Answer:
    try:
        answer = json.loads(told)
    except ValueError:
        return {"refused": "unsafe"}
    return answer if isinstance(answer, dict) else {"refused": "unsafe"}


def _be_the_child(job: dict[str, str], make: Make, seconds: int, out: int) -> NoReturn:
    try:
        upload, into = Path(job["upload"]), Path(job["into"])
        answer: Answer = {"refused": "unmade"}
        with contextlib.suppress(OSError):
            confined = _confine(upload, into, seconds, out)
            answer = _attempt(make, upload, into) | {"confined": confined}
        os.write(out, json.dumps(answer).encode())
    finally:
        os._exit(0)


def _confine(upload: Path, into: Path, seconds: int, out: int) -> list[str]:
    confinement.die_with_parent()
    # Before hiding: a hidden process may not write even its own /proc.
    confinement.be_first_to_go()
    confinement.hide_from_neighbours()
    _keep_only(out)
    confinement.limit(memory=MEMORY, seconds=seconds, file_size=FILE_SIZE, files=FILES)
    # The interpreter's own files, for what Pillow loads late.
    code = [Path(place) for place in {*sys.path, sys.base_prefix} if place]
    return ["files"] if confinement.see_only(read=[upload, *code], write=into) else []


def _keep_only(out: int) -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.closerange(3, out)
    os.closerange(out + 1, 65536)


def _attempt(make: Make, upload: Path, into: Path) -> Answer:
    try:
        return {"made": make(upload=upload, into=into).as_dict()}
    except Refused as refusal:
        return {"refused": refusal.reason}
    except MemoryError:
        return {"refused": "too_heavy"}
    except OSError:
        # The disk is full, or the upload is gone: not the picture's fault.
        return {"refused": "unmade"}


if __name__ == "__main__":
    main()
