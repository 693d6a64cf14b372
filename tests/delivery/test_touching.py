"""How many files a decision touches does not depend on how many were made before."""

import itertools
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from commonwire.delivery.printing import print_stale
from commonwire.moderation import archive
from commonwire.moderation.actions import placing, undoing
from commonwire.moderation.models import Decision, LogEntry, LogHead, LogTile
from commonwire.moderation.states import Act
from tests.factories import NOON, a_post, a_rule, a_section, an_editor

pytestmark = pytest.mark.django_db(transaction=True)
LONG_AGO = datetime.now(UTC).replace(microsecond=0) - timedelta(days=40)


@pytest.fixture
def ada():
    return an_editor("Ada")


@pytest.fixture
def wait(monkeypatch):
    """Lets a minute pass each time: what says when it was made says something else."""
    noon = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    minutes = itertools.count(1)

    def a_minute():
        later = noon + timedelta(minutes=next(minutes))
        monkeypatch.setattr(timezone, "now", lambda: later)

    a_minute()
    return a_minute


def made_before(numbers, ada):
    """Decisions of so many numbers, each for a reason of its own."""
    rule, post = a_rule(), a_post("Decided about often", at=NOON)
    rows = (
        Decision(
            number=number,
            act=list(Act)[number % 7],
            post=post,
            rule=rule,
            editor=ada,
            signed_as="Ada",
            reason=f"Because {number}.",
            at=LONG_AGO,
        )
        for number in numbers
    )
    while chunk := list(itertools.islice(rows, 2_000)):
        Decision.objects.bulk_create(chunk)
    grown_to(numbers.stop)
    print_stale()


def grown_to(size):
    """The log's tree, its hashes made up: nobody verifies it here."""
    LogTile.objects.all().delete()
    for level in range(4):
        hashes = size >> 8 * level
        LogTile.objects.bulk_create(
            LogTile(level=level, number=place, hashes=bytes(32 * min(256, left)))
            for place, left in enumerate(range(hashes, 0, -256))
        )
    LogEntry.objects.bulk_create(
        [LogEntry(number=number, entry=b"{}") for number in range(size)],
        ignore_conflicts=True,
    )
    LogHead.objects.update_or_create(pk=1, defaults={"size": size})


# An empty feed says when it was printed, by a clock that no test sets.
EMPTY = re.compile(r"/(features|hidden)/feed\.")


def state(root):
    return {
        name: (file.stat().st_mtime_ns, file.stat().st_ino)
        for file in root.rglob("*")
        if file.is_file() and not EMPTY.match(name := f"/{file.relative_to(root)}")
    }


def pages_that_show(decision):
    local = f"{decision.at:%Y/%m}"
    bundle = f"/log/numbers/{decision.number // archive.PER_BUNDLE}/"
    lists = ("/log/acts/hide/", "/log/rules/advertising/", "/log/editors/ada/")
    return (
        *("/log/", f"/log/{local}/", f"/log/{decision.at:%Y/%m/%d}/"),
        *(bundle, f"{bundle}decisions.json", "/log/decisions.json"),
        *(path + month for path in lists for month in ("", f"{local}/")),
        *("/log/statistics/", decision.path, f"{decision.path}decision.json"),
        *("/", "/wire/", "/topics/labor/"),
    )


def touched(client, root, ada, section, wait):
    """What hiding a post and bringing it back changes or takes away, by name."""
    post = a_post("Pills", topics=(section,), at=NOON)
    hide = {"by": ada, "post": post, "rule": a_rule(), "reason": "Pills."}
    undoing.undo(by=ada, decision=placing.hide(**hide))
    print_stale()
    first = Decision.objects.filter(act=Act.HIDE, post=post).get()
    for path in pages_that_show(first):
        assert client.get(path).status_code == 200, path
    before = state(root)
    wait()
    undoing.undo(by=ada, decision=placing.hide(**hide))
    print_stale()
    after = state(root)
    changed = (name for name in before | after if before.get(name) != after.get(name))
    return sorted(re.sub(r"/pills(-\d)?/|\d+", "N", name) for name in changed)


@pytest.mark.slow
def test_a_decision_touches_as_many_files_behind_twenty_thousand_as_behind_a_thousand(
    client, settings, ada, wait
):
    section = a_section()
    made_before(range(1_000), ada)
    few = touched(client, settings.PUBLIC_DIR, ada, section, wait)
    # In the middle of a bundle again.
    Decision.objects.update(at=LONG_AGO)
    made_before(range(1_100, 20_000), ada)
    many = touched(client, settings.PUBLIC_DIR, ada, section, wait)
    assert many == few
    assert len(few) > 20


def test_the_newest_page_reads_past_automatic_decisions_by_an_index(ada):
    numbers = archive.within(range(1_000))
    found = Decision.objects.filter(archive.ONE_BY_ONE, numbers)
    plan = found.order_by("-number").values_list("number")[:10].explain()
    assert "decisions_one_by_one" in plan
    assert connection.vendor == "sqlite"
