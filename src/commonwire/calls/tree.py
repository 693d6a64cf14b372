"""Organisations under organisations, as links between numbers; nothing here asks the
database."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Link:
    """``organisation`` stands under ``parent`` from ``since`` on and until the day
    before ``until``; None: always, or still."""

    organisation: int
    parent: int
    since: date | None = None
    until: date | None = None

    @property
    def span(self) -> tuple[date, date]:
        return self.since or date.min, self.until or date.max


Upward = dict[int, list[Link]]


def upward(links: Iterable[Link]) -> Upward:
    """The links that lead up from each body."""
    found: defaultdict[int, list[Link]] = defaultdict(list)
    for link in links:
        found[link.organisation].append(link)
    return found


def circle(up: Upward, new: Link) -> list[int]:
    """The way up from ``new``'s parent to its organisation, if one stands on any day on
    which ``new`` would: with it they would stand under themselves. Else empty.

    What is long over does not count: bodies have changed places before.
    """
    ways = [([new.parent], new.span)]
    seen = set()
    while ways:
        way, (begin, end) = ways.pop()
        if way[-1] == new.organisation:
            return way
        if (way[-1], begin, end) in seen:
            continue
        seen.add((way[-1], begin, end))
        for link in up.get(way[-1], ()):
            since, until = max(begin, link.span[0]), min(end, link.span[1])
            if since < until:
                ways.append(([*way, link.parent], (since, until)))
    return []


def reached(start: int, steps: Mapping[int, Iterable[int]]) -> list[int]:
    """Everything that steps lead to from ``start``, itself not, the nearest first."""
    found: dict[int, None] = {}
    near = [start]
    while near:
        further = [to for at in near for to in steps.get(at, ()) if to != start]
        near = [to for to in dict.fromkeys(further) if to not in found]
        found |= dict.fromkeys(near)
    return list(found)
