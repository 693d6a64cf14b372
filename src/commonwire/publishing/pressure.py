"""How much comes in just now, against what the site calls a flood."""

from commonwire.kit.meters import Meter
from commonwire.publishing.queries import the_site

# Drafts, and posts of programs, that this process was sent; those refused count too.
arrivals = Meter("publishing.pressure.arrivals", seconds=60)
_MINUTES = 10


def pressure() -> float:
    """1 in quiet times; 2 when twice as much comes in as the site takes without calling
    it a flood. Always 1 where the site calls nothing a flood."""
    rate = the_site().flood_rate
    if not rate:
        return 1.0
    return max(1.0, arrivals.sum * _MINUTES / rate)
