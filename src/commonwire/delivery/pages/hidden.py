"""`/hidden/`: what editors have hidden, with the rule and the reason. No robots, and no
feeds of what is hidden; the log has a feed of the decisions."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from commonwire.changes.models import Change
from commonwire.delivery.pages.family import Family, is_of_post, page
from commonwire.delivery.pages.listing import month_bounds
from commonwire.delivery.tree import the_tree
from commonwire.moderation import queries as moderation
from commonwire.publishing import queries
from commonwire.publishing.states import WireClass

PATH = "/hidden/"


class Hidden(Family):
    pattern = re.compile(rf"{PATH}(?:(?P<year>[0-9]{{4}})/(?P<month>[0-9]{{2}})/)?")

    def render(self, **groups: Any) -> bytes | None:
        site, hidings = queries.the_site(), moderation.hidings()
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
        return page("public/hidden.html", {**context, "decisions": found})

    def stale(self, change: Change) -> Iterable[str]:
        return (PATH,) if _concerns(change) else ()

    def forgotten(self, change: Change) -> Iterator[str]:
        """Every month that was printed: a post stands in that of its hiding."""
        if _concerns(change):
            for year in the_tree().folders(PATH):
                yield from the_tree().folders(year)

    def every(self) -> Iterator[str]:
        yield PATH
        yield from map(month_path, _months())


def month_path(month: date) -> str:
    return f"{PATH}{month:%Y/%m}/"


def _months() -> list[date]:
    return moderation.hidden_months(queries.the_site().zone)


def _concerns(change: Change) -> bool:
    """What takes a post among the hidden or from them, or changes what is said of it."""
    facts = change.facts
    hidden = WireClass.HIDDEN in (facts.get("class"), facts.get("was"))
    worded = change.kind in {"decision.redacted", "rules.changed"}
    return worded or (is_of_post(change) and hidden)
