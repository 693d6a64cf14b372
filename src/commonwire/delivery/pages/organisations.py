"""`/organisations/` and each organisation's own page, with what it issued."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.calendar import queries as calendar
from commonwire.calls import call_queries, queries, tree
from commonwire.calls.branches import Branches
from commonwire.calls.models import Organisation
from commonwire.changes.models import Change
from commonwire.delivery.pages.calendar import scope_at
from commonwire.delivery.pages.family import Printed, is_in_lists
from commonwire.delivery.pages.listing import (
    FEED,
    Listing,
    ListingFamily,
    with_feeds,
)
from commonwire.delivery.tree import the_tree
from commonwire.publishing.queries import the_site

_ALL = "/organisations/"
# The rest stands in its calendar.
MOST_COMING = 10


class OrganisationList(ListingFamily):
    """Those that stand under no other, with how many stand under each; and what
    organisations issue."""

    pattern = re.compile(rf"/organisations/{FEED}")

    def listing(self, **groups: Any) -> Listing | None:
        roots = Branches.on(timezone.localdate(None, the_site().zone)).roots()
        return Listing(
            _ALL,
            _("Organisations"),
            queries.issued(),
            "public/organisations.html",
            {"roots": roots},
        )

    def paths(self, change: Change) -> Iterable[str]:
        if _is_of_organisation(change) or _issuers(change):
            yield _ALL

    def every(self) -> Iterator[str]:
        yield from with_feeds(_ALL)


class Organisations(ListingFamily):
    pattern = re.compile(rf"/organisations/(?P<slug>[-\w]{{1,80}})/{FEED}")

    def listing(self, **groups: Any) -> Listing | None:
        found = queries.organisation_at(groups["slug"])
        if found is None:
            return None
        return Listing(
            found.path,
            found.name,
            queries.issued_by(found),
            "public/organisation.html",
            _shown(found),
        )

    def at_once(self, change: Change) -> Iterable[str]:
        """Its steward comes back to it from the form."""
        return [_path(change.facts["slug"])] if _is_of_organisation(change) else []

    def paths(self, change: Change) -> Iterable[str]:
        if _is_of_organisation(change):
            yield _path(change.facts["slug"])
        # What other packages record says which organisations' pages show it.
        slugs = change.facts.get("organisations", ())
        for slug in dict.fromkeys([*slugs, *_issuers(change)]):
            yield _path(slug)

    def forgotten(self, change: Change) -> Iterator[str]:
        """Those above it and below it show its name and place."""
        if not _is_of_organisation(change):
            yield from _endorsers(change)
            return
        branches = Branches.on(timezone.localdate(None, the_site().zone))
        number = change.facts["organisation"]
        near = {
            *tree.reached(number, branches.up),
            *tree.reached(number, branches.down),
        }
        for slug in queries.slugs(near):
            yield _path(slug)

    def due(self, now: datetime, printed: Printed) -> Iterator[str]:
        """An event is over: the page names those to come."""
        today = timezone.localdate(now, the_site().zone)
        for slug in queries.issuers_of_events(today - timedelta(days=1)):
            at = printed(_path(slug))
            if at and timezone.localdate(at, the_site().zone) < today:
                yield _path(slug)

    def every(self) -> Iterator[str]:
        for slug in queries.slugs():
            yield from with_feeds(_path(slug))


def _shown(organisation: Organisation) -> dict[str, Any]:
    today = timezone.localdate(None, the_site().zone)
    branches = Branches.on(today)
    return {
        "organisation": organisation,
        "above": branches.above(organisation),
        "below": branches.below(organisation),
        "past": queries.past_places(organisation, today),
        "past_below": queries.past_branches(organisation, today),
        "merged": organisation.merged_from.order_by("name"),
        "given": call_queries.endorsements_of(organisation),
        **_calendar(organisation, today),
    }


def _calendar(organisation: Organisation, today: date) -> dict[str, Any]:
    scope = scope_at("organisations", organisation.slug)
    coming = calendar.coming(scope, today)[:MOST_COMING] if scope else []
    return {"coming": coming, "calendar": scope.path if scope else ""}


def _issuers(change: Change) -> list[str]:
    post = change.post_id if is_in_lists(change) else None
    return queries.issuers_of(post) if post else []


def _endorsers(change: Change) -> list[str]:
    """Pages that say what the organisation endorses; a call may have thousands."""
    if not (is_in_lists(change) and "call" in change.facts and change.post_id):
        return []
    slugs = call_queries.endorsers_of_post(change.post_id)
    return the_tree().there(_path(slug) for slug in slugs)


def _is_of_organisation(change: Change) -> bool:
    return change.kind == "organisation.changed"


def _path(slug: str) -> str:
    return f"{_ALL}{slug}/"
