"""Who of those who promise "if so many others do" is bound by it.

They wait for each other, too: when fifty people each say "if 49 others do", all fifty
are bound. So all are taken for willing at first, and those whose others are too few are
left out, until nobody has to be.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    """So many people who promise alike. ``others``: how many others they wait for,
    everywhere or in their own place; None when for nobody."""

    people: int
    place: str = ""
    others: int | None = None
    in_place: bool = False


def bound(promises: Iterable[Promise]) -> set[Promise]:
    """Those that stand; the largest set in which all have as many others as they ask
    for."""
    standing = set(promises)
    while True:
        left_out = _unmet(standing)
        if not left_out:
            return standing
        standing -= left_out


def _unmet(standing: set[Promise]) -> set[Promise]:
    in_places: Counter[str] = Counter()
    for each in standing:
        in_places[each.place] += each.people
    in_all = in_places.total()
    return {
        each
        for each in standing
        if each.others is not None
        and (in_places[each.place] if each.in_place else in_all) <= each.others
    }


def merged(promises: Iterable[Promise]) -> list[Promise]:
    """Those who promise alike as one."""
    sums: defaultdict[tuple[str, int | None, bool], int] = defaultdict(int)
    for each in promises:
        sums[each.place, each.others, each.in_place] += each.people
    return [Promise(people, *alike) for alike, people in sums.items()]
