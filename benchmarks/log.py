"""The public log: verifying it whole, and appending to it.

* `commonwire log verify DIR`, the command as a reader runs it, its start included, over a
  copy of a log on this disk.
* The same checks inside one process, against SHA-256 over the same entries and no more;
  and with every decision's own file, which is a file an entry.
* Appending: decisions' entries in transactions of their own on the disk, and a thousand
  in one; the same for a log of many entries.

    python -m benchmarks.log [--quick] [--json FILE]
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

from benchmarks.reports import Report, median, program
from benchmarks.servers import ROOT
from tests.moderation.log.copies import SIGNER, Copy, entries

from commonwire.moderation.log import verifying

LEAST_A_SECOND = 20_000
MOST_GROWTH = 1.2
ROUNDS = 3


def measure(report: Report, quick: bool) -> None:
    many, told, times = (3_000, 500, 20) if quick else (200_000, 20_000, 400)
    grown = 2_000 if quick else 20_000
    with tempfile.TemporaryDirectory() as place:
        plain = Copy(Path(place, "plain"), entries(many))
        whole = Copy(Path(place, "whole"), entries(told))
        for number in range(told):
            whole.lay_decision(number)
        _verifying(report, {many: plain, told: whole})
    with tempfile.TemporaryDirectory() as place:
        _appending(report, Path(place), times, grown)


def _verifying(report: Report, copies: dict[int, Copy]) -> None:
    (many, plain), (told, whole) = copies.items()
    bare = _rate(many, lambda: _hash(plain.entries))
    inside = _rate(many, lambda: _verify(plain))
    command = _rate(many, lambda: _run(plain.root))
    pages = _rate(told, lambda: _verify(whole, decisions=True))
    report.table(
        ("", "entries", "entries/s", "ratio"),
        [
            ("SHA-256 of each entry, no more", many, bare, 1.0),
            ("every entry and tile, in this process", many, inside, inside / bare),
            ("each decision's own file too", told, pages, pages / bare),
            ("log verify DIR, with its start", many, command, command / bare),
        ],
    )
    report.figures["verify"] = {
        "bare": bare,
        "inside": inside,
        "command": command,
        "with_decisions": pages,
    }
    report.target("log verify, entries/s", command, least=LEAST_A_SECOND)
    report.target("with each decision's file, entries/s", pages, least=LEAST_A_SECOND)
    report.say("")


def _hash(held: Sequence[bytes]) -> None:
    for entry in held:
        sha256(entry).digest()


def _verify(copy: Copy, *, decisions: bool = False) -> None:
    found = verifying.verify(copy.source, SIGNER.verifier, decisions=decisions)
    if found.faults:
        raise SystemExit(found.faults[0])


def _run(root: Path) -> None:
    words = [sys.executable, "-m", "commonwire", "log", "verify", str(root)]
    environment = {**os.environ, "COMMONWIRE_DATA": str(root / "no-site")}
    subprocess.run(
        words, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
    )


def _rate(count: int, work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return count / median(taken)


def _appending(report: Report, data: Path, times: int, many: int) -> None:
    """In a process of its own: settings are read once in a process."""
    words = [sys.executable, "-m", "benchmarks.appending", str(times), str(many)]
    environment = {**os.environ, "COMMONWIRE_DATA": str(data)}
    done = subprocess.run(
        words, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    found = json.loads(done.stdout)
    report.table(
        ("appending", "entries before", "a second"),
        [
            ("one a transaction, on the disk", 0, found["few"]),
            ("one a transaction, on the disk", many, found["many"]),
            ("a thousand in a transaction", 0, found["together"]),
        ],
    )
    report.figures["append"] = found
    report.target(
        f"an append after {many:,} / after none",
        found["few"] / found["many"],
        most=MOST_GROWTH,
    )


if __name__ == "__main__":
    sys.exit(program(__doc__, measure))
