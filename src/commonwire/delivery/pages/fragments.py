"""Posts as they stand in lists, rendered once for as long as nothing they show changes.

What is kept is a function's result under all that it is made from, so it can never be
stale: a fragment sees nothing of a post but the values that it is kept under.
"""

from functools import lru_cache
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from commonwire.delivery.queries import Card, Line

# A kilobyte each: the lists of a large site many times over.
MOST_KEPT = 2_000
MOST_LISTS = 64


@lru_cache(MOST_KEPT)
def line(post: Line, zone: ZoneInfo) -> SafeString:
    return _fragment("public/_line.html", post, zone)


@lru_cache(MOST_LISTS)
def lines(posts: tuple[Line, ...], zone: ZoneInfo) -> SafeString:
    return SafeString("".join(line(post, zone) for post in posts))


@lru_cache(MOST_KEPT)
def card(post: Card, zone: ZoneInfo) -> SafeString:
    return _fragment("public/_card.html", post, zone)


def cards(posts: list[Card], zone: ZoneInfo) -> SafeString:
    return SafeString("".join(card(post, zone) for post in posts))


def _fragment(template: str, post: Line | Card, zone: ZoneInfo) -> SafeString:
    site = SimpleNamespace(zone=zone)
    return render_to_string(template, {"post": post, "site": site})
