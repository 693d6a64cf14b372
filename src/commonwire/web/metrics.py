"""What Prometheus asks for, counted from the database and the disk when it asks: so any
of the web processes can answer for all. Numbers of the site, none of anybody."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib.metadata import version

from django.conf import settings
from django.db.models import Min
from django.utils import timezone
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from commonwire.changes import cursors, running
from commonwire.changes.models import Change
from commonwire.delivery.printing import CURSOR
from commonwire.mail.models import OutgoingMail
from commonwire.media.models import Attachment
from commonwire.media.states import State
from commonwire.moderation import queries as moderation
from commonwire.moderation.models import Decision
from commonwire.publishing.models import Post
from commonwire.publishing.states import WireClass

PREFIX = "commonwire_"
KIND = CONTENT_TYPE_LATEST
# What the processes add up: changes/running.py.
SUMS = {
    "pages_printed": "Pages printed by workers.",
    "pages_failed": "Pages that did not print when somebody tried; their old files stay.",
    "print_seconds": "Seconds that workers spent printing.",
    "print_rounds": "Rounds of printing that had something to do.",
    "mails_sent": "Mails handed to the mail server.",
}


def text() -> bytes:
    registry = CollectorRegistry()
    registry.register(Site())
    return generate_latest(registry)


class Site(Collector):
    def collect(self) -> Iterator[Metric]:
        for part in PARTS:
            yield from part()


def _program() -> Iterator[Metric]:
    yield _gauge("info", "Which version runs.", 1, version=version("commonwire"))
    family = GaugeMetricFamily(
        f"{PREFIX}processes",
        "Processes of the site seen in the last minute.",
        labels=["kind"],
    )
    for kind in (running.WEB, running.WORKER):
        family.add_metric([kind], running.count(kind))
    yield family


def _posts() -> Iterator[Metric]:
    posts = Post.everything
    unlisted = posts.filter(listed=False)
    states = {
        "listed": posts.filter(listed=True),
        "waiting": unlisted.exclude(waiting_since=None),
        "raw": posts.filter(raw=True, waiting_since=None),
        "hidden": unlisted.filter(wire_class=WireClass.HIDDEN),
        "withdrawn": unlisted.exclude(withdrawn_at=None),
        "embargoed": unlisted.exclude(embargo_until=None),
    }
    family = GaugeMetricFamily(
        f"{PREFIX}posts", "Posts by what became of them.", labels=["state"]
    )
    for state, found in states.items():
        family.add_metric([state], found.count())
    yield family
    # Numbers are given once: also to what was withdrawn since.
    newest = posts.order_by("-pk").values_list("pk", flat=True).first()
    yield _counter("publishes", "Posts published since the site began.", newest or 0)
    last = Decision.objects.order_by("-number").values_list("number", flat=True).first()
    told = "Entries of the public log."
    yield _counter("decisions", told, 0 if last is None else last + 1)


def _waiting() -> Iterator[Metric]:
    """What workers have before them, and since when."""
    now, position = timezone.now(), cursors.position(CURSOR)
    oldest = Change.objects.filter(pk__gt=position).order_by("pk").first()
    yield _gauge(
        "changes_waiting",
        "Changes whose pages are not all printed yet.",
        cursors.latest() - position,
    )
    yield _age("changes_oldest_seconds", now, oldest.at if oldest else None)
    waiting = Attachment.objects.filter(state=State.WAITING)
    yield _gauge("media_waiting", "Files that wait to be made.", waiting.count())
    since = waiting.aggregate(since=Min("created_at"))["since"]
    yield _age("media_oldest_seconds", now, since)
    mails = OutgoingMail.objects
    yield _gauge("mail_waiting", "Mails that wait to be sent.", mails.count())
    since = mails.aggregate(since=Min("written_at"))["since"]
    yield _age("mail_oldest_seconds", now, since)


def _flood() -> Iterator[Metric]:
    flood = moderation.flood()
    yield _gauge("flood", "1 while new posts go to the raw wire.", flood is not None)


def _disk() -> Iterator[Metric]:
    disk = shutil.disk_usage(settings.DATA_DIR)
    yield _gauge("disk_free_bytes", "Free where the data directory lies.", disk.free)
    yield _gauge("disk_bytes", "Of the disk that it lies on.", disk.total)


def _sums() -> Iterator[Metric]:
    found = running.sums()
    for name, told in SUMS.items():
        yield _counter(name, told, found.get(name, 0))


PARTS: tuple[Callable[[], Iterator[Metric]], ...] = (
    _program,
    _posts,
    _waiting,
    _flood,
    _disk,
    _sums,
)


def _gauge(name: str, told: str, value: float, **labels: str) -> Metric:
    family = GaugeMetricFamily(f"{PREFIX}{name}", told, labels=list(labels))
    family.add_metric(list(labels.values()), value)
    return family


def _counter(name: str, told: str, value: float) -> Metric:
    return CounterMetricFamily(f"{PREFIX}{name}", told, value=value)


def _age(name: str, now: datetime, since: datetime | None) -> Metric:
    age = max(0.0, (now - since).total_seconds()) if since else 0.0
    return _gauge(name, "How long the oldest of them waits; 0: nothing does.", age)
