"""`/wire/raw/`: what comes in a flood, as it comes, until editors have sorted it."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from commonwire.changes.models import Change
from commonwire.delivery.pages import fragments
from commonwire.delivery.pages.family import is_of_post, page
from commonwire.delivery.pages.listing import FEED, Listing, ListingFamily, with_feeds
from commonwire.delivery.queries import FRONT_CARDS, front_cards, raw_posts
from commonwire.publishing import queries

PATH = "/wire/raw/"


class Raw(ListingFamily):
    pattern = re.compile(rf"{PATH}{FEED}")

    def listing(self, **groups: Any) -> Listing:
        return Listing(PATH, _("Raw wire"), queries.raw())

    def render(self, **groups: Any) -> bytes | None:
        if groups["feed"]:
            return super().render(**groups)
        site, posts = queries.the_site(), raw_posts()
        rest = tuple(post.line for post in posts[FRONT_CARDS:])
        return page(
            "public/raw.html",
            {
                "site": site,
                "path": PATH,
                "listing": self.listing(),
                "cards": fragments.cards(front_cards(posts), site.zone),
                "lines": fragments.lines(rest, site.zone),
                "podcast": "",
            },
        )

    def at_once(self, change: Change) -> Iterable[str]:
        return (PATH,) if _is_raw(change) else ()

    def paths(self, change: Change) -> Iterable[str]:
        shown = _is_raw(change) or change.kind.startswith("flood.")
        return (PATH,) if shown else ()

    def every(self) -> Any:
        return with_feeds(PATH)


def _is_raw(change: Change) -> bool:
    return is_of_post(change) and bool(change.facts.get("raw"))
