"""`/wire/raw/`: what comes in a flood, as it comes, until editors have sorted it."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from commonwire.changes.models import Change
from commonwire.delivery.pages import fragments
from commonwire.delivery.pages.family import Family, is_of_post, page
from commonwire.delivery.pages.listing import FEED, Listing, ListingFamily, with_feeds
from commonwire.delivery.queries import (
    FRONT_CARDS,
    RAW_LINES,
    front_cards,
    raw_posts,
)
from commonwire.delivery.tree import the_tree
from commonwire.publishing import queries

PATH = "/wire/raw/"
# Posts by number: a page stays the same however many come after it.
PER_PAGE = 100


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
                "older": _page_of(posts[-1].pk) if len(posts) == RAW_LINES else "",
            },
        )

    def at_once(self, change: Change) -> Iterable[str]:
        return (PATH,) if _is_raw(change) else ()

    def paths(self, change: Change) -> Iterable[str]:
        shown = _is_raw(change) or change.kind.startswith("flood.")
        return (PATH,) if shown else ()

    def every(self) -> Any:
        return with_feeds(PATH)


class RawPages(Family):
    """`/wire/raw/<n>/`: all of it, a hundred numbers of posts a page, so that nobody's
    report drowns in a flood."""

    pattern = re.compile(rf"{PATH}(?P<number>0|[1-9][0-9]{{0,9}})/")

    def render(self, **groups: Any) -> bytes | None:
        first = int(groups["number"]) * PER_PAGE
        raw = queries.all_raw().order_by("-pk")
        posts = list(queries.lines(raw.filter(pk__gte=first, pk__lt=first + PER_PAGE)))
        if not posts:
            return None
        older = raw.filter(pk__lt=first).values_list("pk", flat=True).first()
        context = {"path": _page_of(first), "posts": posts}
        context["older"] = _page_of(older) if older else ""
        return page("public/raw_page.html", context)

    def forgotten(self, change: Change) -> Iterable[str]:
        if change.kind == "post.published":
            return (_page_of(change.post_id or 0),) if _is_raw(change) else ()
        # A page may be empty now, and another one lead to it.
        left = _is_raw(change) or change.kind == "flood.cleared"
        return the_tree().folders(PATH) if left else ()

    def every(self) -> Iterator[str]:
        numbers = queries.all_raw().order_by("-pk").values_list("pk", flat=True)
        yield from dict.fromkeys(map(_page_of, numbers))


def _page_of(number: int) -> str:
    return f"{PATH}{number // PER_PAGE}/"


def _is_raw(change: Change) -> bool:
    return is_of_post(change) and bool(change.facts.get("raw"))
