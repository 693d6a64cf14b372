"""The catalogue of everything public."""

from collections.abc import Generator
from datetime import datetime
from typing import Any

from commonwire.changes.models import Change
from commonwire.delivery.pages.archives import Days, Months, SectionMonths
from commonwire.delivery.pages.calendar import (
    CalendarMonths,
    Calendars,
    CalendarWeeks,
)
from commonwire.delivery.pages.calls import CallFiles, Calls, Endorsements
from commonwire.delivery.pages.decision import Decisions
from commonwire.delivery.pages.embeds import EmbedFiles, Embeds
from commonwire.delivery.pages.event import EventDates, EventFiles
from commonwire.delivery.pages.family import Family, Printed
from commonwire.delivery.pages.features import Features
from commonwire.delivery.pages.front import Front
from commonwire.delivery.pages.hidden import Hidden, HiddenHeap
from commonwire.delivery.pages.listing import ListingFamily
from commonwire.delivery.pages.log import Log, LogData
from commonwire.delivery.pages.log_archive import (
    LogBundles,
    LogDays,
    LogLists,
    LogMonths,
)
from commonwire.delivery.pages.log_tree import Checkpoint, LogFiles, Tiles
from commonwire.delivery.pages.organisations import OrganisationList, Organisations
from commonwire.delivery.pages.plain import Errors, Robots, Sitemaps, Texts
from commonwire.delivery.pages.podcasts import PodcastPictures, Podcasts
from commonwire.delivery.pages.post import Comments, Posts
from commonwire.delivery.pages.posters import Posters
from commonwire.delivery.pages.raw import Raw, RawPages
from commonwire.delivery.pages.releases import Releases
from commonwire.delivery.pages.sections import Sections
from commonwire.delivery.pages.sign_up_sheets import SignUpSheets
from commonwire.delivery.pages.statistics import Statistics
from commonwire.delivery.pages.wire import Wire

_PAGES: tuple[Family, ...] = (
    Front(),
    Posts(),
    Comments(),
    Releases(),
    Posters(),
    Calls(),
    CallFiles(),
    Endorsements(),
    SignUpSheets(),
    Wire(),
    Raw(),
    RawPages(),
    Sections(),
    Podcasts(),
    PodcastPictures(),
    Days(),
    Months(),
    SectionMonths(),
    Features(),
    Calendars(),
    CalendarMonths(),
    CalendarWeeks(),
    EventFiles(),
    EventDates(),
    OrganisationList(),
    Organisations(),
    Hidden(),
    HiddenHeap(),
    Texts(),
    Errors(),
    Robots(),
    Sitemaps(),
    Tiles(),
    Checkpoint(),
    LogFiles(),
    Log(),
    LogData(),
    LogLists(),
    LogMonths(),
    LogDays(),
    LogBundles(),
    Decisions(),
    Statistics(),
)


_LISTINGS = [family for family in _PAGES if isinstance(family, ListingFamily)]
CATALOGUE: tuple[Family, ...] = (*_PAGES, Embeds(_LISTINGS), EmbedFiles())


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


def counted(change: Change) -> list[str]:
    return [path for family in CATALOGUE for path in family.counted(change)]


def due(now: datetime, printed: Printed) -> list[str]:
    return [path for family in CATALOGUE for path in family.due(now, printed)]


def every() -> Generator[str, None, None]:
    for family in CATALOGUE:
        yield from family.every()
