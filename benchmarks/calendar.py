"""A calendar.ics of 5,000 events: how long it takes from the database to the bytes, and
whether two programs that others wrote read the times that were stored.

    python -m benchmarks.calendar [--quick] [--json FILE]
"""

import os
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import django
import icalendar
import vobject
from benchmarks.reports import Report, median, program

os.environ["COMMONWIRE_SECRET_KEY"] = "only-for-a-benchmark-that-opens-no-site-at-all"
os.environ["COMMONWIRE_DATABASE_URL"] = "sqlite:///:memory:"
os.environ["DJANGO_SETTINGS_MODULE"] = "commonwire.settings"
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from commonwire.calendar import ics, queries  # noqa: E402
from commonwire.calendar.actions import scheduling  # noqa: E402
from commonwire.calendar.content import EventContent  # noqa: E402
from commonwire.calendar.dates import Span  # noqa: E402
from commonwire.publishing.models import Post  # noqa: E402

EVENTS, FEW = 5_000, 200
MOST_SECONDS = 2.0
ZONES = ("America/Chicago", "Europe/Berlin", "Asia/Kolkata", "America/Sao_Paulo")
FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)


def measure(report: Report, quick: bool) -> None:
    call_command("migrate", verbosity=0)
    number = FEW if quick else EVENTS
    with transaction.atomic():
        fill(number)
    took, body = [], b""
    for _again in range(3):
        begun = time.perf_counter()
        body = written()
        took.append(time.perf_counter() - begun)
    equal = times_equal(body)
    rows = [(number, len(body) // 1_000, median(took), max(took))]
    report.table(("events", "kB", "seconds, median", "most"), rows)
    report.say(f"times equal for icalendar, vobject and the database: {equal}")
    report.figures = {"events": number, "seconds": median(took), "equal": equal}
    report.target("a calendar.ics, seconds", median(took), most=MOST_SECONDS)
    report.target("times equal on both", int(equal), least=1)


def written() -> bytes:
    dates = queries.whole(queries.dates(queries.Scope()))
    return ics.render(ics.Head("Calendar", "/calendar/"), dates)


def fill(number: int) -> None:
    """Events on all days of two years, in four zones, some with an open end."""
    for each in range(number):
        at = FIRST + timedelta(minutes=211 * each)
        post = Post.objects.create(
            kind="event",
            title=f"Meeting {each}: what we do, and how",
            summary="Everybody is welcome; bring a chair and somebody to talk to. " * 3,
            slug=f"meeting-{each}",
            day=at.date(),
            published_at=at,
            updated_at=at,
            text_hash=str(each),
        )
        span = Span(at, at + timedelta(hours=2) if each % 5 else None)
        content = EventContent(
            zone=ZONES[each % len(ZONES)],
            dates=(span,),
            place="Union Hall",
            address="12 Mill Street, Alder Bend",
            latitude=43.0747,
            longitude=-89.3842,
            price="free",
        )
        scheduling.publish(post=post, content=content)


def times_equal(body: bytes) -> bool:
    """As icalendar and vobject read them, and as they are stored."""
    one: dict[str, Any] = {
        str(each["UID"]): each["DTSTART"].dt.astimezone(UTC)
        for each in icalendar.Calendar.from_ical(body).walk("VEVENT")
    }
    other = {
        each.uid.value: each.dtstart.value.astimezone(UTC)
        for each in vobject.readOne(body.decode()).vevent_list
    }
    stored = {row.uid: row.starts_at for row in queries.dates(queries.Scope())}
    return one == other == stored


if __name__ == "__main__":
    program(__doc__, measure)
