"""Reads of the public log as its pages need them. Decisions are numbered without a gap,
so that what came between two of them is counted by subtraction. Their times rise with
their numbers, but for those that were made while the machine's clock was wrong."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import groupby, pairwise
from typing import Any

from django.db.models import Max, Min, Prefetch, Q, QuerySet
from django.utils.text import slugify

from commonwire.moderation.log.pages import PER_BUNDLE
from commonwire.moderation.models import Appeal, Decision, LogEntry
from commonwire.moderation.models.decision import SCREENING
from commonwire.moderation.sentences import TOLD_TOGETHER
from commonwire.moderation.states import Act

PER_PAGE = 50

# How far the newest pages look back, first and then behind heaps told together.
FIRST_READ = 2 * PER_PAGE
MOST_READ = 1_000
# Of a month under one act, rule or name; who wants more reads the days.
MOST_LINES = 2_000
# So many alike in a row are told together.
A_HEAP = 4

# A flood's automatic holds would bury what editors do: they are counted between the
# lines. What the clock decides has no rule, and is told.
ONE_BY_ONE = Q(editor__isnull=False) | Q(rule__isnull=True)


@dataclass(frozen=True)
class Line:
    """One decision, or a heap of them that are alike."""

    decision: Decision
    count: int
    # The lowest number of the heap.
    first: int
    # There are more in the heap than were looked at.
    and_more: bool
    # Automatic decisions between this line and the next.
    between: int = 0


def numbered(number: int) -> Decision | None:
    return told(Decision.objects.filter(number=number)).first()


def told(found: QuerySet[Decision]) -> QuerySet[Decision]:
    """Decisions with all that their lines show: two queries."""
    related = ("post", "rule", "undoes", "undone_by", "reason_removed_under")
    appeals = Appeal.objects.select_related("answer", "removed_under", "settled_by")
    unread = ("post__body", "post__body_html", "post__summary")
    lean = found.select_related(*related).defer(*unread)
    return lean.prefetch_related(Prefetch("appeals", appeals))


def newest_number() -> int:
    """-1 when nothing was decided yet."""
    found = Decision.objects.values_list("number", flat=True).first()
    return -1 if found is None else found


def first_since(moment: datetime) -> int:
    """The number of the first decision from then on; the next one's when there is none."""
    later = Decision.objects.filter(at__gte=moment).order_by("at", "number")
    found = later.values_list("number", flat=True).first()
    return newest_number() + 1 if found is None else found


@dataclass(frozen=True)
class Days:
    """What was decided from one day to before another. ``numbers`` lead to it by any
    index; where a clock was wrong, some of them are of other days."""

    start: datetime
    end: datetime
    numbers: range

    @property
    def found(self) -> Q:
        return within(self.numbers) & Q(at__gte=self.start, at__lt=self.end)


def decided(first: date, after: date, zone: tzinfo) -> Days:
    start, end = (datetime.combine(day, time.min, zone) for day in (first, after))
    there = Decision.objects.filter(at__gte=start, at__lt=end).order_by()
    told = there.aggregate(first=Min("number"), last=Max("number"))
    if told["first"] is None:
        number = first_since(start)
        return Days(start, end, range(number, number))
    return Days(start, end, range(told["first"], told["last"] + 1))


def within(numbers: range) -> Q:
    return Q(number__gte=numbers.start, number__lt=numbers.stop)


def days_of(first: date, after: date, zone: tzinfo) -> list[tuple[date, int]]:
    """The days with decisions and their number, newest first."""
    length = (after - first).days + 1
    days = [first + timedelta(days=place) for place in range(length)]
    ends = [datetime.combine(day, time.min, zone) for day in days]
    there = Decision.objects.order_by()
    counted = [
        (day, there.filter(at__gte=start, at__lt=end).count())
        for day, (start, end) in zip(days, pairwise(ends), strict=False)
    ]
    return [(day, count) for day, count in reversed(counted) if count]


def day_before(days: Days, found: Q | None, zone: tzinfo) -> date | None:
    """The day of the last decision before these."""
    earlier = Decision.objects.filter(
        found or Q(), number__lt=days.numbers.start, at__lt=days.start
    )
    at = earlier.values_list("at", flat=True).first()
    return at.astimezone(zone).date() if at else None


def months(zone: tzinfo) -> Iterator[date]:
    """The first day of each month with decisions, newest first: by their times alone, or
    a clock that was set back could make it go round for ever."""
    moments = Decision.objects.order_by("-at").values_list("at", flat=True)
    newest = moments.first()
    while newest is not None:
        month = newest.astimezone(zone).date().replace(day=1)
        yield month
        start = datetime.combine(month, time.min, zone)
        newest = moments.filter(at__lt=start).first()


