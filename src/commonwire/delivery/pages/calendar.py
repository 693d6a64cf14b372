"""`/calendar/`: what is coming, months and weeks, of all and of a topic, a region, a call or an
organisation; each with a file for calendars."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from commonwire.calendar import ics, months, queries
from commonwire.calendar.models import Occurrence
from commonwire.calendar.queries import Scope
from commonwire.calls.models import CallEvent, Issuer, Organisation
from commonwire.calls.standing import called_off_posts
from commonwire.changes.models import Change
from commonwire.delivery.pages.family import Family, Printed, is_in_lists, page
from commonwire.delivery.pages.listing import (
    FEED,
    Listing,
    ListingFamily,
    month_bounds,
    with_feeds,
)
from commonwire.delivery.tree import the_tree
from commonwire.kit.numbers import row_number
from commonwire.publishing.models import Post
from commonwire.publishing.queries import section_at, sections, the_site
from commonwire.publishing.states import Kind

FILE = "calendar.ics"
_SCOPE = r"/calendar/(?:(?P<kind>topics|regions|organisations|calls)/(?P<slug>[-\w]{1,80})/)?"


def scope_at(kind: str | None, slug: str | None) -> Scope | None:
    if not kind:
        return Scope()
    return _SCOPES[kind](kind, str(slug))


def _of_section(kind: str, slug: str) -> Scope | None:
    section = section_at(kind.removesuffix("s"), slug)
    return queries.of_section(section) if section else None


def _of_organisation(_kind: str, slug: str) -> Scope | None:
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        return None
    issued = Q(
        event__post__issuers__organisation=found,
        event__post__issuers__accepted_at__isnull=False,
    )
    return Scope(f"/calendar/organisations/{found.slug}/", found.name, issued)


def _of_call(_kind: str, number: str) -> Scope | None:
    """The local events under a call, by the number of its post."""
    pk = row_number(number) or 0
    post = Post.objects.filter(pk=pk, kind=Kind.CALL, listed=True).first()
    if post is None or str(post.pk) != number:
        return None
    under = Q(
        event__post__under_call__call__post=post,
        event__post__under_call__listed_at__isnull=False,
    )
    return Scope(f"/calendar/calls/{post.pk}/", post.title, under)


_SCOPES: dict[str, Callable[[str, str], Scope | None]] = {
    "topics": _of_section,
    "regions": _of_section,
    "organisations": _of_organisation,
    "calls": _of_call,
}


def scopes() -> Iterator[Scope]:
    yield Scope()
    topics, regions = sections()
    yield from map(queries.of_section, topics + regions)


def name_of(scope: Scope) -> str:
    site = the_site().name
    return f"{site}: {scope.name}" if scope.name else f"{site}: {_('Calendar')}"


def file_of(scope: Scope, path: str, rows: Iterable[Occurrence]) -> bytes:
    rows = list(rows)
    off = called_off_posts([row.event_id for row in rows])
    return ics.render(ics.Head(name_of(scope), path), rows, off=off)


def told_off(rows: Iterable[Occurrence]) -> list[Occurrence]:
    """With what lists say of those whose call was called off."""
    found = list(rows)
    off = called_off_posts([row.event_id for row in found])
    for row in found:
        row.off = off.get(row.event_id, "")  # type: ignore[attr-defined]
    return found


class Calendars(ListingFamily):
    """What is coming, as a list."""

    pattern = re.compile(rf"{_SCOPE}(?:(?P<file>calendar\.ics)|{FEED})")

    def render(self, **groups: Any) -> bytes | None:
        wants_file = groups.pop("file")
        scope = scope_at(groups["kind"], groups["slug"])
        if scope and wants_file:
            return file_of(scope, scope.path, queries.in_file(scope))
        if scope is None or groups["feed"]:
            return super().render(**groups) if scope else None
        day = queries.today()
        rows = told_off(queries.coming(scope, day))
        context = {
            "days": months.agenda(rows, day),
            "today": day,
            "archive": [each for each in queries.months(scope) if each < day],
            "goes_on": rows[-1].day if len(rows) >= queries.MOST_COMING else None,
        }
        return page("calendar/list.html", {**_shared(scope, day), **context})

    def listing(self, **groups: Any) -> Listing | None:
        scope = scope_at(**groups)
        if scope is None:
            return None
        return Listing(scope.path, name_of(scope), queries.posts(scope))

    def paths(self, change: Change) -> Iterable[str]:
        return _changed(change)

    def stale(self, change: Change) -> Iterator[str]:
        for path in self.paths(change):
            yield from (*with_feeds(path), f"{path}{FILE}")
        # What a call lists under it changes with the call.
        own = f"/calendar/calls/{change.post_id}/"
        yield from the_tree().there((*with_feeds(own), f"{own}{FILE}"))

    def due(self, now: datetime, printed: Printed) -> Iterable[str]:
        """Every day something is over."""
        zone = the_site().zone
        for path in ("/calendar/", *_printed_scopes()):
            for each in (path, f"{path}{FILE}"):
                last = printed(each)
                if last and last.astimezone(zone).date() < now.astimezone(zone).date():
                    yield each

    def every(self) -> Iterator[str]:
        for scope in scopes():
            yield from (*with_feeds(scope.path), f"{scope.path}{FILE}")


def _changed(change: Change) -> list[str]:
    """The calendars that a change is in; none for what is no event."""
    if not _is_of_event(change):
        return []
    post = change.post_id
    issuers = Issuer.objects.filter(post=post).values_list(
        "organisation__slug", flat=True
    )
    calls = CallEvent.objects.filter(post=post).values_list("call__post", flat=True)
    slugs = {*issuers, *change.facts.get("organisations", ())}
    return [
        "/calendar/",
        *(f"/calendar{path}" for path in change.facts["sections"]),
        *(f"/calendar/organisations/{slug}/" for slug in sorted(slugs)),
        *(f"/calendar/calls/{call}/" for call in calls),
    ]


def _is_of_event(change: Change) -> bool:
    return "event" in change.facts and (
        is_in_lists(change) or change.kind == "event.changed"
    )


def _printed_scopes() -> Iterator[str]:
    for kind in _SCOPES:
        yield from the_tree().folders(f"/calendar/{kind}/")


def _shared(scope: Scope, day: date) -> dict[str, Any]:
    """What every page of a calendar shows."""
    address = f"{scope.path}{FILE}"
    return {
        "scope": scope,
        "path": scope.path,
        "file": address,
        "month": months.month_path(day),
        "week": months.week_path(day),
    }


class CalendarMonths(Family):
    """A month as a sheet, printed when somebody asks."""

    pattern = re.compile(
        rf"{_SCOPE}(?P<year>[0-9]{{4}})/(?P<month>[0-9]{{2}})/(?P<file>calendar\.ics)?"
    )

    def render(self, **groups: Any) -> bytes | None:
        scope = scope_at(groups["kind"], groups["slug"])
        bounds = month_bounds(groups["year"], groups["month"])
        if scope is None or bounds is None:
            return None
        first, after = bounds
        if not months.is_near(first):
            return None
        path = f"{scope.path}{months.month_path(first)}"
        rows = queries.within(scope, first, after)
        if groups["file"]:
            return file_of(scope, path, queries.whole(rows))
        context = {
            "path": path,
            "file": f"{path}{FILE}",
            "first": first,
            "weeks": months.weeks_of(first, told_off(rows)),
            "today": queries.today(),
            "earlier": months.month_path(first - timedelta(days=1)),
            "later": months.month_path(after),
        }
        return page("calendar/month.html", {**_shared(scope, first), **context})

    def forgotten(self, change: Change) -> Iterable[str]:
        return _sheets(change, lambda month: [months.month_path(month)])

    def every(self) -> Iterator[str]:
        for scope in scopes():
            for month in queries.months(scope):
                path = f"{scope.path}{months.month_path(month)}"
                yield from (path, f"{path}{FILE}")


class CalendarWeeks(Family):
    """A week by its days, printed when somebody asks."""

    pattern = re.compile(
        rf"{_SCOPE}(?P<year>[0-9]{{4}})/w(?P<week>[0-9]{{2}})/(?P<file>calendar\.ics)?"
    )

    def render(self, **groups: Any) -> bytes | None:
        scope = scope_at(groups["kind"], groups["slug"])
        try:
            first = date.fromisocalendar(int(groups["year"]), int(groups["week"]), 1)
        except ValueError:
            return None
        if scope is None or not months.is_near(first):
            return None
        after = first + timedelta(days=months.DAYS_OF_WEEK)
        path = f"{scope.path}{months.week_path(first)}"
        rows = queries.within(scope, first, after)
        if groups["file"]:
            return file_of(scope, path, queries.whole(rows))
        context = {
            "path": path,
            "file": f"{path}{FILE}",
            "first": first,
            "last": after - timedelta(days=1),
            "days": months.days_of(first, told_off(rows)),
            "today": queries.today(),
            "earlier": months.week_path(first - timedelta(days=1)),
            "later": months.week_path(after),
        }
        return page("calendar/week.html", {**_shared(scope, first), **context})

    def forgotten(self, change: Change) -> Iterable[str]:
        return _sheets(change, months.weeks_in)


def _sheets(change: Change, of: Callable[[date], Iterable[str]]) -> list[str]:
    """Those that somebody has asked for, in every calendar: an event may have left one."""
    if not _is_of_event(change):
        return []
    printed = {"/calendar/", *_printed_scopes()}
    places = {
        path
        for month in change.facts["event"]["months"]
        for path in of(date.fromisoformat(f"{month}-01"))
    }
    sheets = (scope + place for scope in printed for place in places)
    files = (each + name for each in sheets for name in ("", FILE))
    return the_tree().there(files)
