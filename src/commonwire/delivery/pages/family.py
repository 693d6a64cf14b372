"""What every family of public pages says of itself: its addresses, its content, and
what makes it stale."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, ClassVar

from django.template.loader import render_to_string

from commonwire.changes.models import Change
from commonwire.delivery.queries import tags
from commonwire.publishing import queries

Printed = Callable[[str], datetime | None]


class Family:
    pattern: ClassVar[re.Pattern[str]]

    def render(self, **groups: Any) -> bytes | None:
        """The page at an address that the pattern matched; None when there is none."""
        raise NotImplementedError

    def compresses(self, path: str) -> bool:
        """Whether smaller forms are laid beside the page."""
        return True

    def before(self, path: str, body: bytes) -> Iterable[str]:
        """Addresses that must lie in the tree before this page does. What they say never
        changes, so that they need no lock."""
        return ()

    def at_once(self, change: Change) -> Iterable[str]:
        """Addresses that are printed before the change is answered."""
        return ()

    def stale(self, change: Change) -> Iterable[str]:
        """Addresses that the worker prints within a second."""
        return ()

    def forgotten(self, change: Change) -> Iterable[str]:
        """Addresses that are taken away, and printed when somebody asks."""
        return ()

    def counted(self, change: Change) -> Iterable[str]:
        """Addresses on which a number changed that may change many times a second: they
        are printed at most once a second."""
        return ()

    def due(self, now: datetime, printed: Printed) -> Iterable[str]:
        """Addresses that are stale because time went by. ``printed``: when an address
        was printed; None when it is not in the tree."""
        return ()

    def every(self) -> Iterator[str]:
        """All addresses of the family, for a mirror."""
        yield from ()


def is_of_post(change: Change) -> bool:
    return change.kind.startswith("post.")


def is_in_lists(change: Change) -> bool:
    """Whether lists may have to say it. A new post that waits, or is raw, is in none."""
    is_new = change.kind == "post.published"
    return is_of_post(change) and (not is_new or bool(change.facts["listed"]))


def page(template: str, context: dict[str, Any]) -> bytes:
    """A template in the site's shell."""
    topics, regions = tags()
    shell: dict[str, Any] = {
        "site": context.get("site") or queries.the_site(),
        # By value, for what is kept of the shell under them.
        "topics": topics,
        "regions": regions,
        "frame_hosts": [],
    }
    return render_to_string(template, shell | context).encode()
