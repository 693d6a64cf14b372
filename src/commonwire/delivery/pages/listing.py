"""Lists of posts: a page and three feeds from the same query."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date
from typing import Any

from commonwire.changes.models import Change
from commonwire.delivery.pages.family import Family, page
from commonwire.publishing import queries
from commonwire.publishing.models import Post
from commonwire.syndication import feeds

FEED = r"(?P<feed>feed\.(?:atom|rss|json))?"
FEEDS = ("feed.atom", "feed.rss", "feed.json")


@dataclass(frozen=True)
class Listing:
    path: str
    title: str
    posts: Any  # a query that was not yet asked
    template: str = "public/listing.html"
    extra: dict[str, Any] = field(default_factory=dict)


class ListingFamily(Family):
    """A family says `listing` and `paths`; the feeds come by themselves."""

    def listing(self, **groups: Any) -> Listing | None:
        raise NotImplementedError

    def paths(self, change: Change) -> Iterable[str]:
        """The lists that show what changed."""
        raise NotImplementedError

    def render(self, **groups: Any) -> bytes | None:
        feed = groups.pop("feed")
        listing = self.listing(**groups)
        if listing is None:
            return None
        if feed:
            posts = list(queries.full(listing.posts[: queries.PER_LISTING]))
            return feeds.render(feed, listing.path, listing.title, posts)
        posts = list(queries.cards(listing.posts))
        return page(
            listing.template,
            {
                "listing": listing,
                "posts": posts,
                "path": listing.path,
                "older": _older(posts),
                "podcast": podcast_of(listing.path, posts),
                **listing.extra,
            },
        )

    def stale(self, change: Change) -> Iterator[str]:
        for path in self.paths(change):
            yield from with_feeds(path)


def with_feeds(path: str) -> Iterator[str]:
    yield path
    for name in FEEDS:
        yield path + name


def podcast_of(path: str, posts: Iterable[Any]) -> str:
    """The podcast that goes with a list, while something in it can be heard."""
    if not any(post.has_sound for post in posts):
        return ""
    own = path.startswith(("/topics/", "/regions/"))
    return f"{path}podcast.rss" if own else "/podcast.rss"


def _older(posts: list[Post]) -> date | None:
    """The month where a full list goes on."""
    return posts[-1].day if len(posts) >= queries.PER_LISTING else None


def month_bounds(year: str, month: str) -> tuple[date, date] | None:
    """The first day of a month and of the next; None when there is no such month."""
    if int(year) in {MINYEAR, MAXYEAR}:  # not every zone's midnights can be told
        return None
    try:
        first = date(int(year), int(month), 1)
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    except ValueError:
        return None
    return first, after
