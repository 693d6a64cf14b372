"""How many have pledged, as pages and issuers see it. Nothing here leads to a person:
only numbers, and the words that people wished to be shown."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, IntegerField, Min, Q, Sum, Value, When
from django.db.models.functions import Coalesce

from commonwire.calls.conditions import Promise, bound, merged
from commonwire.calls.models import Call, Pledge, PledgeGoal
from commonwire.mail.queries import is_on

MOST_SHOWN = 30
MOST_PLACES = 300
_CONFIRMED = Q(confirmed_on__isnull=False)
_ON_PAPER = Q(on_paper_by__isnull=False)


@dataclass(frozen=True)
class Count:
    """People who count; and apart, those whom nobody has confirmed."""

    counted: int = 0
    unconfirmed: int = 0


@dataclass(frozen=True)
class PlaceCount:
    place: str
    counted: int
    unconfirmed: int


@dataclass(frozen=True)
class Words:
    """What somebody wished to be shown."""

    number: int
    name: str
    place: str
    note: str


@dataclass(frozen=True)
class Tally:
    """``counted``: confirmed, or signed on paper; where the site sends no mail and so
    nobody can confirm, everybody. ``waiting``: those of them who wait for others."""

    counted: int
    confirmed: int
    on_paper: int
    unconfirmed: int
    waiting: int
    done: int
    places: tuple[PlaceCount, ...]
    asks: dict[int, Count]
    goal: int
    in_each_place: bool
    can_confirm: bool
    words: tuple[Words, ...] = ()
    with_words: int = 0

    @property
    def people(self) -> int:
        return self.counted + self.unconfirmed

    @property
    def taken_at_their_word(self) -> int:
        """Of those who count: nobody could confirm them, and they signed no paper."""
        return self.counted - self.confirmed - self.on_paper

    @property
    def percent(self) -> int:
        return min(100, self.counted * 100 // self.goal) if self.goal else 0

    @property
    def bar(self) -> int:
        return min(self.counted, self.goal)

    @property
    def reached(self) -> int:
        """Areas in which the goal of each is reached."""
        return sum(each.counted >= self.goal for each in self.places)

    @cached_property
    def more_words(self) -> int:
        return max(0, self.with_words - len(self.words))


def tally(call: Call, *, with_words: bool = True) -> Tally:
    """A few questions, however many have pledged."""
    everybody = not is_on()
    rows = _groups(call)
    counted = [row for row in rows if everybody or row["sure"]]
    unsure = [row for row in rows if not everybody and not row["sure"]]
    goal = PledgeGoal.objects.filter(call=call).first()
    words, number = _words(call) if with_words else ((), 0)
    standing = sum(each.people for each in bound(_promises(counted)))
    in_all = _people(counted)
    return Tally(
        counted=in_all,
        confirmed=_people(r for r in rows if r["sure"] and not r["paper"]),
        on_paper=_people(r for r in rows if r["paper"]),
        unconfirmed=_people(unsure),
        waiting=in_all - standing,
        done=sum(row["done"] for row in rows),
        places=_places(counted, unsure),
        asks=_asks(call, everybody=everybody),
        goal=goal.people if goal else 0,
        in_each_place=bool(goal and goal.in_each_area),
        can_confirm=not everybody,
        words=words,
        with_words=number,
    )


def promises_of(call: Call) -> list[Promise]:
    """Of all who count."""
    return _promises([row for row in _groups(call) if row["sure"] or not is_on()])


def _promises(rows: list[dict[str, Any]]) -> list[Promise]:
    return merged(
        Promise(row["n"], row["place_key"], row["others"], row["others_in_place"])
        for row in rows
    )


def days(call: Call) -> list[tuple[date, int, int]]:
    """For issuers: how many came each day. Days, areas and asks are counted apart, for
    who came from one hamlet on one day would be one person.
    """
    rows = Pledge.objects.filter(call=call).values_list("day")
    told = rows.annotate(sure=_sum(_sure()), unsure=_sum(~_sure())).order_by("day")
    if is_on():
        return list(told)
    return [(day, sure + unsure, 0) for day, sure, unsure in told]


def _groups(call: Call) -> list[dict[str, Any]]:
    """Those alike in all that counts, as one row each."""
    rows = Pledge.objects.filter(call=call).annotate(
        sure=_flag(_CONFIRMED | _ON_PAPER), paper=_flag(_ON_PAPER)
    )
    grouped: Any = rows.values(
        "place_key", "others", "others_in_place", "sure", "paper"
    )
    return list(
        grouped.annotate(
            n=Sum("people"),
            done=_sum(Q(done_on__isnull=False)),
            spelt=Min("place"),
        ).order_by()
    )


def _places(
    counted: list[dict[str, Any]], unsure: list[dict[str, Any]]
) -> tuple[PlaceCount, ...]:
    """The largest first."""
    sure, other = _by_place(counted), _by_place(unsure)
    spelt = {row["place_key"]: row["spelt"] for row in (*unsure, *counted)}
    spelt.pop("", None)
    found = [PlaceCount(spelt[key], sure[key], other[key]) for key in spelt]
    found.sort(key=lambda each: (-each.counted, -each.unconfirmed, each.place))
    return tuple(found[:MOST_PLACES])


def _by_place(rows: list[dict[str, Any]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows:
        found[row["place_key"]] += row["n"]
    return found


def _asks(call: Call, *, everybody: bool) -> dict[int, Count]:
    rows = Pledge.objects.filter(call=call).exclude(asks=None).values_list("asks")
    sure = _sure()
    told = rows.annotate(counted=_sum(sure), unconfirmed=_sum(~sure)).order_by()
    return {
        ask: Count(counted + unsure) if everybody else Count(counted, unsure)
        for ask, counted, unsure in told
    }


def _words(call: Call) -> tuple[tuple[Words, ...], int]:
    told = Pledge.objects.filter(call=call).exclude(name="", note="")
    newest = told.order_by("-pk").values_list("pk", "name", "place", "note")
    return tuple(Words(*row) for row in newest[:MOST_SHOWN]), told.count()


def _people(rows: Iterable[dict[str, Any]]) -> int:
    return sum(row["n"] for row in rows)


def _sure() -> Q:
    return _CONFIRMED | _ON_PAPER


def _flag(condition: Q) -> Case:
    return Case(
        When(condition, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )


def _sum(condition: Q) -> Coalesce:
    return Coalesce(Sum("people", filter=condition), 0)
