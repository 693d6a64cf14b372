import re
from collections.abc import Iterable
from typing import Any

from commonwire.changes.models import Change
from commonwire.delivery.pages.family import page
from commonwire.delivery.pages.listing import FEED, Listing, ListingFamily
from commonwire.publishing import queries
from commonwire.publishing.states import PUBLIC_CLASSES

FEATURES = 6
CARDS = 8
LINES = 10


class Front(ListingFamily):
    pattern = re.compile(rf"/{FEED}")

    def listing(self, **groups: Any) -> Listing:
        return Listing("/", "", queries.newest())

    def render(self, **groups: Any) -> bytes | None:
        if groups["feed"]:
            return super().render(**groups)
        columns = [
            (name, list(queries.lines(queries.newest(wire_class=name, limit=LINES))))
            for name in PUBLIC_CLASSES
        ]
        return page(
            "public/front.html",
            {
                "path": "/",
                "features": queries.features(limit=FEATURES),
                "cards": list(queries.cards(queries.newest(limit=CARDS))),
                "columns": columns,
            },
        )

    def at_once(self, change: Change) -> Iterable[str]:
        return ("/",)

    def paths(self, change: Change) -> Iterable[str]:
        return ("/",)

    def every(self) -> Any:
        return self.stale(Change())
