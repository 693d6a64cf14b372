"""What other sites show of a post or of any listing: a page for a frame, what to copy,
and oEmbed; and the files that frames share."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from commonwire.calls import call_queries as calls
from commonwire.calls.facts import facts_of
from commonwire.calls.pledge_tally import tally
from commonwire.calls.standing import called_off_post, called_off_posts, ended_posts
from commonwire.calls.states import CallState
from commonwire.changes.models import Change
from commonwire.delivery.pages.calls import over_since, told_by
from commonwire.delivery.pages.family import Family, Printed, is_of_post, page
from commonwire.delivery.pages.listing import Listing, ListingFamily
from commonwire.delivery.pages.post import POST, post_at
from commonwire.delivery.tree import the_tree
from commonwire.publishing import queries
from commonwire.publishing.models import Post
from commonwire.publishing.states import Kind
from commonwire.syndication import embeds
from commonwire.syndication.embeds.code import Embed, as_json, file_of, show_of
from commonwire.syndication.posters.facts import poster_of

CODE, OEMBED, FRAME = "embed-this.html", "oembed.json", "embed.html"
# Of calls alone.
SHOWS = ("counter", "endorsers", "events")
OF_CALLS = tuple(map(file_of, SHOWS))
FRAMES = (FRAME, *OF_CALLS)
NAMES = (FRAME, CODE, OEMBED)
MOST_LINES = 10
# The listing that says which are over.
_CALLS = "/calls/"
# What a listing's pattern knows beside its place.
_FILES = {"feed", "file"}
FILES = Path(embeds.__file__).parent


class Embeds(Family):
    """Beside every post and every listing: no page's address has a dot in it."""

    pattern = re.compile(
        rf"(?P<place>/(?:[^.]*/)?)(?P<name>{'|'.join(map(re.escape, (*NAMES, *OF_CALLS)))})"
    )

    def __init__(self, listings: Sequence[ListingFamily] = ()) -> None:
        self.listings = listings

    def render(self, **groups: Any) -> bytes | None:
        place, name = groups["place"], groups["name"]
        match = re.fullmatch(POST, place)
        post = post_at(**match.groupdict()) if match else None
        if post is not None:
            return _of_post(post, name)
        listing = self._listing_at(place) if name in NAMES else None
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
        lists = [p for family in self.listings for p in family.paths(change)]
        found = [place + name for place in lists for name in NAMES]
        if is_of_post(change) and "path" in change.facts:
            found += _beside(change.facts["path"])
        return the_tree().there(found)

    def forgotten(self, change: Change) -> Iterable[str]:
        """A call's, when an event or an organisation that they list has changed."""
        found = [name for path in told_by(change) for name in _beside(path)]
        return the_tree().there(found)

    def counted(self, change: Change) -> Iterable[str]:
        if change.kind != "call.pledged":
            return ()
        path = change.facts["path"]
        return the_tree().there([path + FRAME, path + file_of("counter")])

    def due(self, now: datetime, printed: Printed) -> Iterator[str]:
        """A call whose time is over says so."""
        yield from over_since(now, printed, (*NAMES, *OF_CALLS))
        at = printed(_CALLS + FRAME)
        if at is not None and calls.ended_between(at, now):
            yield _CALLS + FRAME

    def every(self) -> Iterator[str]:
        for family in self.listings:
            for path in family.every():
                if path.endswith("/"):
                    yield from (path + name for name in NAMES)
        rows = Post.objects.only("day", "slug").order_by("pk")
        for post in rows.iterator(chunk_size=2_000):
            yield from (post.path + name for name in NAMES)
        for post in rows.filter(kind=Kind.CALL).iterator(chunk_size=2_000):
            yield from (post.path + name for name in OF_CALLS)


def _beside(path: str) -> list[str]:
    return [path + name for name in (*NAMES, *OF_CALLS)]


def _of_post(post: Any, name: str) -> bytes | None:
    """Of what is hidden or gone nothing is told but that it is not shown."""
    site, show = queries.the_site(), show_of(name)
    if not post.may_be_read:
        told = {"embed": Embed(post.path, site.name), "site": site}
        return _rendered("embeds/kept.html", told) if name == FRAME else None
    if name in OF_CALLS and post.kind != Kind.CALL:
        return None
    facts = poster_of(post, site)
    # Where only its title is shown, that is where it is said.
    standing = called_off_post(post) or _over(post)
    title = " – ".join(filter(None, (post.title, standing)))
    embed = Embed(post.path, title, by=facts.by, show=show if name in FRAMES else "")
    if name == CODE and post.kind == Kind.CALL:
        return _code([replace(embed, show=each) for each in ("", *SHOWS)])
    told = {"post": post, "kicker": facts.kicker, "poster": facts}
    return _made(
        embed, name, _template_of(post, show), {**told, **_of_call(post, name)}
    )


def _over(post: Any) -> str:
    return ended_posts([post.pk]).get(post.pk, "") if post.kind == Kind.CALL else ""


def _template_of(post: Any, show: str) -> str:
    if show:
        return f"embeds/{show}.html"
    own = post.kind in {Kind.CALL, Kind.EVENT}
    return f"embeds/{post.kind if own else 'post'}.html"


def _of_call(post: Any, name: str) -> dict[str, Any]:
    if post.kind != Kind.CALL or name not in FRAMES:
        return {}
    facts = facts_of(post)
    over = facts.state == CallState.ENDED
    return {
        "facts": facts,
        "ended": facts.word("ended") if over else "",
        "pledges": tally(post.call, with_words=False),
    }


def _of_listing(listing: Listing, name: str) -> bytes:
    title = listing.title or queries.the_site().name
    embed = Embed(listing.path, title, is_list=True)
    posts = list(queries.cards(listing.posts))[:MOST_LINES] if name == FRAME else []
    numbers = [post.pk for post in posts]
    over = ended_posts(numbers) if listing.path == _CALLS else {}
    off = called_off_posts(numbers) | over
    rows = [(post, off.get(post.pk, "")) for post in posts]
    return _made(embed, name, "embeds/listing.html", {"rows": rows})


def _made(embed: Embed, name: str, template: str, context: dict[str, Any]) -> bytes:
    site = queries.the_site()
    if name in FRAMES:
        return _rendered(template, {"embed": embed, "site": site, **context})
    if name == OEMBED:
        return as_json(embed.oembed(site.name))
    return _code([embed])


def _code(found: list[Embed]) -> bytes:
    path = found[0].path
    told = {"embeds": found, "place": path, "oembed": found[0].address + OEMBED}
    return page("embeds/code.html", {**told, "path": path + CODE})


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
