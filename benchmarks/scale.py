"""What more processes bring, and what is full then.

One web process and one worker, two of each, four of each, over one PostgreSQL that waits
for its disk: sixteen programs publish through the API for some seconds. How many posts
are answered in a second; how much of a core the web processes, the workers, PostgreSQL
and the programs take; and, looked at twenty times a second, in what the programs'
requests wait: for a lock on a file (of a page that somebody else prints), for a lock in
PostgreSQL, for PostgreSQL's disk. Who waits for none of these has or wants a processor.

    python -m benchmarks.scale [--quick] [--json FILE]
"""

import contextlib
import os
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from benchmarks.many import PROGRAMS, publishing
from benchmarks.reports import Report, program
from benchmarks.seed import seed
from benchmarks.several import Site, looking, postgres, spent

TURNS = 3


@dataclass
class Found:
    """``cores``: of what each part took; ``waits``: programs at a time, on the average."""

    a_second: float
    cores: dict[str, float]
    waits: dict[str, float]
    events: Counter[str]


def measure(report: Report, quick: bool) -> None:
    counts, posts, seconds = ((1, 2), 50, 2.0) if quick else ((1, 2, 4), 10_000, 15.0)
    with tempfile.TemporaryDirectory() as place, postgres() as database:
        site = Site(Path(place, "site"), database)
        os.environ["COMMONWIRE_DATABASE_URL"] = site.url
        seed(site.data, posts)
        # By turns, and the middle one of each: the machine is not always the same.
        turns = [
            {count: _published(site, count, seconds) for count in counts}
            for _ in range(1 if quick else TURNS)
        ]
    found = {count: _middle([turn[count] for turn in turns]) for count in counts}
    _report(report, found)


def _middle(found: list[Found]) -> Found:
    return sorted(found, key=lambda each: each.a_second)[len(found) // 2]


def _published(site: Site, count: int, seconds: float) -> Found:
    with contextlib.ExitStack() as stack:
        ports, groups = site.start(count, stack)
        publishing(site, ports, 1.0)  # warm
        before = {name: spent(group) for name, group in groups.items()}
        psutil.cpu_percent()
        with looking(site.url) as seen:
            done, took = publishing(site, ports, seconds)
        idle = (1 - psutil.cpu_percent() / 100) * (os.cpu_count() or 1)
        cores = {n: (spent(g) - before[n]) / took for n, g in groups.items()}
        waits = {name: number / seen.looks for name, number in seen.waits.items()}
        return Found(done / took, {**cores, "idle": idle}, waits, seen.events)


def _report(report: Report, found: dict[int, Found]) -> None:
    parts = list(next(iter(found.values())).cores)
    report.say(f"{os.cpu_count()} cores; what each part takes of them\n")
    report.table(
        ("web + workers", "publishes/s", *parts),
        [
            (f"{count} + {count}", each.a_second, *each.cores.values())
            for count, each in found.items()
        ],
    )
    names = list(next(iter(found.values())).waits)
    report.say(f"of {PROGRAMS} programs at a time, on the average, wait for\n")
    report.table(
        ("web + workers", *names, "none of these"),
        [_waits(count, each, names) for count, each in found.items()],
    )
    report.say("what PostgreSQL's busy sessions were seen at\n")
    for count, each in found.items():
        often = each.events.most_common(6)
        total = each.events.total() or 1
        shares = ", ".join(f"{name} {number / total:.0%}" for name, number in often)
        report.say(f"{count} + {count}: {shares}")
    report.say("")
    report.figures |= {str(count): vars(each) for count, each in found.items()}


def _waits(count: int, each: Found, names: list[str]) -> tuple[Any, ...]:
    waits = [each.waits[name] for name in names]
    return (f"{count} + {count}", *waits, PROGRAMS - sum(waits))


if __name__ == "__main__":
    program(__doc__, measure)
