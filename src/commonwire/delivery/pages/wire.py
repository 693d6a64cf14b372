import re
from collections.abc import Iterable, Iterator
from typing import Any

from commonwire.changes.models import Change
from commonwire.delivery.pages.family import is_in_lists
from commonwire.delivery.pages.listing import (
    FEED,
    Listing,
    ListingFamily,
    with_feeds,
)
from commonwire.publishing import queries
from commonwire.publishing.queries import class_name
from commonwire.publishing.states import PUBLIC_CLASSES, WireClass

_CLASS = "|".join(PUBLIC_CLASSES)


class Wire(ListingFamily):
    """`/wire/` and `/wire/<class>/`."""

    pattern = re.compile(rf"/wire/(?:(?P<wire_class>{_CLASS})/)?{FEED}")

    def listing(self, **groups: Any) -> Listing:
        wire_class = groups["wire_class"]
        if not wire_class:
            return Listing(
                "/wire/",
                "",
                queries.newest(),
                "public/wire.html",
                {"classes": PUBLIC_CLASSES, "wire_class": ""},
            )
        return Listing(
            f"/wire/{wire_class}/",
            class_name(queries.the_site(), WireClass(wire_class)),
            queries.newest(wire_class=wire_class),
            "public/wire.html",
            {"classes": PUBLIC_CLASSES, "wire_class": wire_class},
        )

    def paths(self, change: Change) -> Iterable[str]:
        if not is_in_lists(change):
            return
        yield "/wire/"
        for name in {change.facts["class"], change.facts.get("was", "")}:
            if name in PUBLIC_CLASSES:
                yield f"/wire/{name}/"

    def every(self) -> Iterator[str]:
        yield from with_feeds("/wire/")
        for name in PUBLIC_CLASSES:
            yield from with_feeds(f"/wire/{name}/")
