"""Who is asked to come back later: called before anything of a request is stored."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import ngettext

from commonwire.kit.buckets import Network
from commonwire.publishing.pressure import arrivals


@dataclass(frozen=True)
class Arrival:
    """What comes, before it is looked at closely."""

    network: Network
    has_files: bool = False
    has_links: bool = False
    is_comment: bool = False


@dataclass(frozen=True)
class Later:
    """``payable``: not for whoever has done a proof of work, or has waited already."""

    seconds: int
    payable: bool = False

    @property
    def words(self) -> str:
        sentence = ngettext(
            "Very much is coming in just now. Come back in %(seconds)s second.",
            "Very much is coming in just now. Come back in %(seconds)s seconds.",
            self.seconds,
        )
        return sentence % {"seconds": self.seconds}


Doorkeeper = Callable[[Arrival], Later | None]


def knock(arrival: Arrival) -> Later | None:
    """None is: come in."""
    arrivals.count()
    answer: Later | None = _doorkeeper()(arrival)
    return answer


@cache
def _doorkeeper() -> Doorkeeper:
    found: Doorkeeper = import_string(settings.DOORKEEPER)
    return found
