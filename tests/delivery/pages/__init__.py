"""For each family of pages: which change makes which of its addresses stale."""

from dataclasses import dataclass

FEEDS = ("feed.atom", "feed.rss", "feed.json")


@dataclass(frozen=True)
class Reaction:
    at_once: frozenset = frozenset()
    stale: frozenset = frozenset()
    forgotten: frozenset = frozenset()


NOTHING = Reaction()


def reaction(family, change):
    return Reaction(
        frozenset(family.at_once(change)),
        frozenset(family.stale(change)),
        frozenset(family.forgotten(change)),
    )


def stale(*paths):
    return Reaction(stale=frozenset(paths))


def forgotten(*paths):
    return Reaction(forgotten=frozenset(paths))


def with_feeds(*paths):
    return [path + name for path in paths for name in ("", *FEEDS)]
