"""The sheet on which people sign, on paper, what a call asks."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from commonwire.calls.facts import facts_of
from commonwire.calls.queries import with_call
from commonwire.changes.models import Change
from commonwire.delivery.pages.calls import over_since, told_by
from commonwire.delivery.pages.family import Family, Printed, is_of_post
from commonwire.delivery.pages.post import POST, post_at
from commonwire.delivery.tree import the_tree
from commonwire.publishing import queries
from commonwire.publishing.models import Post
from commonwire.publishing.states import Kind
from commonwire.syndication.sheets.sheet import render

NAMES = ("sign-up-letter.pdf", "sign-up-a4.pdf")


class SignUpSheets(Family):
    """Printed when somebody asks, and forgotten when the call changes."""

    pattern = re.compile(f"{POST}sign-up-(?P<paper>letter|a4)\\.pdf")

    def render(self, **groups: Any) -> bytes | None:
        paper = groups.pop("paper")
        post = post_at(**groups)
        if post is None or post.kind != Kind.CALL or not post.may_be_read:
            return None
        return render(facts_of(with_call(post)), queries.the_site(), paper)

    def compresses(self, path: str) -> bool:
        return False

    def forgotten(self, change: Change) -> Iterable[str]:
        own = is_of_post(change) and "path" in change.facts
        paths = [change.facts["path"]] if own else told_by(change)
        return the_tree().there(path + name for path in paths for name in NAMES)

    def due(self, now: datetime, printed: Printed) -> Iterator[str]:
        """A call whose time is over says so."""
        return over_since(now, printed, NAMES)

    def every(self) -> Iterator[str]:
        calls = Post.objects.filter(kind=Kind.CALL).only("day", "slug").order_by("pk")
        for post in calls.iterator(chunk_size=2_000):
            yield from (post.path + name for name in NAMES)
