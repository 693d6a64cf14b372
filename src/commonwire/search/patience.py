"""How many searches a network may ask for, and all of them together: crawlers shall keep
nobody from finding anything, or from publishing."""

from math import ceil

from commonwire.kit.buckets import Buckets, Network

PER_NETWORK = Buckets("search.patience.per_network", capacity=20, seconds=2)
EVERYBODY = Buckets("search.patience.everybody", capacity=100, seconds=0.05, shared=1)
_ALL = Network("everybody", shared=False)


def wait(network: Network) -> int:
    """Seconds until one may search; 0 is now, and counts."""
    missing = [
        bucket.wait(who)
        for bucket, who in ((PER_NETWORK, network), (EVERYBODY, _ALL))
        if not bucket.has_token(who)
    ]
    if missing:
        return max(1, ceil(max(missing)))
    PER_NETWORK.take(network)
    EVERYBODY.take(_ALL)
    return 0
