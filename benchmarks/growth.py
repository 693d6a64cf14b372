"""What publishing and printing cost when there are many posts.

* The publish of ``benchmarks/publish`` with 1,000 posts and with 200,000, two servers in
  one run, taking turns: the time until the post and the front page show it, and how many
  files of the public tree it changed, at once and by the worker.
* A decision until readers can see it in every public file that shows it, and until the
  disk has them all, on the same two sites; and which files those are.
* What SQLite does for every listing and look-up on the two sites, in its instructions.
* ``print --all`` on one core: pages per second, and its largest memory with 1,000 posts
  and with 100,000.

    python -m benchmarks.growth [--quick] [--json FILE]
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.client import Client, Newswire, expect
from benchmarks.publish import WARM_UP, prepare, wait_for_worker
from benchmarks.reports import Report, hundredth, median, program
from benchmarks.seed import environment, seed
from benchmarks.texts import Text

from benchmarks import servers

MOST_TIME = 1.2
MOST_MEMORY = 1.2
MOST_OF_A_DECISION = 1_000


def measure(report: Report, quick: bool) -> None:
    few, many, times = (50, 300, 3) if quick else (1_000, 200_000, 200)
    less, more = (50, 200) if quick else (1_000, 100_000)
    with tempfile.TemporaryDirectory() as place:
        small, large = Path(place, "small"), Path(place, "large")
        seed(small, few)
        seed(large, many)
        publishing(report, {few: small, many: large}, times)
        deciding(report, {few: small, many: large}, times // 4)
        _work(report, {few: small, many: large})
    with tempfile.TemporaryDirectory() as place:
        _printing(report, Path(place), less, more)


def publishing(report: Report, sites: dict[int, Path], times: int) -> None:
    few, many = sites
    taken: dict[int, list[float]] = {few: [], many: []}
    files: dict[int, tuple[int, int]] = {}
    with (
        servers.commonwire(sites[few]) as small,
        servers.commonwire(sites[many]) as big,
    ):
        wires = {few: Newswire(small.port), many: Newswire(big.port)}
        ready = {
            posts: prepare(wires[posts], times + WARM_UP + 1)[0] for posts in sites
        }
        for number in range(times + WARM_UP):
            for posts in (few, many) if number % 2 else (many, few):
                wait_for_worker(sites[posts])
                took = wires[posts].publish(*ready[posts][number])
                if number >= WARM_UP:
                    taken[posts].append(took.shown)
        for posts, data in sites.items():
            files[posts] = _files_of(wires[posts], data, ready[posts][-1])
    report.table(
        ("posts", "p50 ms", "p99 ms", "files at once", "by the worker"),
        [
            (str(posts), median(found), hundredth(found), *files[posts])
            for posts, found in taken.items()
        ],
    )
    report.figures["publish"] = {
        posts: {"p50": median(found), "p99": hundredth(found), "files": files[posts]}
        for posts, found in taken.items()
    }
    report.target(
        f"publish at {many:,} posts / at {few:,}, p50",
        median(taken[many]) / median(taken[few]),
        most=MOST_TIME,
    )
    difference = abs(sum(files[many]) - sum(files[few]))
    report.target("files written, difference", difference, most=0)
    report.say("")


def deciding(report: Report, sites: dict[int, Path], times: int) -> None:
    """By another process than those that serve and print, as by an editor's request."""
    few, many = sites
    taken, files = {}, {}
    for posts, data in sites.items():
        with servers.commonwire(data) as wire:
            wait_for_worker(data)
            _decide(data, 2)  # warm, and every page that it prints is there
            taken[posts] = _decide(data, times)
            _ask_for_archives(data, wire.port)
            before = _tree(data)
            _decide(data, 1)
            files[posts] = _names(before, _tree(data))
    report.table(
        ("posts", "a decision, p50 ms", "p99 ms", "most ms", "on the disk", "files"),
        [
            (
                str(posts),
                median(found.shown),
                hundredth(found.shown),
                max(found.shown),
                max(found.settled),
                len(files[posts]),
            )
            for posts, found in taken.items()
        ],
    )
    report.figures["decision"] = {
        posts: {
            "p50": median(found.shown),
            "p99": hundredth(found.shown),
            "most": max(found.shown),
            "on the disk, most": max(found.settled),
            "files": files[posts],
        }
        for posts, found in taken.items()
    }
    slowest = max(max(found.shown) for found in taken.values())
    name = "a decision to its effect on every file, most ms"
    report.target(name, slowest, most=MOST_OF_A_DECISION)
    report.target(
        f"a decision at {many:,} posts / at {few:,}, p50",
        median(taken[many].shown) / median(taken[few].shown),
        most=MOST_TIME,
    )
    here, there = Counter(files[few]), Counter(files[many])
    difference = (here - there).total() + (there - here).total()
    report.target("files that a decision touches, difference", difference, most=0)
    report.say("")


