"""A flood of bots while a person publishes and readers read.

`commonwire serve` with 1,000 posts and a site's usual settings. 20,000 submissions from
200 addresses (told by X-Forwarded-For, as a proxy on the same machine does), over 200
connections, as fast as they are answered; 100 of them have done a proof of work before.
Meanwhile:

* six people publish through the form, each again and again, one a third of a second
  after the other, every time from an address of their own, with a browser that has done
  its proof of work while they wrote: the time from “Publish” until the post's page and a
  list show it. In quiet twelve times, and twelve times while readers read; in the flood,
  with the readers, what began while it went on, which has to be nine times at least, or
  the median says nothing;
* sixteen readers load the front page, with 10 ms between their requests (wrk).

Both are measured in quiet before, in the same run. Then what the flood has left on the
disk and at the desk, and the one act that clears it.

    python -m benchmarks.flood [--quick] [--json FILE]
"""

import contextlib
import itertools
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.bots import solve
from benchmarks.client import Answer, Client, expect
from benchmarks.publish import LEAST_AGE, wait_for_worker
from benchmarks.reports import Report, hundredth, median, program
from benchmarks.seed import environment, seed
from benchmarks.texts import text

from benchmarks import servers

ADDRESSES = 200
MOST_TIME = 2.0
LEAST_READING = 0.8
PAUSE = 2.0
# At once, so that a flood of some seconds has enough of them.
PEOPLE = 6
LEAST_TIMES = 9
FLOOD_RATE = 100
Going = Callable[[], bool]
_SCRIPT = "function delay() return 10 end\n"


def measure(report: Report, quick: bool) -> None:
    submissions, solved, rounds = (200, 3, 1) if quick else (20_000, 100, 2)
    with tempfile.TemporaryDirectory() as place:
        data = Path(place, "site")
        seed(data, 200 if quick else 1_000)
        _call_it_a_flood(data)
        with servers.commonwire(data) as wire:
            flood = Flood(wire.port, data, place)
            flood.run(report, submissions, solved, rounds)
        _desk(report, data, flood)


def _call_it_a_flood(data: Path) -> None:
    words = f"from commonwire.publishing.models import Site; Site.objects.update(flood_rate={FLOOD_RATE})"
    subprocess.run(
        [sys.executable, "-m", "commonwire", "shell", "--no-imports", "-c", words],
        env=environment(data),
        check=True,
    )


class Flood:
    def __init__(self, port: int, data: Path, place: str) -> None:
        self.port = port
        self.data = data
        self.script = Path(place, "readers.lua")
        self.script.write_text(_SCRIPT)
        self.grown: tuple[int, int] = (0, 0)
        self.again = 0
        self._numbers = itertools.count(1)

    def run(self, report: Report, submissions: int, solved: int, rounds: int) -> None:
        self.proofs = solve(self.port, PEOPLE * rounds * 5)
        with _bots(self.port, submissions, solved) as bots:
            quiet = self._publish(rounds)
            beside: list[float] = []
            calm = self._read(lambda: beside.extend(self._publish(rounds)))
            wait_for_worker(self.data)
            before = _size(self.data)
            bots.stdin.write("go\n")
            bots.stdin.flush()
            crowded: list[float] = []
            reading = self._read(
                lambda: crowded.extend(
                    self._publish(10**6, lambda: bots.poll() is None)
                )
            )
            said = json.loads(bots.stdout.read())
        self.grown = before, _size(self.data)
        times = {
            "in quiet": quiet,
            "in quiet, beside readers": beside,
            "in the flood": crowded,
        }
        _report(report, times, calm, reading, said)

    def _publish(self, rounds: int, going: Going = lambda: True) -> list[float]:
        """How long each took that was begun while it was ``going`` on."""
        with ThreadPoolExecutor(PEOPLE) as pool:
            people = [
                pool.submit(self._person, place, rounds, going)
                for place in range(PEOPLE)
            ]
            found = [each for person in people for each in person.result()]
        # A quick flood is over before anybody has written anything.
        return [took for took, within in found if within] or [took for took, _ in found]

    def _person(
        self, place: int, rounds: int, going: Going
    ) -> list[tuple[float, bool]]:
        taken: list[tuple[float, bool]] = []
        time.sleep(PAUSE * place / PEOPLE)
        for number in range(rounds):
            # The first of all in any case, so that there is something to tell.
            if not self.proofs or (place + number and not going()):
                break
            taken.append(self._one(going))
        return taken

    def _one(self, going: Going) -> tuple[float, bool]:
        """One person: the draft, a look at it, and then what is measured."""
        number = next(self._numbers)
        own = text(50_000_000 + number)
        client = Client(self.port)
        client.headers["X-Forwarded-For"] = f"198.51.{number // 200}.{number % 200 + 1}"
        fields = {**own.as_form(), "kind": "report", "altcha": self._proof()}
        form = self._asked(lambda: client.get("/publish/"))
        opened = re.search(rb'name="opened" value="([^"]+)"', form.body)
        fields["opened"] = expect(opened, "the form")[1].decode()
        made = self._asked(lambda: client.post("/publish/", fields, multipart=True))
        expect(made.status == 303, f"a person's draft: {made.status}")
        place = str(made.headers["Location"])
        preview = self._asked(lambda: client.get(place))
        expect(own.title.encode() in preview.body, "the preview")
        time.sleep(max(PAUSE, LEAST_AGE))
        start, within = time.perf_counter(), going()
        fields["do"] = "publish"
        done = self._asked(lambda: client.post(place, fields, multipart=True))
        page = client.get(own.path)
        shown = [
            own.title.encode() in client.get(path).body for path in ("/", "/wire/raw/")
        ]
        taken = (time.perf_counter() - start) * 1e3
        expect(done.status == 303, f"a person's publishing: {done.status}")
        expect(page.status == 200 and own.title.encode() in page.body, "the post")
        expect(any(shown), "a list with the post")
        client.close()
        return taken, within

    def _proof(self) -> str:
        """One that was worked out before; empty when all are used up."""
        with contextlib.suppress(IndexError):
            return self.proofs.pop()
        return ""

    def _asked(self, ask: Callable[[], Answer]) -> Answer:
        """As a person does who is told that very much is coming in: once more, a second
        later. It counts, and how often is told."""
        for _try in range(20):
            answer = ask()
            if answer.status != 429:
                break
            self.again += 1
            time.sleep(1)
        return answer

    def _read(self, meanwhile: Any) -> float:
        """Readers' requests a second while something else goes on."""
        words = ["wrk", "-t1", "-c16", "-d900s", "-s", str(self.script)]
        with _stopped_by_hand([*words, f"http://127.0.0.1:{self.port}/"]) as readers:
            begun = time.perf_counter()
            meanwhile()
            seconds = time.perf_counter() - begun
            readers.send_signal(2)
            said = readers.communicate()[0]
        found = re.search(r"(\d+) requests in", said)
        return int(expect(found, f"what wrk says: {said}")[1]) / seconds


