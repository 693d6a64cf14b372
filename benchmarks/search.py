"""How long a search takes, its page included, by what is looked for.

On SQLite it fills a site of its own. On PostgreSQL it measures the site that
`COMMONWIRE_DATABASE_URL` names, which `benchmarks.fill` and `commonwire search rebuild`
have filled before.

    python -m benchmarks.search [--quick] [--json FILE]
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.reports import Report, hundredth, median, program
from benchmarks.seed import environment, seed

MOST_MEDIAN = 50
MOST_HUNDREDTH = 250


def measure(report: Report, quick: bool) -> None:
    times = 2 if quick else 100
    if "postgres" in os.environ.get("COMMONWIRE_DATABASE_URL", ""):
        _searches(report, dict(os.environ), "PostgreSQL", times)
        return
    number = 300 if quick else 200_000
    with tempfile.TemporaryDirectory() as place:
        data = Path(place, "site")
        seed(data, number)
        begun = time.perf_counter()
        words = [sys.executable, "-m", "commonwire", "search", "rebuild"]
        subprocess.run(
            words, env=environment(data), check=True, stdout=subprocess.DEVNULL
        )
        rate = number / (time.perf_counter() - begun)
        report.say(f"indexed: {rate:,.0f} posts a second")
        report.figures["indexed a second"] = rate
        _searches(report, environment(data), "SQLite", times)


def _searches(report: Report, where: dict[str, str], engine: str, times: int) -> None:
    words = [sys.executable, "-m", "benchmarks.searches", str(times)]
    found = json.loads(subprocess.check_output(words, env=where))
    taken, entries = found["taken"], found["entries"]
    report.say(f"{entries:,} entries on {engine}\n")
    report.table(
        ("looked for", "p50 ms", "p99 ms"),
        [(name, median(each), hundredth(each)) for name, each in taken.items()],
    )
    told = ", ".join(f"{who} {ms:.1f} ms" for who, ms in found["processors"].items())
    report.say(f"of the processors, a search on the average: {told}\n")
    every = [each for times in taken.values() for each in times]
    report.figures[engine] = {
        "entries": entries,
        "p50": median(every),
        "p99": hundredth(every),
        "each": {n: [median(t), hundredth(t)] for n, t in taken.items()},
    }
    report.target(f"a search of {entries:,}, p50 ms", median(every), most=MOST_MEDIAN)
    report.target(
        f"a search of {entries:,}, p99 ms", hundredth(every), most=MOST_HUNDREDTH
    )
    report.say("")


if __name__ == "__main__":
    program(__doc__, measure)
