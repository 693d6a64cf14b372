import re
from collections.abc import Iterable, Iterator
from typing import Any

from commonwire.changes.models import Change
from commonwire.delivery.pages.family import is_in_lists
from commonwire.delivery.pages.features import is_of_feature, shown_on
from commonwire.delivery.pages.listing import (
    FEED,
    Listing,
    ListingFamily,
    with_feeds,
)
from commonwire.publishing import queries


class Sections(ListingFamily):
    """`/topics/<slug>/` and `/regions/<slug>/`."""

    pattern = re.compile(rf"/(?P<kind>topic|region)s/(?P<slug>[-\w]{{1,60}})/{FEED}")

    def listing(self, **groups: Any) -> Listing | None:
        section = queries.section_at(groups["kind"], groups["slug"])
        if section is None:
            return None
        return Listing(
            section.path,
            section.name,
            queries.newest_in(section),
            "public/section.html",
            {"section": section, "features": queries.section_features(section)},
        )

    def paths(self, change: Change) -> Iterable[str]:
        if is_in_lists(change) or is_of_feature(change):
            yield from change.facts["sections"]

    def stale(self, change: Change) -> Iterator[str]:
        yield from super().stale(change)
        yield from shown_on(change)

    def every(self) -> Iterator[str]:
        topics, regions = queries.sections()
        for section in topics + regions:
            yield from with_feeds(section.path)
