import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from commonwire.changes.models import Change
from commonwire.delivery.pages.family import Family, is_of_post, page
from commonwire.kit import embeds
from commonwire.publishing import queries
from commonwire.publishing.models import Post
from commonwire.syndication.structured import article


class Posts(Family):
    pattern = re.compile(
        r"/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})"
        r"/(?P<slug>[-\w]{1,80})/"
    )

    def render(self, **groups: Any) -> bytes | None:
        try:
            day = date(int(groups["year"]), int(groups["month"]), int(groups["day"]))
        except ValueError:
            return None
        post = queries.post_at(day, groups["slug"])
        return post_page(post) if post else None

    def at_once(self, change: Change) -> Iterable[str]:
        shown = is_of_post(change) or change.kind.startswith("comment.")
        if not shown or _waits_from_the_start(change):
            return ()
        return (change.facts["path"],)

    def stale(self, change: Change) -> Iterable[str]:
        return self.at_once(change)

    def forgotten(self, change: Change) -> Iterable[str]:
        return _cleared(change)

    def every(self) -> Iterator[str]:
        rows = Post.objects.order_by("pk").only("day", "slug")
        for post in rows.iterator(chunk_size=2_000):
            yield post.path


def _cleared(change: Change) -> Iterable[str]:
    """What lay in a heap is printed anew when somebody asks for it."""
    if change.kind != "flood.cleared":
        return
    posts = Post.objects.filter(heaped__heap=change.facts["heap"])
    for post in posts.only("day", "slug").iterator(chunk_size=2_000):
        yield post.path


def _waits_from_the_start(change: Change) -> bool:
    """It is printed when somebody asks: in a flood, for most of them nobody will."""
    facts = change.facts
    return change.kind == "post.published" and not (facts["listed"] or facts.get("raw"))


def post_page(post: Post) -> bytes:
    """The page of a post that `queries.full` read."""
    site = queries.the_site()
    return page(
        "public/post.html",
        {
            "site": site,
            "post": post,
            "path": post.path,
            "frame_hosts": frame_hosts(post),
            "structured": article(post, site),
        },
    )


def frame_hosts(post: Any) -> list[str]:
    """The hosts that this page's players come from, for its content policy."""
    texts = [post.body_html, *(part.body_html for part in post.parts)]
    links = [post.related_url, *(part.related_url for part in post.parts)]
    texts += [embeds.embed_figure(link) for link in links if link]
    return sorted(embeds.frame_hosts(texts))
