"""Days and months. Old ones hardly change, so a change only takes them away; the day
and the months are printed when somebody asks, and today by the worker."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from commonwire.changes.models import Change
from commonwire.delivery.pages.family import Family, is_in_lists, page
from commonwire.delivery.pages.listing import (
    FEED,
    Listing,
    ListingFamily,
    month_bounds,
    with_feeds,
)
from commonwire.publishing import queries
from commonwire.publishing.queries import class_name
from commonwire.publishing.states import PUBLIC_CLASSES, WireClass

# Not \d, which knows the digits of every script: a page would have many addresses.
_MONTH = r"(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/"


def day_path(day: date) -> str:
    return f"/{day:%Y/%m/%d}/"


def month_path(day: date) -> str:
    return f"/{day:%Y/%m}/"


def _around(first: date, last: date) -> list[date]:
    """The nearest days with posts, before and after."""
    found = queries.day_before(first), queries.day_after(last)
    return [day for day in found if day]


class Days(ListingFamily):
    pattern = re.compile(rf"/{_MONTH}(?P<day>[0-9]{{2}})/{FEED}")

    def listing(self, **groups: Any) -> Listing | None:
        try:
            day = date(int(groups["year"]), int(groups["month"]), int(groups["day"]))
        except ValueError:
            return None
        posts = queries.of_day(day)
        if not posts.exists():
            return None
        return Listing(
            day_path(day),
            "",
            posts,
            "public/day.html",
            {
                "day": day,
                "day_before": queries.day_before(day),
                "day_after": queries.day_after(day),
            },
        )

    def paths(self, change: Change) -> Iterable[str]:
        if is_in_lists(change):
            yield day_path(date.fromisoformat(change.facts["day"]))

    def forgotten(self, change: Change) -> Iterator[str]:
        """The days around: they link to this one while it has posts."""
        if is_in_lists(change):
            day = date.fromisoformat(change.facts["day"])
            yield from map(day_path, _around(day, day))

    def every(self) -> Iterator[str]:
        for month in queries.months():
            bounds = month_bounds(f"{month:%Y}", f"{month:%m}")
            for day, _count in queries.days_of_month(*bounds) if bounds else ():
                yield from with_feeds(day_path(day))


class Months(ListingFamily):
    """`/<yyyy>/<mm>/`: its days with the number of their posts."""

    pattern = re.compile(rf"/{_MONTH}{FEED}")

    def listing(self, **groups: Any) -> Listing | None:
        bounds = month_bounds(groups["year"], groups["month"])
        if bounds is None:
            return None
        first, after = bounds
        days = queries.days_of_month(first, after)
        if not days:
            return None
        newest = queries.listed().filter(day__gte=first, day__lt=after)
        extra = {
            "month": first,
            "days": days,
            "month_before": queries.day_before(first),
            "month_after": queries.day_after(after - timedelta(days=1)),
        }
        return Listing(
            month_path(first),
            "",
            newest[: queries.PER_LISTING],
            "public/month.html",
            extra,
        )

    def paths(self, change: Change) -> Iterable[str]:
        if is_in_lists(change):
            yield month_path(date.fromisoformat(change.facts["day"]))

    def stale(self, change: Change) -> Iterator[str]:
        yield from ()

    def forgotten(self, change: Change) -> Iterator[str]:
        for path in self.paths(change):
            yield from with_feeds(path)
        if is_in_lists(change):
            first = date.fromisoformat(change.facts["day"]).replace(day=1)
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            yield from map(month_path, _around(first, last))

    def every(self) -> Iterator[str]:
        for month in queries.months():
            yield from with_feeds(month_path(month))


class SectionMonths(Family):
    """A section's or a class's month: where their short lists go on."""

    pattern = re.compile(
        rf"/(?:(?P<kind>topic|region)s/(?P<slug>[-\w]{{1,60}})"
        rf"|wire/(?P<wire_class>{'|'.join(PUBLIC_CLASSES)}))/{_MONTH}"
    )

    def render(self, **groups: Any) -> bytes | None:
        bounds = month_bounds(groups["year"], groups["month"])
        if bounds is None:
            return None
        site = queries.the_site()
        start, end = (datetime.combine(day, time.min, site.zone) for day in bounds)
        if groups["wire_class"]:
            wire_class = WireClass(groups["wire_class"])
            title, path = class_name(site, wire_class), f"/wire/{wire_class}/"
            found = queries.within(
                queries.listed().filter(wire_class=wire_class), start, end
            )
        else:
            section = queries.section_at(groups["kind"], groups["slug"])
            if section is None:
                return None
            title, path = section.name, section.path
            found = queries.in_section_within(section, start, end)
        posts = list(queries.lines(found))
        if not posts:
            return None
        context = {"title": title, "parent": path, "month": bounds[0], "posts": posts}
        path = f"{path}{bounds[0]:%Y/%m}/"
        return page("public/section_month.html", {**context, "path": path})

    def forgotten(self, change: Change) -> Iterator[str]:
        if not is_in_lists(change):
            return
        month = date.fromisoformat(change.facts["day"])
        names = {change.facts["class"], change.facts.get("was", "")}
        parents = [f"/wire/{name}/" for name in names if name in PUBLIC_CLASSES]
        for parent in [*parents, *change.facts["sections"]]:
            yield f"{parent}{month:%Y/%m}/"

    def every(self) -> Iterator[str]:
        topics, regions = queries.sections()
        parents = [section.path for section in topics + regions]
        parents += [f"/wire/{name}/" for name in PUBLIC_CLASSES]
        for month in queries.months():
            for parent in parents:
                yield f"{parent}{month:%Y/%m}/"
