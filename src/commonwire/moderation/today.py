"""What is left to do, in figures. Counted up to a bound: past it, the figure says no
more than that there is much."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from commonwire.moderation.queries import overdue_appeals
from commonwire.moderation.queues import QUEUES
from commonwire.publishing.queries import the_site

MOST_COUNTED = 999


@dataclass(frozen=True)
class Today:
    waiting: int
    flags: int
    appeals: int
    overdue: int
    most: int = MOST_COUNTED


def today() -> Today:
    return Today(
        waiting=_count(QUEUES["waiting"].rows())
        + _count(QUEUES["waiting-comments"].rows()),
        flags=_count(QUEUES["flags"].rows()),
        appeals=_count(QUEUES["appeals"].rows()),
        overdue=_count(overdue_appeals(the_site().appeal_hours)),
    )


def _count(rows: QuerySet[Any]) -> int:
    return rows.order_by().values("pk")[: MOST_COUNTED + 1].count()
