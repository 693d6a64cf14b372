"""The catalogue of everything public."""

from collections.abc import Iterator
from typing import Any

from commonwire.changes.models import Change
from commonwire.delivery.pages.archives import Days, Months, SectionMonths
from commonwire.delivery.pages.family import Family
from commonwire.delivery.pages.front import Front
from commonwire.delivery.pages.plain import Errors, Features, Robots, Sitemaps, Texts
from commonwire.delivery.pages.podcasts import Podcasts
from commonwire.delivery.pages.post import Posts
from commonwire.delivery.pages.raw import Raw
from commonwire.delivery.pages.sections import Sections
from commonwire.delivery.pages.wire import Wire

CATALOGUE: tuple[Family, ...] = (
    Front(),
    Posts(),
    Wire(),
    Raw(),
    Sections(),
    Podcasts(),
    Days(),
    Months(),
    SectionMonths(),
    Features(),
    Texts(),
    Errors(),
    Robots(),
    Sitemaps(),
)


def find(path: str) -> tuple[Family, dict[str, Any]] | None:
    """The family that a public address belongs to, and what the address says."""
    for family in CATALOGUE:
        match = family.pattern.fullmatch(path)
        if match:
            return family, match.groupdict()
    return None


def at_once(change: Change) -> list[str]:
    return [path for family in CATALOGUE for path in family.at_once(change)]


def stale(change: Change) -> list[str]:
    return [path for family in CATALOGUE for path in family.stale(change)]


def forgotten(change: Change) -> list[str]:
    return [path for family in CATALOGUE for path in family.forgotten(change)]


def every() -> Iterator[str]:
    for family in CATALOGUE:
        yield from family.every()
