"""`/organisations/` and each organisation's own page, with what it issued."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.calls import queries, tree
from commonwire.calls.branches import Branches
from commonwire.calls.models import Organisation
from commonwire.changes.models import Change
from commonwire.delivery.pages.family import is_in_lists
from commonwire.delivery.pages.listing import (
    FEED,
    Listing,
    ListingFamily,
    with_feeds,
)
from commonwire.publishing.queries import the_site

_ALL = "/organisations/"


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
            return
        branches = Branches.on(timezone.localdate(None, the_site().zone))
        number = change.facts["organisation"]
        near = {
            *tree.reached(number, branches.up),
            *tree.reached(number, branches.down),
        }
        for slug in queries.slugs(near):
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
    }


def _issuers(change: Change) -> list[str]:
    post = change.post_id if is_in_lists(change) else None
    return queries.issuers_of(post) if post else []


def _is_of_organisation(change: Change) -> bool:
    return change.kind == "organisation.changed"


def _path(slug: str) -> str:
    return f"{_ALL}{slug}/"