@dataclass
class Decided:
    """Milliseconds of each decision: until readers could see it in every file, and
    until the disk had all of them."""

    shown: list[float]
    settled: list[float]


def _decide(data: Path, times: int) -> Decided:
    words = [sys.executable, "-m", "benchmarks.decide", str(times)]
    said = subprocess.check_output(words, env=environment(data))
    shown, settled = zip(*json.loads(said), strict=True)
    return Decided(list(shown), list(settled))


def _ask_for_archives(data: Path, port: int) -> None:
    """What a decision takes away is there, so that it is seen to go."""
    month = time.strftime("%Y/%m", time.gmtime())
    client = Client(port)
    lists = ("acts/hide/", "acts/unhide/", "rules/advertising/", "editors/ada/")
    for path in ("", *lists):
        expect(client.get(f"/log/{path}{month}/").status == 200, path)
    for path in (time.strftime("%Y/%m/%d/", time.gmtime()), "statistics/"):
        expect(client.get(f"/log/{path}").status == 200, path)
    client.close()
    wait_for_worker(data)


def _names(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Which files are others; by whatever number and in whatever section."""
    changed = (name for name in before | after if before.get(name) != after.get(name))
    own = (name.partition("/public/")[2] for name in changed)
    return sorted(
        re.sub(r"[0-9]+|(?<=topics/|egions/)[a-z]+", "N", name) for name in own
    )


def _files_of(wire: Newswire, data: Path, ready: tuple[str, Text]) -> tuple[int, int]:
    """Files of the tree that a publishing changed or took away: until it was answered,
    and after that by the worker."""
    wait_for_worker(data)
    before = _tree(data)
    wire.publish(*ready)
    answered = _tree(data)
    wait_for_worker(data)
    time.sleep(0.5)
    after = _tree(data)
    return _changed(before, answered), _changed(answered, after)


def _changed(before: dict[str, Any], after: dict[str, Any]) -> int:
    return sum(before.get(name) != after.get(name) for name in before | after)


def _tree(data: Path) -> dict[str, Any]:
    found = {}
    for directory, _names, names in os.walk(data / "public"):
        for name in names:
            state = Path(directory, name).stat()
            found[f"{directory}/{name}"] = state.st_mtime_ns, state.st_ino
    return found


def _work(report: Report, sites: dict[int, Path]) -> None:
    """What SQLite does for each listing, here and there."""
    words = [sys.executable, "-m", "benchmarks.work"]
    (few, less), (many, more) = (
        (posts, json.loads(subprocess.check_output(words, env=environment(data))))
        for posts, data in sites.items()
    )
    report.table(
        ("hundreds of SQLite's instructions", f"{few:,} posts", f"{many:,} posts"),
        [(name, less[name], more[name]) for name in less],
    )
    report.figures["instructions"] = {few: less, many: more}
    # One more for what is counted in hundreds.
    worst = max((more[name] + 1) / (less[name] + 1) for name in less)
    report.target("most of them, ratio", worst, most=MOST_TIME)
    report.say("")


def _printing(report: Report, place: Path, less: int, more: int) -> None:
    rows, peaks = [], {}
    for posts in (less, more):
        data = place / f"print-{posts}"
        seed(data, posts)
        pages, seconds, peaks[posts] = _print_all(data)
        rate = pages / seconds
        rows.append((str(posts), pages, seconds, rate, peaks[posts]))
        report.figures[f"print --all, {posts}"] = {
            "pages": pages,
            "pages per second": rate,
            "peak MB": peaks[posts],
        }
    report.table(("posts", "pages", "seconds", "pages/s", "peak MB"), rows)
    report.target(
        f"print --all, peak memory at {more:,} posts / at {less:,}",
        peaks[more] / peaks[less],
        most=MOST_MEMORY,
    )


def _print_all(data: Path) -> tuple[int, float, float]:
    """Pages, seconds and megabytes. The progress bar stays on where there is a
    terminal."""
    words = [*servers.pinned(0), sys.executable, "-m", "commonwire", "print", "--all"]
    begun = time.perf_counter()
    process = subprocess.Popen(
        words, env=environment(data), stdout=subprocess.PIPE, text=True
    )
    said = process.stdout.read() if process.stdout else ""
    # This child's own peak, not that of those before it.
    _pid, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    if status:
        raise SystemExit(said)
    return int(said.split()[0]), seconds, usage.ru_maxrss / 1024


if __name__ == "__main__":
    program(__doc__, measure)
