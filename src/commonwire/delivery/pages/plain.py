"""Pages that stand alone: about, policy, privacy, errors, robots, sitemaps."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string

from commonwire.calls.queries import changed_organisations
from commonwire.changes.models import Change
from commonwire.delivery.pages.family import Family, is_in_lists, page
from commonwire.delivery.pages.listing import month_bounds
from commonwire.delivery.privacy import stored_fields
from commonwire.kit import markup
from commonwire.moderation.models import Rule
from commonwire.publishing import queries
from commonwire.publishing.states import PUBLIC_CLASSES
from commonwire.syndication import sitemaps


class Texts(Family):
    """What the site says of itself; editors write the words."""

    pattern = re.compile(r"/(?P<name>about|policy|privacy)/")

    def render(self, **groups: Any) -> bytes | None:
        name = groups["name"]
        site = queries.the_site()
        rules = list(Rule.objects.all()) if name == "policy" else []
        context = {
            "text": markup.render(getattr(site, name)),
            "stored": stored_fields() if name == "privacy" else [],
            "rules": rules,
            "retired": [rule for rule in rules if rule.retired_at],
            "path": f"/{name}/",
        }
        return page(f"public/{name}.html", context)

    def stale(self, change: Change) -> Iterable[str]:
        return ("/policy/",) if change.kind == "rules.changed" else ()

    def every(self) -> Iterator[str]:
        yield from ("/about/", "/policy/", "/privacy/")


class Errors(Family):
    """For web servers that answer without asking us."""

    pattern = re.compile(r"/(?P<status>404|413|50x)\.html")

    def render(self, **groups: Any) -> bytes | None:
        return page(f"public/{groups['status']}.html", {"path": ""})

    def stale(self, change: Change) -> Iterable[str]:
        """Nobody asks us for them: they are printed again when the tree is forgotten."""
        return self.every() if change.kind == "site.changed" else ()

    def every(self) -> Iterator[str]:
        yield from ("/404.html", "/413.html", "/50x.html")


class Robots(Family):
    pattern = re.compile(r"/robots\.txt")

    def render(self, **groups: Any) -> bytes | None:
        return render_to_string("public/robots.txt", {}).encode()

    def every(self) -> Iterator[str]:
        yield "/robots.txt"


_LISTS = (
    *("/", "/wire/", *(f"/wire/{name}/" for name in PUBLIC_CLASSES), "/features/"),
    *("/calls/", "/calendar/", "/organisations/", "/log/"),
    *("/about/", "/policy/", "/privacy/"),
)


def _lists() -> Iterator[tuple[str, None]]:
    topics, regions = queries.sections()
    for path in (*_LISTS, *(section.path for section in (*topics, *regions))):
        yield path, None


def _organisations() -> Iterator[tuple[str, datetime]]:
    for slug, changed in changed_organisations():
        yield f"/organisations/{slug}/", changed


_MAPS: dict[str, Callable[[], Iterator[tuple[str, datetime | None]]]] = {
    "lists": _lists,
    "organisations": _organisations,
}


class Sitemaps(Family):
    """`/sitemap.xml` names a map of lists and texts, one of organisations, and one a
    month, of posts; crawlers ask for them, so they are printed on demand."""

    pattern = re.compile(
        r"/sitemap(?:-(?P<name>lists|organisations)"
        r"|-(?P<year>[0-9]{4})-(?P<month>[0-9]{2}))?\.xml"
    )

    def render(self, **groups: Any) -> bytes | None:
        if groups["name"]:
            return sitemaps.pages(_MAPS[groups["name"]]())
        if not groups["year"]:
            return sitemaps.index(_MAPS, queries.months())
        bounds = month_bounds(groups["year"], groups["month"])
        if bounds is None:
            return None
        first, after = bounds
        posts = queries.listed().filter(day__gte=first, day__lt=after)
        rows = posts.values_list("day", "slug", "updated_at").iterator(chunk_size=2_000)
        return sitemaps.month(rows)

    def forgotten(self, change: Change) -> Iterable[str]:
        if change.kind == "organisation.changed":
            yield "/sitemap-organisations.xml"
        if not is_in_lists(change):
            return
        yield "/sitemap.xml"
        yield f"/sitemap-{date.fromisoformat(change.facts['day']):%Y-%m}.xml"

    def every(self) -> Iterator[str]:
        yield "/sitemap.xml"
        for name in _MAPS:
            yield f"/sitemap-{name}.xml"
        for month in queries.months():
            yield f"/sitemap-{month:%Y-%m}.xml"
