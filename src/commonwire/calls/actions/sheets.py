"""Pledges that people signed on paper, entered by a steward: numbers, and no names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.calls import pledge_rules as rules
from commonwire.calls.actions.pledging import Closed, count_anew, today
from commonwire.calls.models import Ask, Call, Pledge
from commonwire.calls.states import CallState
from commonwire.calls.stewardship import Acting

# Sheets come back after the day.
LATE = timedelta(days=14)


class Entered(Exception):
    """A sheet of this name was entered already; says when and what to do."""


@dataclass(frozen=True)
class Sheet:
    """``signed``: how many of the people ticked each ask."""

    name: str
    people: int
    signed: Mapping[Ask, int]
    place: str = ""


@transaction.atomic
def enter_sheet(*, by: Acting, call: Call, sheet: Sheet) -> None:
    """Raises Entered and Closed. A sheet says how many ticked each ask, not who ticked
    what: so it becomes rows whose sums are those of the sheet."""
    if words := why_closed(call):
        raise Closed(words)
    there = sheets_of(by, call).filter(sheet=sheet.name).first()
    if there is not None:
        words = _(
            "Sheet “%(sheet)s” was entered on %(day)s already. Give this one another "
            "name, or take that one back first."
        )
        raise Entered(words % {"sheet": sheet.name, "day": there.day.isoformat()})
    for line, (people, asks) in enumerate(_rows(sheet), 1):
        made = Pledge.objects.create(
            call=call,
            day=today(call),
            people=people,
            place=sheet.place,
            place_key=rules.place_key(sheet.place),
            on_paper_by=by.organisation,
            sheet=sheet.name,
            line=line,
        )
        made.asks.set(asks)
    count_anew(call)


@transaction.atomic
def take_sheet_back(*, by: Acting, call: Call, name: str) -> int:
    """It was entered by mistake; how many people it had."""
    rows = sheets_of(by, call).filter(sheet=name)
    people = sum(row.people for row in rows)
    rows.delete()
    count_anew(call)
    return people


def sheets_of(by: Acting, call: Call) -> QuerySet[Pledge]:
    return Pledge.objects.filter(call=call, on_paper_by=by.organisation)


def why_closed(call: Call) -> str:
    now = timezone.now()
    is_over = call.state(now) == CallState.ENDED and call.post.may_be_read
    if is_over and now - call.ends_at <= LATE:
        return ""
    return rules.why_closed(call, now)


def _rows(sheet: Sheet) -> list[tuple[int, list[Ask]]]:
    """So many people with these asks, from those who ticked all to those who ticked
    none."""
    often = sorted(sheet.signed.items(), key=lambda each: -each[1])
    reached = [sheet.people, *(number for _ask, number in often)]
    found, counted = [], 0
    for place in range(len(often), -1, -1):
        if reached[place] > counted:
            asks = [ask for ask, _number in often[:place]]
            found.append((reached[place] - counted, asks))
            counted = reached[place]
    return found
