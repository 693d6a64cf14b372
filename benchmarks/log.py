"""The public log: verifying it whole, and appending to it.

* `commonwire log verify DIR`, the command as a reader runs it, its start included, over a
  copy of a log on this disk: with every decision's own file, which is a file an entry, and
  with its entries and tiles alone. Against SHA-256 over the same entries and no more.
* The same with what readers see: the lists as JSON, a hundred decisions each, and as many
  HTML pages.
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
from tests.moderation.log.copies import Copy, entries

from commonwire.moderation.log.pages import PER_BUNDLE

LEAST_A_SECOND = 20_000
MOST_GROWTH = 1.2
ROUNDS = 3


def measure(report: Report, quick: bool) -> None:
    many, paged, times = (600, 60, 4) if quick else (100_000, 10_000, 400)
    grown = 300 if quick else 20_000
    with tempfile.TemporaryDirectory() as place:
        copy = Copy(Path(place, "copy"), entries(many))
        for number in range(many):
            copy.lay_decision(number)
        _verifying(report, copy)
        for number in range(-(-many // PER_BUNDLE)):
            copy.lay_list(number)
        for number in range(paged):
            copy.lay_page(number)
        _pages(report, copy, paged + -(-many // PER_BUNDLE))
    with tempfile.TemporaryDirectory() as place:
        _appending(report, Path(place), times, grown)


def _verifying(report: Report, copy: Copy) -> None:
    many = len(copy.entries)
    bare = _rate(many, lambda: _hash(copy.entries))
    alone = _rate(many, lambda: _run(copy.root, "--entries-only"))
    command = _rate(many, lambda: _run(copy.root))
    start = median([_seconds(lambda: _run(None)) for _ in range(ROUNDS)])
    report.table(
        ("", "entries", "entries/s", "ratio"),
        [
            ("SHA-256 of each entry, no more", many, bare, 1.0),
            ("log verify DIR --entries-only", many, alone, alone / bare),
            ("log verify DIR, a file a decision", many, command, command / bare),
        ],
    )
    report.say(f"of each run the command's own start: {start:.2f} s\n")
    report.figures["verify"] = {"bare": bare, "alone": alone, "command": command}
    report.target("log verify, entries/s", command, least=LEAST_A_SECOND)
    report.say("")


def _pages(report: Report, copy: Copy, pages: int) -> None:
    """What the pages of a whole mirror take beside its entries."""
    seconds = median([_seconds(lambda: _run(copy.root)) for _ in range(ROUNDS)])
    report.say(f"with {pages:,} pages and lists too: {seconds:.1f} s\n")
    report.figures["with pages"] = {"pages": pages, "seconds": seconds}


def _hash(held: Sequence[bytes]) -> None:
    for entry in held:
        sha256(b"\0" + entry).digest()


def _run(root: Path | None, *options: str) -> None:
    """Over a copy; of None, the command's start and its end."""
    asked = ["verify", str(root), *options] if root else ["--help"]
    words = [sys.executable, "-m", "commonwire", "log", *asked]
    environment = {**os.environ, "COMMONWIRE_DATA": str((root or ROOT) / "no-site")}
    subprocess.run(
        words, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
    )


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _rate(count: int, work: Callable[[], object]) -> float:
    return count / median([_seconds(work) for _ in range(ROUNDS)])


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
