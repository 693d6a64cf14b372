"""`/log/`: the newest decisions, their feeds and their JSON."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from commonwire.changes.models import Change
from commonwire.delivery.pages import log_paths
from commonwire.delivery.pages.family import Family, Printed, page
from commonwire.delivery.pages.listing import FEED, with_feeds
from commonwire.delivery.together import once
from commonwire.moderation import archive
from commonwire.moderation.log.pages import PER_BUNDLE
from commonwire.moderation.models import Decision, Rule
from commonwire.moderation.queries import overdue_appeals
from commonwire.moderation.sentences import teller
from commonwire.publishing import queries
from commonwire.publishing.queries import PER_LISTING
from commonwire.syndication import feeds

MOST_OVERDUE = 50


class Log(Family):
    """Its newest page, and what makes every other page of the log stale."""

    pattern = re.compile(rf"/log/{FEED}")

    def render(self, **groups: Any) -> bytes | None:
        if groups["feed"]:
            entries = once("the log's entries", _entries)
            return feeds.render(groups["feed"], "/log/", _("Public log"), entries)
        site = queries.the_site()
        numbers = range(archive.newest_number() + 1)
        lines = archive.lines_one_by_one(numbers, site.zone)
        overdue = overdue_appeals(site.appeal_hours)
        return page(
            "public/log.html",
            {
                "site": site,
                "path": "/log/",
                "lines": lines,
                "above": archive.automatic_above(lines, numbers),
                "older": month_of(lines, site.zone),
                "tell": teller(),
                "overdue": overdue.order_by("opened_at")[:MOST_OVERDUE],
                "overdue_count": overdue.count(),
                **_ways_to_read(),
            },
        )

    def stale(self, change: Change) -> Iterator[str]:
        made = log_paths.made(change)
        if made:
            yield from made.newest
        for trace in log_paths.retold(change):
            yield from trace.newest
        if change.kind == "rules.changed":
            yield from with_feeds("/log/")
            for slug in Rule.objects.values_list("slug", flat=True):
                yield f"/log/rules/{slug}/"

    def forgotten(self, change: Change) -> Iterator[str]:
        made, retold = log_paths.made(change), log_paths.retold(change)
        if not made and not retold:
            return
        zone = queries.the_site().zone
        if made:
            yield from made.archived(zone)
            yield f"/log/{made.at.astimezone(zone):%Y/%m}/"
        for trace in retold:
            yield from trace.archived(zone)

    def due(self, now: datetime, printed: Printed) -> Iterable[str]:
        """When an appeal has waited too long since."""
        last = printed("/log/")
        if last is None:
            return ()
        hours = queries.the_site().appeal_hours
        late = overdue_appeals(hours, now)
        since = late.filter(opened_at__gte=last - timedelta(hours=hours))
        return ("/log/",) if since.exists() else ()

    def every(self) -> Iterator[str]:
        yield from with_feeds("/log/")


def _entries() -> list[feeds.Entry]:
    found = Decision.objects.filter(archive.ONE_BY_ONE)[:PER_LISTING]
    return feeds.log_entries(archive.told(found))


def month_of(lines: list[archive.Line], zone: Any) -> date | None:
    """The month in which the last line stands: there the list goes on."""
    return lines[-1].decision.at.astimezone(zone).date() if lines else None


def _ways_to_read() -> dict[str, Any]:
    names = {archive.name_slug(name): name for name in archive.names()}
    return {
        "acts": archive.acts(),
        "rules": list(Rule.objects.all()),
        "names": names.items(),
    }


class LogData(Family):
    """`/log/decisions.json`: the newest hundred and more, back to where a bundle begins,
    so that who follows `next` reads each once."""

    pattern = re.compile(r"/log/decisions\.json")

    def render(self, **groups: Any) -> bytes | None:
        after = archive.newest_number() + 1
        first = max(after // PER_BUNDLE - 1, 0) * PER_BUNDLE
        before = first // PER_BUNDLE - 1 if first else None
        return data(archive.data_of(range(first, after)), before)

    def every(self) -> Iterator[str]:
        yield "/log/decisions.json"


def data(items: list[dict[str, Any]], before: int | None) -> bytes:
    """Decisions for programs; ``before``: the bundle in which older ones are."""
    following = None
    if before is not None:
        path = log_paths.bundle_path(before)
        following = f"{settings.SITE_URL}{path}decisions.json"
    return json.dumps({"items": items, "next": following}, ensure_ascii=False).encode()
