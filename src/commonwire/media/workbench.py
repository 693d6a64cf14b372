"""The process that makes renditions: warm, without network, one child a file.

Started by ``workshop`` as ``python -m commonwire.media.workbench``. Reads one JSON line
``{"do", "upload", "into", "options"}`` with its limits ``{"seconds",
"processor_seconds", "memory", "file_size", "nice"}`` from standard input; answers on
standard output with lines ``{"percent"}`` while it works, and one with what came of it.
Ends when its input closes, or after a minute without work, so that a site at rest pays
nothing. Never loads Django: it holds no settings, no secrets and no database.

A child's end is the end of one file. Whatever happens in it (a crash, a hang, all
memory eaten), the answer here is a refusal and the next file has a fresh child.
"""

import contextlib
import errno
import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NoReturn

from commonwire.media import confinement, making
from commonwire.media.messages import Refused

IDLE_SECONDS: Final = 60
FILES: Final = 64
# An honest description is about 1 KB, and a long document's words a megabyte.
MAX_ANSWER: Final = 4 * 1024**2

Answer = dict[str, Any]
LATE: Final[Answer] = {"refused": "too_heavy", "late": True}
Do = Callable[[dict[str, Any], Callable[[int], None]], Answer]


def main(do: Do = making.do) -> None:
    """``do`` is another than usual only where tests misbehave."""
    os.umask(0o077)
    confined = ["network"] if confinement.leave_network() else []
    while line := _next_line():
        answer = _work(json.loads(line), do)
        # The child is not believed: of its claims only this one, whole, is passed on.
        files = ["files"] if answer.get("confined") == ["files"] else []
        answer["confined"] = [*confined, *files]
        _tell(answer)


def _tell(answer: Answer) -> None:
    whole = json.dumps(answer).encode() + b"\n"
    while whole:
        whole = whole[os.write(sys.stdout.fileno(), whole) :]


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


def _work(job: dict[str, Any], do: Do) -> Answer:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_the_child(job, do, writing)
    os.close(writing)
    told, in_time = _listen(reading, time.monotonic() + job["seconds"])
    os.close(reading)
    # Also after an answer: a child taken over could stay behind.
    os.kill(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    answer = _understand(told) if in_time else dict(LATE)
    if in_time and not told and os.WTERMSIG(status) == signal.SIGKILL:
        # The kernel's doing: its time on the processors is used up, or the machine's
        # memory, of which others may have taken more.
        used = usage.ru_utime + usage.ru_stime
        is_late = used >= job["processor_seconds"] - 1
        answer = dict(LATE) if is_late else {"refused": "ended"}
    return answer | {"peak_kilobytes": usage.ru_maxrss}


def _listen(reading: int, deadline: float) -> tuple[bytes, bool]:
    """What the child says last before it closes its end, and whether that was in time.
    What it says before is how far it is, which is passed on."""
    told = b""
    while (left := deadline - time.monotonic()) > 0 and len(told) <= MAX_ANSWER:
        ready = select.select([reading, 0], [], [], left)[0]
        if reading in ready:
            part = os.read(reading, 65536)
            if not part:
                return told, True
            told = _pass_on(told + part)
        elif ready and not os.read(0, 1):
            # Nobody waits any more: the process that asked is gone.
            raise SystemExit
    return told, False


def _pass_on(told: bytes) -> bytes:
    """Tell how far the child is; what is not yet a whole line stays."""
    *lines, rest = told.split(b"\n")
    for line in lines:
        percent = _understand(line).get("percent")
        if isinstance(percent, int) and 0 <= percent <= 100:  # noqa: PLR2004 - per cent
            _tell({"percent": percent})
    return rest


def _understand(told: bytes) -> Answer:
    try:
        answer = json.loads(told)
    except ValueError:
        return {"refused": "unsafe"}
    return answer if isinstance(answer, dict) else {"refused": "unsafe"}


def _be_the_child(job: dict[str, Any], do: Do, out: int) -> NoReturn:
    try:
        answer: Answer = {"refused": "unmade"}
        with contextlib.suppress(OSError):
            confined = _confine(job, out)
            answer = _attempt(do, job, out) | {"confined": confined}
        whole = json.dumps(answer).encode()
        while whole:
            whole = whole[os.write(out, whole) :]
    finally:
        os._exit(0)


def _confine(job: dict[str, Any], out: int) -> list[str]:
    confinement.die_with_parent()
    # Before hiding: a hidden process may not write even its own /proc.
    confinement.be_first_to_go(job["nice"])
    confinement.hide_from_neighbours()
    _keep_only(out)
    confinement.limit(
        memory=job["memory"],
        seconds=job["processor_seconds"],
        file_size=job["file_size"],
        files=FILES,
    )
    # The interpreter's own files, for what is loaded late.
    code = [Path(place) for place in {*sys.path, sys.base_prefix} if place]
    read = [Path(job["upload"]), *code]
    write = [Path(job["into"])] if job["into"] else []
    return ["files"] if confinement.see_only(read=read, write=write) else []


def _keep_only(out: int) -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.closerange(3, out)
    os.closerange(out + 1, 65536)


def _attempt(do: Do, job: dict[str, Any], out: int) -> Answer:
    def say(percent: int) -> None:
        os.write(out, json.dumps({"percent": percent}).encode() + b"\n")

    try:
        return {"done": do(job, say)}
    except Refused as refusal:
        return {"refused": refusal.reason}
    except MemoryError:
        return {"refused": "too_heavy"}
    except OSError as error:
        # The disk is full, or the upload is gone: not the file's fault.
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        return {"refused": "disk_full" if full else "unmade"}


if __name__ == "__main__":
    main()
