"""What everything costs with 1,000,000 posts on PostgreSQL, against 10,000; and the same
with 200,000 on SQLite.

``benchmarks/growth``'s publish and decision; the front page, a section, a day and others
as they are printed; and ``benchmarks/search``'s searches. All of both sites of an engine
by turns, in one run. PostgreSQL is one that waits for its disk.

Where BENCHMARK_AT names a directory, sites are made there, kept, and found again by the
next run; their databases are then on the server of BENCHMARK_POSTGRES.

    python -m benchmarks.million [--quick] [--json FILE]
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.growth import deciding, publishing
from benchmarks.reports import Report, hundredth, median, program
from benchmarks.search import MOST_HUNDREDTH, MOST_MEDIAN
from benchmarks.seed import environment, seed, set_database
from benchmarks.several import postgres
from tests.postgres.server import make_database

MOST_TIME = 1.2
NAMED = ("front page", "section", "day")


def measure(report: Report, quick: bool) -> None:
    few, million, many = (200, 300, 300) if quick else (10_000, 1_000_000, 200_000)
    with _place() as place, _server() as url:
        for engine, more in (("postgresql", million), ("sqlite", many)):
            sites = {n: place / f"{engine}-{n}" for n in (few, more)}
            for number, data in sites.items():
                if engine == "postgresql":
                    set_database(data, make_database(url, f"posts_{number}"))
                seed(data, number)
                _command(data, "search", "rebuild")
            report.say(f"{engine}, {more:,} posts against {few:,}\n")
            _measure(report, engine, sites, quick)


@contextlib.contextmanager
def _place() -> Iterator[Path]:
    if kept := os.environ.get("BENCHMARK_AT"):
        yield Path(kept)
        return
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@contextlib.contextmanager
def _server() -> Iterator[str]:
    if url := os.environ.get("BENCHMARK_POSTGRES"):
        yield url
        return
    with postgres() as server:
        yield server.url("postgres")


def _command(data: Path, *words: str) -> None:
    command = [sys.executable, "-m", "commonwire", *words]
    subprocess.run(
        command, env=environment(data), check=True, stdout=subprocess.DEVNULL
    )


def _measure(report: Report, engine: str, sites: dict[int, Path], quick: bool) -> None:
    own = Report(targets=report.targets)
    report.figures[engine] = own.figures
    publishing(own, sites, 3 if quick else 100)
    deciding(own, sites, 1 if quick else 25)
    _pages(own, sites, 2 if quick else 40)
    _searches(own, sites, 2 if quick else 30)


def _pages(report: Report, sites: dict[int, Path], times: int) -> None:
    found = _by_turns(sites, "benchmarks.pages", times)
    few, many = found
    report.table(
        ("page, p50 ms", *(f"{posts:,}" for posts in sites), "ratio"),
        [
            (name, less, more, more / less)
            for name in found[few]
            for less, more in [(median(found[few][name]), median(found[many][name]))]
        ],
    )
    report.figures["pages"] = found
    for name in NAMED:
        ratio = median(found[many][name]) / median(found[few][name])
        report.target(f"{name} at {many:,} / at {few:,}, p50", ratio, most=MOST_TIME)
    report.say("")


def _searches(report: Report, sites: dict[int, Path], times: int) -> None:
    found = _by_turns(sites, "benchmarks.searches", times)
    few, many = found
    heads = [f"{posts:,}, {what}" for posts in sites for what in ("p50", "p99")]
    report.table(
        ("search, ms", *heads),
        [
            (
                name,
                *(
                    f(found[posts][name])
                    for posts in sites
                    for f in (median, hundredth)
                ),
            )
            for name in found[few]
        ],
    )
    report.figures["searches"] = found
    every = {
        posts: [t for each in found[posts].values() for t in each] for posts in sites
    }
    ratio = median(every[many]) / median(every[few])
    report.target(f"search at {many:,} / at {few:,}, p50", ratio, most=MOST_TIME)
    for name, value, most in (
        ("p50", median(every[many]), MOST_MEDIAN),
        ("p99", hundredth(every[many]), MOST_HUNDREDTH),
    ):
        report.target(f"search at {many:,}, {name} ms", value, most=most)
    report.say("")


def _by_turns(sites: dict[int, Path], module: str, times: int) -> dict[int, Any]:
    """Of each site, by what was asked, milliseconds; in two halves, for the machine is
    not always the same."""
    found: dict[int, dict[str, list[float]]] = {posts: {} for posts in sites}
    for _ in range(2):
        for posts, data in sites.items():
            words = [sys.executable, "-m", module, str(times)]
            said = json.loads(subprocess.check_output(words, env=environment(data)))
            for name, taken in said.get("taken", said).items():
                found[posts].setdefault(name, []).extend(taken)
    return found


if __name__ == "__main__":
    program(__doc__, measure)
