"""“Is it this one?”: an event that two groups announce is entered twice. It is known by
its time, and then by its place and its title together."""

from datetime import timedelta
from difflib import SequenceMatcher

from commonwire.calendar.content import EventContent
from commonwire.calendar.models import Occurrence
from commonwire.publishing.models import Post

# Doors and beginnings are an hour apart at most.
NEAR = timedelta(hours=1)
MOST_LOOKED_AT = 200
# By titles alone; and at the same place, where titles may differ more.
SAME_TITLE = 0.75
SAME_PLACE, LIKE_TITLE = 0.8, 0.4


def like(title: str, content: EventContent) -> Post | None:
    """The likest of the events that can be read, if one is like it."""
    found = [(_likeness(title, content, row), row.pk, row) for row in _near(content)]
    much, _pk, row = max(found, default=(0.0, 0, None))
    return row.event.post if row is not None and much > 0 else None


def _near(content: EventContent) -> list[Occurrence]:
    first = (content.dates or ())[0]
    shown = Occurrence.objects.filter(event__post__listed=True)
    rows = shown.select_related("event__post").order_by("-pk")
    if content.all_day:
        rows = rows.filter(day=first.start.date())
    else:
        span = (first.start - NEAR, first.start + NEAR)
        rows = rows.filter(starts_at__range=span)
    return list(rows[:MOST_LOOKED_AT])


def _likeness(title: str, content: EventContent, row: Occurrence) -> float:
    event = row.event
    titles = _alike(title, event.post.title)
    own = content.place or content.address
    other = event.place or event.address
    places = _alike(own, other) if own and other else 0.0
    if titles >= SAME_TITLE or (places >= SAME_PLACE and titles >= LIKE_TITLE):
        return titles + places
    return 0.0


def _alike(one: str, other: str) -> float:
    first, second = (" ".join(sorted(t.casefold().split())) for t in (one, other))
    much: float = SequenceMatcher(None, first, second).ratio()
    return much
