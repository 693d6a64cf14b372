"""Lists of posts: a page and three feeds from the same query."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date
from typing import Any

from commonwire.changes.models import Change
from commonwire.delivery.pages.family import Family, page
from commonwire.delivery.together import each_once, once
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
        if feed:
            return self._feed(feed, groups)
        listing = self.listing(**groups)
        if listing is None:
            return None
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

    def _feed(self, feed: str, groups: dict[str, Any]) -> bytes | None:
        def read() -> tuple[Listing, list[feeds.Entry]] | None:
            listing = self.listing(**groups)
            return (listing, _entries(listing)) if listing else None

        found = once((type(self), *groups.values()), read)
        if found is None:
            return None
        listing, entries = found
        return feeds.render(feed, listing.path, listing.title, entries)

    def stale(self, change: Change) -> Iterator[str]:
        for path in self.paths(change):
            yield from with_feeds(path)


def _entries(listing: Listing) -> list[feeds.Entry]:
    """Of the newest posts; each is read once for all lists that it stands in."""
    newest = listing.posts.values_list("pk", flat=True)[: queries.PER_LISTING]
    return each_once("feed entry", list(newest), _read_entries)


def _read_entries(wanted: list[int]) -> dict[int, feeds.Entry]:
    found = queries.full(Post.objects.filter(pk__in=wanted))
    return {post.pk: feeds.entry(post) for post in found}


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
