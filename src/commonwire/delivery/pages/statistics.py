"""`/log/statistics/`: what editors do, in numbers. Printed when somebody asks, and then
every hour."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonwire.delivery import plots
from commonwire.delivery.pages.family import Family, Printed, page
from commonwire.delivery.plots import Plot
from commonwire.moderation.models import Rule
from commonwire.moderation.tallies import Week, weeks
from commonwire.publishing import queries

PATH = "/log/statistics/"
LASTS = timedelta(hours=1)
_HOUR, _DAY = 60, 24 * 60
_PERCENT = 100
# How site.css names the colours of bars.
ACCENT, MUTED, WARN, GOOD = range(4)
_APPEALS = {"upheld": GOOD, "refused": MUTED, "settled": ACCENT, "open": WARN}
_HELD = {"released": GOOD, "hidden": ACCENT, "withdrawn": MUTED, "waiting": WARN}


class Statistics(Family):
    pattern = re.compile(re.escape(PATH))

    def render(self, **groups: Any) -> bytes | None:
        site = queries.the_site()
        found = weeks(timezone.now(), site.zone)
        drawn = [
            _hidden(found),
            _waiting(found),
            _appeals(found),
            _held(found),
            _decisions(found),
        ]
        context = {"plots": drawn, "rules": _by_rule(found), "weeks": len(found)}
        return page("public/statistics.html", {"site": site, "path": PATH, **context})

    def due(self, now: datetime, printed: Printed) -> Iterable[str]:
        last = printed(PATH)
        return (PATH,) if last and now - last >= LASTS else ()

    def every(self) -> Iterator[str]:
        yield PATH


def _plot(
    name: str,
    title: str,
    summary: str,
    found: Sequence[Week],
    series: dict[str, list[float | None]],
    **told: Any,
) -> Plot:
    """``told``: the axis' steps and its end in words, the colours of what is stacked,
    and the table's heads and cells."""
    labels = [_label(week) for week in found]
    most = max(sum(v or 0 for v in each) for each in zip(*series.values(), strict=True))
    top = told.get("steps", plots.nice)(most)
    colours = told.get("colours", (ACCENT,))
    heads, cells = told["heads"], told["cells"]
    return Plot(
        name=name,
        title=title,
        summary=summary,
        top=told["axis"](top),
        width=plots.width(len(found)),
        bars=plots.bars(labels, list(series.values()), colours, top),
        legend=list(zip(series, colours, strict=True)) if len(series) > 1 else [],
        heads=heads,
        rows=list(zip(labels, cells, strict=True))[::-1],
    )


def _label(week: Week) -> str:
    return format_date(week.first, "M j, Y")


def _hidden(found: Sequence[Week]) -> Plot:
    posts, hidden = sum(w.posts for w in found), sum(w.hidden for w in found)
    words = _("%(hidden)s of %(posts)s posts are hidden: %(share)s.")
    share = _share(_PERCENT * hidden / posts if posts else None)
    return _plot(
        "hidden",
        _("Share of each week’s posts that are hidden"),
        words % {"hidden": _count(hidden), "posts": _count(posts), "share": share},
        found,
        {"": [week.share_hidden for week in found]},
        axis=_share,
        heads=[_("Posts"), _("Hidden"), _("Share"), _("Withdrawn for safety")],
        cells=[
            [
                _count(week.posts),
                _count(week.hidden),
                _share(week.share_hidden),
                _count(week.withdrawn),
            ]
            for week in found
        ],
    )


def _waiting(found: Sequence[Week]) -> Plot:
    newest = next((w.minutes for w in reversed(found) if w.minutes is not None), None)
    words = _("In the newest week with decisions, half of the posts waited %(time)s.")
    return _plot(
        "waiting",
        _("From a post to an editor’s first decision about it (median)"),
        words % {"time": _time(newest)} if newest is not None else _nothing(),
        found,
        {"": [week.minutes for week in found]},
        axis=_time,
        steps=_round_time,
        heads=[_("Median"), _("Minutes")],
        cells=[
            [
                _time(week.minutes),
                "–" if week.minutes is None else number_format(round(week.minutes, 1)),
            ]
            for week in found
        ],
    )


