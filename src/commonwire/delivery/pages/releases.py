"""What newsrooms take of a press release, beside its page: text, letters, data, a kit."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from commonwire.calls import call_queries as calls
from commonwire.changes.models import Change
from commonwire.delivery.pages.family import Family, Printed, is_of_post
from commonwire.delivery.pages.post import POST, post_at
from commonwire.delivery.tree import the_tree
from commonwire.publishing import queries
from commonwire.publishing.models import Post
from commonwire.publishing.states import Kind
from commonwire.syndication.releases import kit, letter, ninjs, text
from commonwire.syndication.releases.facts import Facts

_RENDER: dict[str, Callable[[Facts], bytes]] = {
    "release.txt": lambda facts: text.render(facts).encode(),
    "release-letter.pdf": lambda facts: letter.render(facts, "letter"),
    "release-a4.pdf": lambda facts: letter.render(facts, "a4"),
    "ninjs.json": ninjs.render,
    "press-kit.zip": kit.render,
}
NAMES = tuple(_RENDER)
_WITH_PAGE = ("", *NAMES)


class Releases(Family):
    """Printed when somebody asks, and forgotten when the post changes; there are none
    of what is in no list."""

    pattern = re.compile(f"{POST}(?P<name>{'|'.join(map(re.escape, NAMES))})")

    def render(self, **groups: Any) -> bytes | None:
        name = groups.pop("name")
        post = post_at(**groups)
        if post is None or not post.may_be_read or post.kind != Kind.RELEASE:
            return None
        return _RENDER[name](Facts.of(post, queries.the_site()))

    def compresses(self, path: str) -> bool:
        return path.endswith((".txt", ".json"))

    def forgotten(self, change: Change) -> Iterable[str]:
        if not is_of_post(change) or "path" not in change.facts:
            return ()
        own = [change.facts["path"] + name for name in NAMES]
        return the_tree().there([*own, *_of_call(change)])

    def due(self, now: datetime, printed: Printed) -> Iterator[str]:
        """They say that the call that they were made of is over."""
        for release, ended in calls.releases_of_ended(now):
            for name in _WITH_PAGE:
                at = printed(release.path + name)
                if at is not None and at < ended:
                    yield release.path + name

    def every(self) -> Iterator[str]:
        rows = Post.objects.filter(kind=Kind.RELEASE).only("day", "slug").order_by("pk")
        for post in rows.iterator(chunk_size=2_000):
            yield from (post.path + name for name in NAMES)


def _of_call(change: Change) -> list[str]:
    """Releases that were made of a call which changed say so."""
    if "call" not in change.facts:
        return []
    paths = calls.paths_of_releases(change.post_id)
    return [path + name for path in paths for name in _WITH_PAGE]
