import re
from collections.abc import Iterable
from typing import Any

from commonwire.changes.models import Change
from commonwire.delivery.pages import fragments
from commonwire.delivery.pages.family import is_in_lists, is_of_post, page
from commonwire.delivery.pages.listing import (
    FEED,
    Listing,
    ListingFamily,
    podcast_of,
    with_feeds,
)
from commonwire.delivery.queries import front_cards, front_lines, front_posts
from commonwire.publishing import queries
from commonwire.publishing.screening import is_flooded
from commonwire.publishing.states import PUBLIC_CLASSES

_SHOWN_HERE = ("post.", "feature.", "site.", "flood.began", "flood.ended")


class Front(ListingFamily):
    pattern = re.compile(rf"/{FEED}")

    def listing(self, **groups: Any) -> Listing:
        return Listing("/", "", queries.newest())

    def render(self, **groups: Any) -> bytes | None:
        if groups["feed"]:
            return super().render(**groups)
        site = queries.the_site()
        zone = site.zone
        posts = front_posts()
        columns = [
            (
                name,
                queries.own_class_name(site, name),
                fragments.lines(front_lines(posts, name), zone),
            )
            for name in PUBLIC_CLASSES
        ]
        return page(
            "public/front.html",
            {
                "site": site,
                "path": "/",
                "features": queries.front_features(),
                "cards": fragments.cards(front_cards(posts), zone),
                "podcast": podcast_of("/", posts),
                "flooded": is_flooded(),
                "columns": columns,
            },
        )

    def at_once(self, change: Change) -> Iterable[str]:
        return self.paths(change)

    def paths(self, change: Change) -> Iterable[str]:
        if is_of_post(change) and not is_in_lists(change):
            return ()
        return ("/",) if change.kind.startswith(_SHOWN_HERE) else ()

    def every(self) -> Any:
        return with_feeds("/")
