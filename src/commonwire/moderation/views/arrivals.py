"""How much of it comes from whom: what readers may send without an account."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from commonwire.kit.buckets import Buckets, Network, network_of
from commonwire.moderation.actions.deciding import Refused
from commonwire.publishing.models import Post
from commonwire.publishing.views.entrance import HONEYPOT

flags_per_network = Buckets(
    "moderation.arrivals.flags_per_network", capacity=10, seconds=60
)
# Of one thing, by one network: more would say no more.
flags_of_one_thing = Buckets(
    "moderation.arrivals.flags_of_one_thing", capacity=1, seconds=24 * 3600
)
appeals_per_network = Buckets(
    "moderation.arrivals.appeals_per_network", capacity=3, seconds=1200
)
# Of any of these forms, refused ones too: mistakes are few, floods of them are not.
tries_per_network = Buckets(
    "moderation.arrivals.tries_per_network", capacity=30, seconds=20
)
# What comes with a key: appeals and messages.
letters_per_network = Buckets(
    "moderation.arrivals.letters_per_network", capacity=20, seconds=60
)


@contextmanager
def admitted(request: HttpRequest, limits: Buckets) -> Iterator[Network]:
    """Who sends a form, for the day; what is refused within counts as a try alone, so
    that nobody is locked out by mistakes. Raises Refused for programs and floods."""
    if request.POST.get(HONEYPOT):
        words = _(
            "A field that people do not see was filled in. It is empty again: send the "
            "form once more."
        )
        raise Refused("form", words)
    network = network_of(request.META)
    if not (tries_per_network.take(network) and limits.take(network)):
        words = _(
            "Many such forms came from your network just now. Wait some minutes and "
            "send it again; what you wrote is still here."
        )
        raise Refused("form", words)
    try:
        yield network
    except Refused:
        limits.give_back(network)
        raise


def part_of(network: Network, *what: object) -> Network:
    """A network's own bucket for one thing."""
    return Network(f"{network.key}/{'/'.join(map(str, what))}", network.shared)


def post_of(post_id: int) -> Post:
    post = Post.objects.filter(pk=post_id).first()
    if post is None:
        raise Http404
    return post


def trap() -> dict[str, Any]:
    return {"honeypot": HONEYPOT}
