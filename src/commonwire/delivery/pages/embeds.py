"""What other sites show of a post or of any listing: a page for a frame, what to copy,
and oEmbed; and the files that frames share."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from commonwire.changes.models import Change
from commonwire.delivery.pages.family import Family, is_of_post, page
from commonwire.delivery.pages.listing import Listing, ListingFamily
from commonwire.delivery.pages.post import POST, post_at
from commonwire.delivery.tree import the_tree
from commonwire.publishing import queries
from commonwire.publishing.models import Post
from commonwire.syndication import embeds
from commonwire.syndication.embeds.code import Embed, as_json
from commonwire.syndication.posters.facts import poster_of

CODE, OEMBED, FRAME = "embed-this.html", "oembed.json", "embed.html"
NAMES = (FRAME, CODE, OEMBED)
MOST_LINES = 10
# What a listing's pattern knows beside its place.
_FILES = {"feed", "file"}
FILES = Path(embeds.__file__).parent


class Embeds(Family):
    """Beside every post and every listing: no page's address has a dot in it."""

    pattern = re.compile(
        rf"(?P<place>/(?:[^.]*/)?)(?P<name>{'|'.join(map(re.escape, NAMES))})"
    )

    def __init__(self, listings: Sequence[ListingFamily] = ()) -> None:
        self.listings = listings

    def render(self, **groups: Any) -> bytes | None:
        place, name = groups["place"], groups["name"]
        match = re.fullmatch(POST, place)
        post = post_at(**match.groupdict()) if match else None
        if post is not None:
            return _of_post(post, name)
        listing = self._listing_at(place)
        return _of_listing(listing, name) if listing else None

    def _listing_at(self, place: str) -> Listing | None:
        for family in self.listings:
            match = family.pattern.fullmatch(place)
            if match:
                told = match.groupdict()
                return family.listing(**{k: told[k] for k in told.keys() - _FILES})
        return None

    def stale(self, change: Change) -> Iterable[str]:
        """Those that somebody has asked for."""
        places = [p for family in self.listings for p in family.paths(change)]
        if is_of_post(change) and "path" in change.facts:
            places.append(change.facts["path"])
        return the_tree().there(place + name for place in places for name in NAMES)

    def every(self) -> Iterator[str]:
        for family in self.listings:
            for path in family.every():
                if path.endswith("/"):
                    yield from (path + name for name in NAMES)
        rows = Post.objects.only("day", "slug").order_by("pk")
        for post in rows.iterator(chunk_size=2_000):
            yield from (post.path + name for name in NAMES)


def _of_post(post: Any, name: str) -> bytes | None:
    """Of what is hidden or gone nothing is told but that it is not shown."""
    site = queries.the_site()
    if not post.may_be_read:
        embed = Embed(post.path, site.name)
        told = {"embed": embed, "site": site}
        return _rendered("embeds/kept.html", told) if name == FRAME else None
    facts = poster_of(post, site)
    embed = Embed(post.path, post.title, by=facts.by)
    return _made(
        embed, name, "embeds/post.html", {"post": post, "kicker": facts.kicker}
    )


def _of_listing(listing: Listing, name: str) -> bytes:
    title = listing.title or queries.the_site().name
    embed = Embed(listing.path, title, is_list=True)
    posts = list(queries.cards(listing.posts))[:MOST_LINES] if name == FRAME else []
    return _made(embed, name, "embeds/listing.html", {"posts": posts})


def _made(embed: Embed, name: str, template: str, context: dict[str, Any]) -> bytes:
    site = queries.the_site()
    if name == FRAME:
        return _rendered(template, {"embed": embed, "site": site, **context})
    if name == OEMBED:
        return as_json(embed.oembed(site.name))
    told = {"embeds": [embed], "place": embed.path, "oembed": embed.address + OEMBED}
    return page("embeds/code.html", {**told, "path": embed.path + CODE})


def _rendered(template: str, context: dict[str, Any]) -> bytes:
    return render_to_string(template, context).encode()


class EmbedFiles(Family):
    """At addresses that never change: they stand in pages of others."""

    pattern = re.compile(r"/(?P<name>embed\.js|embed-height\.js|embed\.css)")

    def render(self, **groups: Any) -> bytes | None:
        name: str = groups["name"]
        return (FILES / name).read_bytes()

    def every(self) -> Iterator[str]:
        yield from ("/embed.js", "/embed-height.js", "/embed.css")
