"""What prints to paper: posters in nine languages of six scripts, a poster with as much
of everything as forms take, and the letter of a long press release. Each is set several
times in one process, as a site does; the first of all reads the fonts.

    python -m benchmarks.posters [--quick] [--json FILE]
"""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import django
from benchmarks.reports import Report, median, program
from tests.syndication.scripts import SCRIPTS

os.environ["COMMONWIRE_SECRET_KEY"] = "only-for-a-benchmark-that-opens-no-site-at-all"
os.environ["COMMONWIRE_DATABASE_URL"] = "sqlite:///:memory:"
os.environ["DJANGO_SETTINGS_MODULE"] = "commonwire.settings"
django.setup()

from commonwire.publishing.release import Release  # noqa: E402
from commonwire.syndication.posters.facts import Poster  # noqa: E402
from commonwire.syndication.posters.poster import render  # noqa: E402
from commonwire.syndication.releases import letter  # noqa: E402
from commonwire.syndication.releases.facts import Facts  # noqa: E402

MOST_SECONDS = 1.0
ITEMS = tuple(f"{number} " + "words of a demand " * 40 for number in range(30))


def measure(report: Report, quick: bool) -> None:
    rounds = 1 if quick else 9
    started = time.perf_counter()
    render(_poster(0), "letter")
    first = time.perf_counter() - started
    rows = []
    for number, script in enumerate(SCRIPTS):
        rows.append((script.language, *_times(rounds, lambda n=number: _poster(n))))
    rows.append(("longest of everything", *_times(rounds, _longest)))
    taken = _each(rounds, lambda: letter.render(_facts(), "letter"))
    rows.append(("letter of a release, 1,500 words", median(taken), max(taken)))
    report.table(("", "seconds, median", "most"), rows)
    worst = max(row[2] for row in rows)
    report.figures = {"first": first, "worst": worst}
    report.target("the first poster of a process, seconds", first, most=MOST_SECONDS)
    report.target("any poster or letter, seconds", worst, most=MOST_SECONDS)


def _times(rounds: int, poster: Callable[[], Poster]) -> tuple[float, float]:
    taken = _each(rounds, lambda: render(poster(), "letter"))
    taken += _each(rounds, lambda: render(poster(), "a4"))
    return median(taken), max(taken)


def _each(rounds: int, make: Callable[[], bytes]) -> list[float]:
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        make()
        taken.append(time.perf_counter() - started)
    return taken


def _poster(number: int) -> Poster:
    script = SCRIPTS[number]
    return Poster(
        language=script.language,
        kicker="",
        headline=script.headline,
        by=script.headline,
        day="",
        when=script.line,
        where=script.line,
        text=" ".join([script.line] * 4),
        lists=((script.headline, (script.line,) * 3),) * 2,
        address="https://news.example/2026/03/03/" + script.headline.replace(" ", "-"),
        site="Riverton Wire",
    )


def _longest() -> Poster:
    return Poster(
        language="en",
        kicker="Call to action",
        headline="W" * 200,
        by="B" * 120,
        day="",
        when="M" * 200,
        where="Q" * 300,
        off="Because " * 100,
        text="x" * 1_000,
        lists=(("Asks", ITEMS), ("Demands", ITEMS)),
        address="https://news.example/2026/03/03/" + "w" * 60,
        site="Riverton Wire",
    )


def _facts() -> Facts:
    now = datetime(2026, 3, 3, tzinfo=UTC)
    post = SimpleNamespace(
        language="en",
        title="Drivers vote to strike",
        byline="Riverton Transit Union",
        summary="",
        body_html="<p>" + "Some more words of it. " * 100 + "</p>",
        path="/2026/03/03/a/",
        pk=1,
        published_at=now,
        updated_at=now,
        attachments=[],
        parts=[],
    )
    post.body_html *= 3
    site = SimpleNamespace(name="Riverton Wire", zone=ZoneInfo("UTC"))
    return Facts(post, Release(issued="2026-03-03"), site)


if __name__ == "__main__":
    program(__doc__, measure)
