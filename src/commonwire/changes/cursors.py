import contextlib
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Max

from commonwire.changes import in_flight
from commonwire.changes.models import Change, Cursor
from commonwire.kit.prepared import Prepared

_LATEST = Prepared(lambda: Change.objects.order_by("-pk").values_list("pk")[:1])
_CLAIM = "SELECT position FROM changes_cursor WHERE name = %s FOR UPDATE SKIP LOCKED"
_MOVE = "UPDATE changes_cursor SET position = %s WHERE name = %s AND position < %s"


def latest() -> int:
    """The newest change's number; 0 when there is none. There may be earlier ones that
    nobody sees yet: who reads on from here asks `settled`."""
    found = _LATEST()
    return int(found[0][0]) if found else 0


def settled(*, after: int = 0) -> int:
    """The newest change with which all earlier ones are there, too: none of those after
    ``after`` becomes visible later."""
    newest = latest()
    rows = Change.objects.filter(pk__gt=after, pk__lte=newest)
    if in_flight.is_ordered() or rows.count() == newest - after or in_flight.wait():
        return newest
    return _before_gap(after, rows.order_by("pk").values_list("pk", flat=True))


def position(name: str) -> int:
    return Cursor.objects.get_or_create(name=name)[0].position


def read_after(position: int, *, limit: int = 1000) -> list[Change]:
    """The next changes, none of which is missing: a number that is was given up."""
    rows = Change.objects.filter(pk__gt=position).order_by("pk")
    found = list(rows[:limit])
    if not found or in_flight.is_ordered():
        return found
    newest = found[-1].pk
    if newest - position == len(found):
        return found
    if in_flight.wait():
        return list(rows.filter(pk__lte=newest))
    end = _before_gap(position, (change.pk for change in found))
    return [change for change in found if change.pk <= end]


def _before_gap(after: int, numbers: Iterable[int]) -> int:
    for expected, number in zip(count(after + 1), numbers, strict=False):
        if number != expected:
            return expected - 1
    raise AssertionError("no number is missing")


def newest_of_each_post(
    *, after: int, through: int, kinds: Iterable[str]
) -> list[Change]:
    """For whom it is enough to know that something changed, not how often."""
    found = Change.objects.filter(pk__gt=after, pk__lte=through, kind__in=kinds)
    newest = found.values("post_id").annotate(newest=Max("pk")).values("newest")
    return list(Change.objects.filter(pk__in=newest).order_by("pk"))


def advance(name: str, *, to: int) -> None:
    """Never back: somebody else may have come further."""
    Cursor.objects.filter(name=name, position__lt=to).update(position=to)


class Claim:
    """A cursor that is read by one process at a time."""

    def __init__(self, name: str, position: int) -> None:
        self.name, self.position = name, position

    def move(self, *, to: int) -> None:
        """What was read is done."""
        advance(self.name, to=to)


class _HeldClaim(Claim):
    """Moves in the transaction that holds the cursor's row."""

    def __init__(self, name: str, position: int, cursor: Any) -> None:
        super().__init__(name, position)
        self._cursor = cursor

    def move(self, *, to: int) -> None:
        self._cursor.execute(_MOVE, [to, self.name, to])


@contextlib.contextmanager
def claimed(name: str) -> Iterator[Claim | None]:
    """None: another process is at it.

    On PostgreSQL a second connection holds the row while the caller's own goes on
    committing; whoever dies lets go of it. On SQLite two workers may do the same round,
    which costs them time and changes nothing.
    """
    start = position(name)
    if in_flight.is_ordered() or connection.in_atomic_block:
        yield Claim(name, start)
        return
    holder = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        holder.set_autocommit(False)
        with holder.cursor() as cursor:
            cursor.execute(_CLAIM, [name])
            row = cursor.fetchone()
            yield _HeldClaim(name, row[0], cursor) if row else None
        holder.commit()
    finally:
        holder.rollback()  # of what was not done
        holder.close()


def prune(*, keep: int = 10_000) -> int:
    """Delete changes that every cursor has passed, but for the newest ``keep``."""
    passed = Cursor.objects.order_by("position").values_list("position", flat=True)
    oldest = min(passed.first() or 0, latest() - keep)
    return Change.objects.filter(pk__lte=oldest).delete()[0]
