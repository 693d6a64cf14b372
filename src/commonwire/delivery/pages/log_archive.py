"""The public log's archives: by day and month, by number, by act, rule and editor. They
are taken away when something in them is new, and printed when somebody asks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from commonwire.delivery.pages.family import Family, page
from commonwire.delivery.pages.listing import month_bounds
from commonwire.delivery.pages.log import data, month_of
from commonwire.delivery.pages.log_paths import SCREENING_PATH, bundle_path
from commonwire.moderation import archive
from commonwire.moderation.archive import MOST_LINES
from commonwire.moderation.log.pages import PER_BUNDLE
from commonwire.moderation.models import Decision, Rule
from commonwire.moderation.sentences import teller
from commonwire.moderation.states import Act
from commonwire.publishing import queries

_MONTH = r"(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/"
# What a day's page reads; a heap that one act clears is told in one line.
_MOST_OF_A_DAY = 50_000


@dataclass(frozen=True)
class LogList:
    """One way to read the log."""

    path: str
    title: str
    found: Q
    note: str = ""


class LogLists(Family):
    """`/log/acts/<act>/`, `/log/rules/<slug>/`, `/log/editors/<name>/`,
    `/log/screening/`: the newest, and each month."""

    pattern = re.compile(
        r"/log/(?:acts/(?P<act>[a-z-]{1,30})|rules/(?P<rule>[-\w]{1,60})"
        rf"|editors/(?P<name>[-\w]{{1,80}})|(?P<screening>screening))/(?:{_MONTH})?"
    )

    def render(self, **groups: Any) -> bytes | None:
        listing = _list_of(groups)
        if listing is None:
            return None
        if groups["year"]:
            return _month_of_list(listing, groups["year"], groups["month"])
        zone = queries.the_site().zone
        lines = archive.lines(Decision.objects.filter(listing.found), zone)
        context = {"lines": lines, "older": month_of(lines, zone)}
        return _page(listing.path, listing.title, note=listing.note, **context)

    def every(self) -> Iterator[str]:
        paths = [f"/log/acts/{act}/" for act in archive.acts()]
        paths += [f"/log/rules/{rule.slug}/" for rule in Rule.objects.all()]
        slugs = dict.fromkeys(map(archive.name_slug, archive.names()))
        paths += [f"/log/editors/{slug}/" for slug in slugs]
        yield from (*paths, SCREENING_PATH)
        for month in archive.months(queries.the_site().zone):
            for path in (*paths, SCREENING_PATH):
                yield f"{path}{month:%Y/%m}/"


def _list_of(groups: dict[str, Any]) -> LogList | None:
    if groups["screening"]:
        words = _("What programs and the clock have decided, not people.")
        found = Q(editor__isnull=True)
        return LogList(SCREENING_PATH, _("Decided by screening"), found, words)
    if groups["act"]:
        if groups["act"] not in Act.values:
            return None
        label = Act(groups["act"]).label
        title = _("Decisions: %(act)s") % {"act": label}
        return LogList(f"/log/acts/{groups['act']}/", title, Q(act=groups["act"]))
    if groups["rule"]:
        return _under(Rule.objects.filter(slug=groups["rule"]).first())
    return _signed(groups["name"])


def _under(rule: Rule | None) -> LogList | None:
    if rule is None:
        return None
    title = _("Decisions under “%(rule)s”") % {"rule": rule.title}
    return LogList(f"/log/rules/{rule.slug}/", title, Q(rule=rule), rule.text)


def _signed(slug: str) -> LogList | None:
    names = [name for name in archive.names() if archive.name_slug(name) == slug]
    if not names:
        return None
    title = _("Decisions by %(editor)s") % {"editor": names[0]}
    found = Q(signed_as=names[0]) if len(names) == 1 else Q(signed_as__in=names)
    return LogList(f"/log/editors/{slug}/", title, found)


def _month_of_list(listing: LogList, year: str, month: str) -> bytes | None:
    bounds = month_bounds(year, month)
    if bounds is None:
        return None
    zone = queries.the_site().zone
    days = archive.decided(*bounds, zone)
    found = Decision.objects.filter(listing.found, days.found)
    lines = archive.lines(found, zone, limit=MOST_LINES, most_read=_MOST_OF_A_DAY)
    if not lines:
        return None
    return _page(
        f"{listing.path}{bounds[0]:%Y/%m}/",
        listing.title,
        lines=lines,
        month=bounds[0],
        parent=listing.path,
        earlier=archive.day_before(days, listing.found, zone),
    )


class LogMonths(Family):
    """`/log/<yyyy>/<mm>/`: its days, with the number of their decisions."""

    pattern = re.compile(rf"/log/{_MONTH}")

    def render(self, **groups: Any) -> bytes | None:
        bounds = month_bounds(groups["year"], groups["month"])
        if bounds is None:
            return None
        site = queries.the_site()
        days = archive.days_of(*bounds, site.zone)
        if not days:
            return None
        month = archive.decided(*bounds, site.zone)
        context = {
            "path": f"/log/{bounds[0]:%Y/%m}/",
            "month": bounds[0],
            "days": days,
            "earlier": archive.day_before(month, None, site.zone),
        }
        return page("public/log_month.html", {"site": site, **context})

    def every(self) -> Iterator[str]:
        for month in archive.months(queries.the_site().zone):
            yield f"/log/{month:%Y/%m}/"


class LogDays(Family):
    """`/log/<yyyy>/<mm>/<dd>/`"""

    pattern = re.compile(rf"/log/{_MONTH}(?P<day>[0-9]{{2}})/")

    def render(self, **groups: Any) -> bytes | None:
        day = _day(groups["year"], groups["month"], groups["day"])
        if day is None:
            return None
        zone = queries.the_site().zone
        decided = archive.decided(day, day + timedelta(days=1), zone)
        numbers = decided.numbers
        if not numbers:
            return None
        lines = archive.lines_one_by_one(
            numbers,
            zone,
            found=decided.found,
            limit=MOST_LINES,
            most_read=_MOST_OF_A_DAY,
        )
        return _page(
            f"/log/{day:%Y/%m/%d}/",
            _("Public log"),
            lines=lines,
            day=day,
            above=archive.automatic_above(lines, numbers),
            parent=f"/log/{day:%Y/%m}/",
            earlier=archive.day_before(decided, None, zone),
        )

    def every(self) -> Iterator[str]:
        zone = queries.the_site().zone
        for month in archive.months(zone):
            after = (month + timedelta(days=31)).replace(day=1)
            for day, _count in archive.days_of(month, after, zone):
                yield f"/log/{day:%Y/%m/%d}/"


def _day(year: str, month: str, day: str) -> date | None:
    if month_bounds(year, month) is None:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


class LogBundles(Family):
    """`/log/numbers/<n>/`: a hundred decisions, each on a line of its own, and the same
    as JSON. Full ones never get another."""

    pattern = re.compile(
        r"/log/numbers/(?P<place>0|[1-9][0-9]{0,12})/(?P<data>decisions\.json)?"
    )

    def render(self, **groups: Any) -> bytes | None:
        place = int(groups["place"])
        numbers = archive.bundle(place)
        newest = archive.newest_number()
        if numbers.start > newest:
            return None
        if groups["data"]:
            return data(archive.data_of(numbers), place - 1 if place else None)
        found = archive.told(Decision.objects.filter(archive.within(numbers)))
        lines = [archive.Line(each, 1, each.number, and_more=False) for each in found]
        words = _("Decisions %(first)d to %(last)d")
        last = min(numbers.stop - 1, newest)
        return _page(
            bundle_path(place),
            words % {"first": numbers.start, "last": last},
            lines=lines,
            earlier_bundle=bundle_path(place - 1) if place else "",
        )

    def every(self) -> Iterator[str]:
        for place in range(-(-(archive.newest_number() + 1) // PER_BUNDLE)):
            yield bundle_path(place)
            yield f"{bundle_path(place)}decisions.json"


def _page(path: str, title: str, **context: Any) -> bytes:
    """A list of decisions; what an address has not is empty."""
    empty = dict.fromkeys(
        ("day", "month", "older", "earlier", "earlier_bundle", "parent", "note"), ""
    )
    own = {"path": path, "title": title, "tell": teller(), "above": 0}
    return page("public/log_list.html", {**empty, **own, **context})
