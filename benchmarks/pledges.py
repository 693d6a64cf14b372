"""Pledges as fast as they are answered, on one call: that none is lost or doubled, when
the call's page says how many, how often it was printed meanwhile; and as many rows by the
bare one-row insert view, in the same run.

Each comes from an address of its own, as a proxy tells it; one in twenty is sent twice.
"""

import json
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.client import Bare, Client, expect
from benchmarks.reports import Report, hundredth, median

from benchmarks import servers

CONNECTIONS = 16
NUMBER = 5_000
TWICE = 20
MOST_SECONDS = 1.0
AREAS = ("Alder County", "Bend County", "Cedar County", "Dover County")


def main(*, quick: bool) -> bool:
    report, number = Report(), 400 if quick else NUMBER
    with tempfile.TemporaryDirectory() as place:
        rows = _bare(Path(place, "bare"), number)
        pledges = Pledges(Path(place, "site"), number)
        pledges.run()
    _report(report, rows, pledges)
    return all(target["met"] for target in report.targets)


def _bare(data: Path, number: int) -> tuple[float, list[float]]:
    with servers.bare(data) as server:
        bodies = iter(range(number))
        return _everybody(bodies, lambda: _row(Bare(server.port)))


def _row(site: Bare) -> Callable[[int], None]:
    def insert(each: int) -> None:
        fields = {"title": f"Row {each}", "body": "I will be there."}
        fields["csrfmiddlewaretoken"] = site.token
        answer = site.client.post("/publish/", fields, multipart=False)
        expect(answer.status == 302, f"a row: {answer.status}")

    return insert


class Pledges:
    def __init__(self, data: Path, number: int) -> None:
        self.data = data
        self.number = number
        words = [sys.executable, "-m", "benchmarks.one_call", str(data), str(number)]
        self.told = json.loads(subprocess.check_output(words))
        self.owned: Counter[str] = Counter()
        self.seconds, self.taken = 0.0, [0.0]
        self.prints: list[float] = []
        self.lag = self.stored = 0.0

    def run(self) -> None:
        with servers.commonwire(self.data) as wire:
            Client(wire.port).get(self.told["path"])
            file = self.data / "public" / self.told["path"].strip("/") / "index.html"
            stop = threading.Event()
            watch = threading.Thread(target=self._watch, args=(file, stop))
            watch.start()
            forms = iter(enumerate(self.told["opened"]))
            self.seconds, self.taken = _everybody(
                forms, lambda: self._pledging(Client(wire.port))
            )
            done = time.perf_counter()
            self.lag = self._until_shown(file) - done
            time.sleep(2)
            stop.set()
            watch.join()
        self.stored = self._count()

    def _pledging(self, client: Client) -> Callable[[tuple[int, str]], None]:
        path = f"/pledge/{self.told['post']}/"

        def pledge(form: tuple[int, str]) -> None:
            number, opened = form
            client.headers["X-Forwarded-For"] = f"10.0.{number // 250}.{number % 250}"
            asks = self.told["asks"]
            fields = {
                "opened": opened,
                "asks": str(asks[number % len(asks)]),
                "place": AREAS[number % len(AREAS)],
            }
            for _again in range(2 if number % TWICE == 0 else 1):
                answer = client.post(path, fields, multipart=False)
                expect(answer.status == 303, f"a pledge: {answer.status}")
            self.owned[str(answer.headers["Location"])] += 1

        return pledge

    def _watch(self, file: Path, stop: threading.Event) -> None:
        """When the page was printed: another file lies there each time."""
        known = file.stat().st_ino, file.stat().st_mtime_ns
        while not stop.wait(0.005):
            now = file.stat().st_ino, file.stat().st_mtime_ns
            if now != known:
                self.prints.append(time.perf_counter())
                known = now

    def _until_shown(self, file: Path) -> float:
        shown = f"<strong>{self.number:,}</strong>"
        end = time.monotonic() + 30
        while shown not in file.read_text(encoding="utf-8"):
            expect(time.monotonic() < end, "the number on the page")
            time.sleep(0.01)
        return time.perf_counter()

    def _count(self) -> int:
        file = self.data / "commonwire.sqlite3"
        database = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        (number,) = database.execute("SELECT count(*) FROM calls_pledge").fetchone()
        database.close()
        return int(number)

    @property
    def often(self) -> float:
        """Prints a second, from the first one to the last."""
        if len(self.prints) < 2:
            return 0.0
        return (len(self.prints) - 1) / (self.prints[-1] - self.prints[0])


def _everybody(
    work: Iterator[Any], begin: Callable[[], Callable[[Any], None]]
) -> tuple[float, list[float]]:
    """Do all of it over many connections; in how long, and how long each took."""
    lock, taken, failed = threading.Lock(), [], []

    def one() -> None:
        do = begin()
        while True:
            with lock:
                item = next(work, None)
            if item is None or failed:
                return
            start = time.perf_counter()
            try:
                do(item)
            except BaseException as error:  # noqa: BLE001 - told by whoever waits
                failed.append(error)
            taken.append((time.perf_counter() - start) * 1e3)

    threads = [threading.Thread(target=one) for _each in range(CONNECTIONS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return time.perf_counter() - start, taken


def _report(report: Report, rows: tuple[float, list[float]], pledges: Pledges) -> None:
    number = pledges.number
    report.table(
        ("", "a second", "p50 ms", "p99 ms"),
        [
            (name, number / seconds, median(taken), hundredth(taken))
            for name, seconds, taken in (
                ("bare: rows", *rows),
                ("ours: pledges", pledges.seconds, pledges.taken),
            )
        ],
    )
    ratio = rows[0] / pledges.seconds
    report.say(f"{'ours / bare, a second (no target)':52}{ratio:8.2f}")
    lost = number - pledges.stored + abs(len(pledges.owned) - number)
    report.target("pledges lost or doubled", lost, most=0)
    report.target("seconds until the page says all", pledges.lag, most=MOST_SECONDS)
    report.target("prints of the page a second", pledges.often, most=1)