def lines(
    found: QuerySet[Decision],
    zone: tzinfo,
    *,
    limit: int = PER_PAGE,
    most_read: int = MOST_READ,
) -> list[Line]:
    """The newest lines of these decisions."""
    rows, heaps = _read(found, zone, min(FIRST_READ, most_read))
    if len(heaps) <= limit and len(rows) == FIRST_READ < most_read:
        rows, heaps = _read(found, zone, most_read)
    heaps = heaps[:limit]
    read = told(Decision.objects.filter(number__in=[heap[0] for heap in heaps]))
    by_number = {decision.number: decision for decision in read}
    cut = len(rows) == most_read
    last = rows[-1][0] if rows else None
    return [
        Line(
            decision=by_number[heap[0]],
            count=len(heap),
            first=heap[-1],
            and_more=cut and heap[-1] == last and len(heap) > 1,
        )
        for heap in heaps
    ]


def _read(
    found: QuerySet[Decision], zone: tzinfo, most: int
) -> tuple[list[Any], list[list[int]]]:
    fields = ("number", "act", "signed_as", "rule", "reason", "post", "addendum", "at")
    rows = list(found.order_by("-number").values_list(*fields)[:most])
    return rows, list(_heaps(rows, zone))


def lines_one_by_one(
    numbers: range,
    zone: tzinfo,
    *,
    found: Q | None = None,
    limit: int = PER_PAGE,
    most_read: int = MOST_READ,
) -> list[Line]:
    """Editors' decisions, with the number of automatic ones between them."""
    some = Decision.objects.filter(ONE_BY_ONE, found or within(numbers))
    shown = lines(some, zone, limit=limit, most_read=most_read)
    whole = len(shown) < limit and not (shown and shown[-1].and_more)
    return list(_with_gaps(shown, numbers, whole=whole))


def _with_gaps(shown: list[Line], numbers: range, *, whole: bool) -> Iterator[Line]:
    """Under the last line the gap is known only where the list is whole."""
    for line, below in zip(shown, [*shown[1:], None], strict=False):
        if below is None and not whole:
            yield line
            continue
        end = below.decision.number if below else numbers.start - 1
        gap = line.decision.number - end - line.count
        yield Line(line.decision, line.count, line.first, line.and_more, gap)


def automatic_above(shown: list[Line], numbers: range) -> int:
    """Automatic decisions since the newest line."""
    top = shown[0].decision.number if shown else numbers.start - 1
    return numbers.stop - 1 - top


def _heaps(rows: Iterable[Any], zone: tzinfo) -> Iterator[list[int]]:
    """Numbers, in heaps of what one act did to many."""

    def alike(row: Any) -> tuple[Any, ...]:
        number, act, name, rule, reason, post, part, at = row
        # What one act did to a heap of the wire's says itself how many they were.
        if act not in TOLD_TOGETHER or part or not post:
            return (number,)
        return act, name, rule, reason, at.astimezone(zone).date()

    for _key, run in groupby(rows, alike):
        numbers = [row[0] for row in run]
        if len(numbers) >= A_HEAP:
            yield numbers
        else:
            yield from ([number] for number in numbers)


# What the log can be read by


def acts() -> list[Act]:
    """Those that somebody has done."""
    there = Decision.objects.order_by()
    return [act for act in Act if there.filter(act=act).exists()]


def names() -> list[str]:
    """All who have signed a decision, but for screening; one look-up a name."""
    found = []
    signed = Decision.objects.order_by("signed_as").values_list("signed_as", flat=True)
    name = signed.first()
    while name is not None:
        found.append(name)
        name = signed.filter(signed_as__gt=name).first()
    return [name for name in found if name != SCREENING]


def name_slug(name: str) -> str:
    """How a pseudonym stands in an address."""
    return slugify(name, allow_unicode=True) or "-"


# For programs


def public_data(decision: Decision, entry: bytes) -> dict[str, Any]:
    """What `/log/<n>/decision.json` says: the entry as it was hashed, and the words that
    it commits to."""
    reason: dict[str, str] | None = None
    if decision.reason_removed_under:
        reason = {"removed": decision.reason_removed_under.slug}
    elif decision.reason:
        salt = bytes(decision.reason_salt).hex()
        reason = {"salt": salt, "text": decision.reason}
    return {"index": decision.number, "entry": json.loads(entry), "reason": reason}


def data_of(numbers: range) -> list[dict[str, Any]]:
    """Newest first; two queries."""
    found = Decision.objects.filter(within(numbers))
    entries = dict(LogEntry.objects.filter(within(numbers)).values_list())
    return [
        public_data(each, bytes(entries[each.number]))
        for each in found.select_related("reason_removed_under")
    ]


def bundle(place: int) -> range:
    """The numbers of one bundle; old ones never get another."""
    return range(place * PER_BUNDLE, (place + 1) * PER_BUNDLE)
