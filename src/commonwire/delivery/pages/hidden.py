"""`/hidden/`: what editors have hidden, with the rule and the reason. No robots; its feeds
hold the decisions that hide, as the log's do, and nothing of what is hidden."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from commonwire.changes.models import Change
from commonwire.delivery.pages.family import Family, is_of_post, page
from commonwire.delivery.pages.listing import FEED, month_bounds, with_feeds
from commonwire.delivery.tree import the_tree
from commonwire.moderation import archive
from commonwire.moderation import queries as moderation
from commonwire.moderation.models import Decision
from commonwire.moderation.sentences import number_of_posts
from commonwire.publishing import queries
from commonwire.publishing.states import WireClass
from commonwire.syndication import feeds

PATH = "/hidden/"
HEAPS = "/hidden/heaps/"
PER_PAGE = 100


class Hidden(Family):
    pattern = re.compile(
        rf"{PATH}(?:(?P<year>[0-9]{{4}})/(?P<month>[0-9]{{2}})/|{FEED})"
    )

    def render(self, **groups: Any) -> bytes | None:
        site, hidings = queries.the_site(), moderation.hidings()
        if groups["feed"]:
            entries = feeds.log_entries(archive.told(hidings)[: queries.PER_LISTING])
            return feeds.render(groups["feed"], PATH, _("Hidden posts"), entries)
        context: dict[str, Any] = {"site": site, "path": PATH}
        if groups["year"]:
            bounds = month_bounds(groups["year"], groups["month"])
            if bounds is None:
                return None
            start, end = (datetime.combine(day, time.min, site.zone) for day in bounds)
            found = list(hidings.filter(at__gte=start, at__lt=end))
            if not found:
                return None
            context |= {"month": bounds[0], "path": month_path(bounds[0])}
        else:
            found = list(hidings[: queries.PER_LISTING])
            context["months"] = _months() if len(found) == queries.PER_LISTING else []
        return page("public/hidden.html", {**context, "lines": [*map(_line, found)]})

    def stale(self, change: Change) -> Iterable[str]:
        return with_feeds(PATH) if _concerns(change) else ()

    def forgotten(self, change: Change) -> Iterator[str]:
        """Every month that was printed: a post stands in that of its hiding."""
        if _concerns(change):
            for year in the_tree().folders(PATH):
                if year != HEAPS:
                    yield from the_tree().folders(year)

    def every(self) -> Iterator[str]:
        yield from with_feeds(PATH)
        yield from map(month_path, _months())


class HiddenHeap(Family):
    """`/hidden/heaps/<decision>/` and `…/<page>/`: what one decision hides together."""

    pattern = re.compile(
        rf"{HEAPS}(?P<number>0|[1-9][0-9]{{0,15}})/(?:(?P<page>[1-9][0-9]{{0,4}})/)?"
    )

    def render(self, **groups: Any) -> bytes | None:
        number = int(groups["page"] or 1)
        decision = (
            moderation.hidings().filter(number=groups["number"], post=None).first()
        )
        if decision is None or groups["page"] == "1":
            return None
        line = _line(decision)
        pages = _pages(line.count)
        if number > pages:
            return None
        found = queries.lines(moderation.hidden_together(decision))
        first = (number - 1) * PER_PAGE
        context = {
            "line": line,
            "posts": found[first : first + PER_PAGE],
            "number": number,
            "pages": pages,
            "older": heap_path(decision, number + 1) if number < pages else "",
            "newer": heap_path(decision, number - 1) if number > 1 else "",
        }
        path = heap_path(decision, number)
        return page("public/hidden_heap.html", {"path": path, **context})

    def forgotten(self, change: Change) -> Iterator[str]:
        if _concerns(change):
            for heap in the_tree().folders(HEAPS):
                yield from the_tree().folders(heap)
                yield heap

    def every(self) -> Iterator[str]:
        for decision in moderation.hidings().filter(post=None):
            for number in range(1, _pages(_line(decision).count) + 1):
                yield heap_path(decision, number)


@dataclass(frozen=True)
class Line:
    """A decision that hides a post, or ``count`` of a heap."""

    decision: Decision
    count: int = 0
    path: str = ""

    @property
    def posts(self) -> str:
        return number_of_posts(self.count)


def _line(decision: Decision) -> Line:
    if decision.post_id:
        return Line(decision)
    count = moderation.hidden_together(decision).order_by().count()
    return Line(decision, count, heap_path(decision))


def _pages(count: int) -> int:
    return -(-count // PER_PAGE)


def heap_path(decision: Decision, number: int = 1) -> str:
    path = f"{HEAPS}{decision.number}/"
    return path if number == 1 else f"{path}{number}/"


def month_path(month: date) -> str:
    return f"{PATH}{month:%Y/%m}/"


def _months() -> list[date]:
    return moderation.hidden_months(queries.the_site().zone)


def _concerns(change: Change) -> bool:
    """What takes a post among the hidden or from them, or changes what is said of it."""
    facts = change.facts
    hidden = WireClass.HIDDEN in (facts.get("class"), facts.get("was"))
    worded = change.kind in {"decision.redacted", "rules.changed", "flood.cleared"}
    return worded or (is_of_post(change) and hidden)
