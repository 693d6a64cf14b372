"""From the form's POST until the post and the front page show it, against bare Django.

A text of 3,000 characters, one at a time over HTTP, each time both pages fetched and
their content checked.

* ours: ``commonwire serve`` with its worker, 1,000 posts in it; the form's POST that
  publishes a draft, the post's page, the front page. The draft was made and previewed
  some seconds before, as by a person who looked at the preview: what that took is in
  rows of its own;
* bare: ``benchmarks/bare`` under the same Granian with the same SQLite and durability;
  the form's POST that inserts a row, the article, a list of twenty.

Interleaved. Each starts when our worker has printed what the one before made stale, as
when a person publishes; then once more one straight after the other.

    python -m benchmarks.publish [--quick] [--json FILE]
"""

import contextlib
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from benchmarks.client import Bare, Drafting, Newswire, Publishing, expect
from benchmarks.reports import Report, hundredth, median, program
from benchmarks.seed import database_of, seed
from benchmarks.texts import Text, text

from benchmarks import servers

AT_MOST_BARE = 1.0
POSTS_BEFORE = 1_000
WARM_UP = 5
# Drafts are made and previewed so many at a time, and published within a minute.
BATCH = 20
# What screening calls too fast for a person.
LEAST_AGE = 3.1


def measure(report: Report, quick: bool) -> None:
    calm, rushed = (BATCH, BATCH) if quick else (240, 200)
    with tempfile.TemporaryDirectory() as place:
        ours, theirs = Path(place, "ours"), Path(place, "bare")
        seed(ours, POSTS_BEFORE)
        with servers.commonwire(ours) as wire, servers.bare(theirs) as bare:
            race = Race(Newswire(wire.port), Bare(bare.port), ours)
            race.run(BATCH, with_pauses=False)  # warm, and a full list for bare
            times = race.run(calm, with_pauses=True)
            busy = race.run(rushed, with_pauses=False)
    _report(report, times, busy, race.drafting)


class Race:
    """Both sites, by turns."""

    def __init__(self, wire: Newswire, bare: Bare, data: Path) -> None:
        self.wire = wire
        self.bare = bare
        self.data = data
        self.drafting: list[Drafting] = []
        self._number = 0

    def run(self, times: int, *, with_pauses: bool) -> dict[str, list[Publishing]]:
        taken: dict[str, list[Publishing]] = {"ours": [], "bare": []}
        for _ in range(times // BATCH):
            for draft in self._drafts():
                if with_pauses:
                    wait_for_worker(self.data)
                taken["bare"].append(self.bare.publish(text(-draft[1].number)))
                taken["ours"].append(self.wire.publish(*draft))
        return taken

    def _drafts(self) -> list[tuple[str, Text]]:
        wait_for_worker(self.data)
        drafts, took = prepare(self.wire, BATCH, first=1_000_000 + self._number)
        self._number += BATCH
        self.drafting += took
        wait_for_worker(self.data)
        return drafts


def prepare(
    wire: Newswire, number: int, first: int = 0, length: int = 3_000
) -> tuple[list[tuple[str, Text]], list[Drafting]]:
    """Drafts that are old enough to be published."""
    texts = [text(first + place, length) for place in range(number)]
    made = [wire.draft(each) for each in texts]
    time.sleep(LEAST_AGE)
    drafts = [(address, each) for (address, _), each in zip(made, texts, strict=True)]
    return drafts, [took for _, took in made]


def wait_for_worker(data: Path) -> None:
    """Until the worker has printed everything that is stale."""
    question = (
        "SELECT coalesce((SELECT max(id) FROM changes_change), 0) <= coalesce("
        "(SELECT position FROM changes_cursor WHERE name = 'delivery'), 0)"
    )
    end = time.monotonic() + 60
    with contextlib.closing(_database(data)) as database:
        while not database.execute(question).fetchone()[0]:
            expect(time.monotonic() < end, "the worker")
            time.sleep(0.02)


def _database(data: Path) -> Any:
    if url := database_of(data):
        return psycopg.connect(url, autocommit=True)
    return sqlite3.connect(f"file:{data / 'commonwire.sqlite3'}?mode=ro", uri=True)


def _report(
    report: Report,
    times: dict[str, list[Publishing]],
    busy: dict[str, list[Publishing]],
    drafting: list[Drafting],
) -> None:
    rows = {
        "bare: POST": [took.post for took in times["bare"]],
        "bare: POST until article and list show it": _shown(times["bare"]),
        "ours: POST": [took.post for took in times["ours"]],
        "ours: POST until post and front show it": _shown(times["ours"]),
        "ours: making the draft (POST)": [took.made for took in drafting],
        "ours: its preview (GET)": [took.previewed for took in drafting],
        "without a pause, bare: until shown": _shown(busy["bare"]),
        "without a pause, ours: until shown": _shown(busy["ours"]),
    }
    report.table(
        ("milliseconds", "p50", "p99", "times"),
        [(name, median(t), hundredth(t), len(t)) for name, t in rows.items()],
    )
    ours, bare = _shown(times["ours"]), _shown(times["bare"])
    whole = median(rows["ours: making the draft (POST)"])
    whole += median(rows["ours: its preview (GET)"]) + median(ours)
    report.say(f"ours with draft and preview, sum of medians: {whole:.1f} ms\n")
    report.figures["milliseconds"] = {
        name: {"p50": median(t), "p99": hundredth(t), "times": len(t)}
        for name, t in rows.items()
    }
    report.target("ours / bare, p50", median(ours) / median(bare), most=AT_MOST_BARE)
    ratio = hundredth(ours) / hundredth(bare)
    report.figures["ratio of p99"] = ratio
    report.say(f"{'ours / bare, p99 (no target)':52}{ratio:8.2f}")
    ratio = median(_shown(busy["ours"])) / median(_shown(busy["bare"]))
    report.figures["ratio without a pause"] = ratio
    report.say(f"{'ours / bare, p50, without a pause (no target)':52}{ratio:8.2f}")


def _shown(taken: list[Publishing]) -> list[float]:
    return [took.shown for took in taken]


if __name__ == "__main__":
    program(__doc__, measure)
