"""What a post is passed on with: posters to print, and its address as a QR code."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from commonwire.changes.models import Change
from commonwire.delivery.pages.calls import over_since, told_by
from commonwire.delivery.pages.family import Family, Printed, is_of_post
from commonwire.delivery.pages.post import POST, post_at
from commonwire.delivery.tree import the_tree
from commonwire.publishing import queries
from commonwire.publishing.models import Post
from commonwire.syndication import qr
from commonwire.syndication.posters.facts import Poster, poster_of
from commonwire.syndication.posters.poster import render

_RENDER: dict[str, Callable[[Poster], bytes]] = {
    "poster-letter.pdf": lambda poster: render(poster, "letter"),
    "poster-a4.pdf": lambda poster: render(poster, "a4"),
    "qr.svg": lambda poster: qr.svg(poster.address),
    "qr.png": lambda poster: qr.png(poster.address),
}
NAMES = tuple(_RENDER)


class Posters(Family):
    """Printed when somebody asks, and forgotten when the post changes; there are none
    of what may not be read."""

    pattern = re.compile(f"{POST}(?P<name>{'|'.join(map(re.escape, NAMES))})")

    def render(self, **groups: Any) -> bytes | None:
        name = groups.pop("name")
        post = post_at(**groups)
        if post is None or not post.may_be_read:
            return None
        return _RENDER[name](poster_of(post, queries.the_site()))

    def compresses(self, path: str) -> bool:
        return path.endswith(".svg")

    def forgotten(self, change: Change) -> Iterable[str]:
        own = is_of_post(change) and "path" in change.facts
        paths = [change.facts["path"]] if own else told_by(change)
        return the_tree().there(path + name for path in paths for name in NAMES)

    def due(self, now: datetime, printed: Printed) -> Iterator[str]:
        """A call whose time is over says so."""
        return over_since(now, printed, NAMES)

    def every(self) -> Iterator[str]:
        rows = Post.objects.only("day", "slug").order_by("pk")
        for post in rows.iterator(chunk_size=2_000):
            yield from (post.path + name for name in NAMES)