@contextlib.contextmanager
def _stopped_by_hand(words: list[str]) -> Any:
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


@contextlib.contextmanager
def _bots(port: int, submissions: int, solved: int) -> Any:
    words = [sys.executable, "-m", "benchmarks.bots", str(port), str(submissions)]
    process = subprocess.Popen(
        [*words, str(ADDRESSES), str(solved)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        expect(process.stdout.readline() == "ready\n", "the bots")
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def _size(folder: Path) -> int:
    found = 0
    for each in folder.rglob("*"):
        with contextlib.suppress(FileNotFoundError):
            found += each.stat().st_blocks * 512 if each.is_file() else 0
    return found


def _report(
    report: Report,
    times: dict[str, list[float]],
    calm: float,
    reading: float,
    said: dict[str, Any],
) -> None:
    number = sum(said["answers"].values())
    rate = number / said["seconds"]
    report.say(
        f"{number:,} submissions in {said['seconds']:.0f} s, {rate:,.0f} a second"
    )
    report.table(
        ("answered", "times"),
        sorted(said["answers"].items(), key=lambda each: -each[1]),
    )
    report.table(
        ("a person, milliseconds until public", "p50", "p99", "times"),
        [
            (name, median(taken), hundredth(taken), len(taken))
            for name, taken in times.items()
        ],
    )
    report.table(
        ("readers", "requests/s"), [("in quiet", calm), ("in the flood", reading)]
    )
    report.figures |= {
        "bots": said,
        "person": list(times.values()),
        "readers": [calm, reading],
    }
    quiet, beside, crowded = map(median, times.values())
    within = len(times["in the flood"])
    report.target("publishes within the flood", within, least=LEAST_TIMES)
    report.target(
        "a person in the flood / in quiet, p50", crowded / quiet, most=MOST_TIME
    )
    report.say(
        f"a person in the flood / in quiet beside readers, p50: {crowded / beside:.2f}"
    )
    report.target(
        "readers in the flood / in quiet", reading / calm, least=LEAST_READING
    )


def _desk(report: Report, data: Path, flood: Flood) -> None:
    words = [sys.executable, "-m", "benchmarks.heap"]
    found = json.loads(subprocess.check_output(words, env=environment(data)))
    before, after = flood.grown
    report.say(f"\na person was asked to come back in a second: {flood.again} times")
    report.say("")
    report.say(
        f"disk: {(after - before) / 1e6:.1f} MB more, {found['drafts']:,} drafts of bots"
    )
    report.say(f"heaps: {found['heaps']}; {found['raw']:,} posts on the raw wire")
    report.say(f"decisions in the log: {found['decisions']}")
    report.say(
        f"the act that clears the largest: {found['clearing ms']:.0f} ms; left: {found['left']}"
    )
    report.figures["desk"] = found
    report.figures["megabytes"] = (after - before) / 1e6


if __name__ == "__main__":
    program(__doc__, measure)