def _appeals(found: Sequence[Week]) -> Plot:
    all_of_them = sum((week.appeals for week in found), Counter[str]())
    words = _("%(upheld)s of %(answered)s answered appeals were upheld.")
    answered = all_of_them["upheld"] + all_of_them["refused"]
    upheld = {"upheld": _count(all_of_them["upheld"]), "answered": _count(answered)}
    settled = _("Settled, for what it was against ended")
    heads = [_("Upheld"), _("Not upheld"), settled, _("Not answered yet")]
    return _counted(
        "appeals",
        _("Appeals, and what became of them"),
        words % upheld if answered else _nothing(),
        found,
        [[week.appeals[name] for name in _APPEALS] for week in found],
        dict(zip(heads, _APPEALS.values(), strict=True)),
    )


def _held(found: Sequence[Week]) -> Plot:
    all_of_them = sum((week.held for week in found), Counter[str]())
    number = all_of_them.total()
    words = ngettext(
        "Screening let one post wait.",
        "Screening let %(held)s posts wait; %(released)s of them were released.",
        number,
    )
    told = {"held": _count(number), "released": _count(all_of_them["released"])}
    heads = [_("Released"), _("Hidden"), _("Withdrawn"), _("Still waiting")]
    return _counted(
        "held",
        _("What screening held back, and what became of it"),
        words % told if number else _nothing(),
        found,
        [[week.held[name] for name in _HELD] for week in found],
        dict(zip(heads, _HELD.values(), strict=True)),
    )


def _decisions(found: Sequence[Week]) -> Plot:
    """By name in the order of the alphabet: it is no contest."""
    names = sorted({name for week in found for name in week.decisions})
    by_people = [week.decisions.total() for week in found]
    words = _("%(people)s decisions by editors, %(automatic)s by screening.")
    automatic = sum(week.automatic for week in found)
    return _plot(
        "decisions",
        _("Editors’ decisions"),
        words % {"people": _count(sum(by_people)), "automatic": _count(automatic)},
        found,
        {"": [float(number) for number in by_people]},
        axis=_count,
        heads=[*names, _("Screening")],
        cells=[
            [*(_count(week.decisions[name]) for name in names), _count(week.automatic)]
            for week in found
        ],
    )


def _counted(
    name: str,
    title: str,
    summary: str,
    found: Sequence[Week],
    counts: list[list[int]],
    kinds: dict[str, int],
) -> Plot:
    """A plot of numbers, stacked and coloured by their ``kinds``."""
    heads = list(kinds)
    series: dict[str, list[float | None]] = {
        head: [row[place] for row in counts] for place, head in enumerate(heads)
    }
    cells = [[_count(number) for number in row] for row in counts]
    colours = tuple(kinds.values())
    told = {"axis": _count, "heads": heads, "cells": cells, "colours": colours}
    return _plot(name, title, summary, found, series, **told)


def _by_rule(found: Sequence[Week]) -> list[tuple[Rule, str, str]]:
    """Each rule, how many posts are hidden under it, and their share of all posts."""
    counted = sum((week.hidden_under for week in found), Counter[str]())
    posts = sum(week.posts for week in found)
    return [
        (
            rule,
            _count(counted[rule.slug]),
            _share(_PERCENT * counted[rule.slug] / posts if posts else None),
        )
        for rule in Rule.objects.all()
        if counted[rule.slug]
    ]


def _nothing() -> str:
    return _("There was nothing to count yet.")


def _count(number: float) -> str:
    return number_format(round(number), force_grouping=True)


def _share(percent: float | None) -> str:
    if percent is None:
        return "–"
    places = 1 if 0 < percent < 10 else 0  # noqa: PLR2004 - two digits say enough
    return _("%s %%") % number_format(round(percent, places), places)


def _round_time(most: float) -> float:
    """Where an axis of time ends: at whole minutes, hours or days."""
    for unit in (1, _HOUR):
        steps = (5, 10, 20, 30, 60) if unit == 1 else (2, 4, 6, 12, 24, 48)
        for step in steps:
            if step * unit >= most:
                return step * unit
    return plots.nice(most / _DAY) * _DAY


def _time(minutes: float | None) -> str:
    """In the unit in which one thinks of it."""
    if minutes is None:
        return "–"
    if minutes < 2 * _HOUR:
        whole = round(minutes)
        return ngettext("%d minute", "%d minutes", whole) % whole
    unit, name = (_HOUR, _("%s hours")) if minutes < 2 * _DAY else (_DAY, _("%s days"))
    number = round(minutes / unit, 1)
    return name % number_format(number, 0 if number.is_integer() else 1)
