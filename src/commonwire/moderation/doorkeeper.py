"""Who is asked to come back later, before anything of theirs is stored: so that what a
flood can write to the disk is bounded, whatever it sends.

A network has its own buckets, one for each kind of thing. All networks together have
one, and whoever finds it empty is let in for a proof of work or for their patience.
"""

from math import ceil

from commonwire.kit.buckets import Buckets, Network
from commonwire.publishing.admission import Arrival, Later
from commonwire.publishing.queries import the_site

# A person who covers a day of action from one network writes less.
TEXTS = Buckets("moderation.doorkeeper.texts", capacity=30, seconds=60)
FILES = Buckets("moderation.doorkeeper.files", capacity=15, seconds=120)
LINKS = Buckets("moderation.doorkeeper.links", capacity=15, seconds=120)
COMMENTS = Buckets("moderation.doorkeeper.comments", capacity=20, seconds=60)
EVERYBODY = Buckets(
    "moderation.doorkeeper.everybody", capacity=300, seconds=1, shared=1
)
ALL = (TEXTS, FILES, LINKS, COMMENTS, EVERYBODY)
_ALL_NETWORKS = Network("everybody", shared=False)


def knock(arrival: Arrival) -> Later | None:
    wanted = _buckets_of(arrival)
    missing = [b for b in wanted if not b.has_token(arrival.network)]
    if missing:
        return Later(_seconds(missing, arrival.network))
    for bucket in wanted:
        bucket.take(arrival.network)
    # Where nothing is called a flood there is no too much.
    if not the_site().flood_rate or EVERYBODY.take(_ALL_NETWORKS):
        return None
    return Later(_seconds([EVERYBODY], _ALL_NETWORKS), payable=True)


def _buckets_of(arrival: Arrival) -> list[Buckets]:
    kinds = {FILES: arrival.has_files, LINKS: arrival.has_links}
    first = COMMENTS if arrival.is_comment else TEXTS
    return [first, *(bucket for bucket, meant in kinds.items() if meant)]


def _seconds(buckets: list[Buckets], network: Network) -> int:
    return max(1, ceil(max(bucket.wait(network) for bucket in buckets)))
