"""What the front page shows, read as plain values: each publishing waits for it."""

import operator
from collections import defaultdict
from datetime import date, datetime
from functools import reduce
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, Q

from commonwire.kit.prepared import Prepared, Slot
from commonwire.publishing.models.post import kinds_of
from commonwire.publishing.queries import listed, placements, places


class Line(NamedTuple):
    """A post in a list of titles: all that `public/_line.html` shows of it."""

    day: date
    slug: str
    kind: str
    title: str
    byline: str
    language: str
    published_at: datetime

    @property
    def path(self) -> str:
        return f"/{self.day:%Y/%m/%d}/{self.slug}/"


FRONT_LINES = 10
FRONT_CARDS = 8
_FRONT_LINES = Prepared(
    lambda: (
        listed()
        .filter(wire_class=Slot("wire_class", CharField()))
        .values_list(*Line._fields)[:FRONT_LINES]
    )
)


def front_lines(wire_class: str) -> list[Line]:
    """A class's newest posts, for its column on the front page."""
    return [Line(*row) for row in _FRONT_LINES(wire_class=wire_class)]


class Picture(NamedTuple):
    thumbnail: str
    width: int
    height: int


class Tag(NamedTuple):
    path: str
    name: str


class Card(NamedTuple):
    """A post in a list with summaries: all that `public/_card.html` shows of it."""

    path: str
    kind: str
    title: str
    byline: str
    summary: str
    language: str
    published_at: datetime
    sections: tuple[Tag, ...]
    pictures: tuple[Picture, ...]
    kinds: tuple[str, ...]
    has_sound: bool


_CARD = ("pk", *Line._fields, "summary", "has_sound")


def _of_posts(number: int) -> Q:
    slots = (
        Q(post=Slot(f"post_{place}", BigIntegerField())) for place in range(number)
    )
    return reduce(operator.or_, slots)


_FRONT_CARDS = Prepared(lambda: listed().values_list(*_CARD)[:FRONT_CARDS])
_FRONT_PLACES = Prepared(
    lambda: (
        places()
        .filter(_of_posts(FRONT_CARDS))
        .values_list("post_id", "section__kind", "section__slug", "section__name")
    )
)
_FRONT_PICTURES = Prepared(lambda: placements().filter(_of_posts(FRONT_CARDS)))


def front_cards() -> list[Card]:
    """The newest posts, three queries."""
    rows = _FRONT_CARDS()
    if not rows:
        return []
    ids = [row[0] for row in rows]
    ids += [ids[0]] * (FRONT_CARDS - len(ids))
    posts = {f"post_{place}": pk for place, pk in enumerate(ids)}
    tags: dict[int, list[Tag]] = defaultdict(list)
    for pk, kind, slug, name in _FRONT_PLACES(**posts):
        tags[pk].append(Tag(f"/{kind}s/{slug}/", name))
    pictures: dict[int, list[Picture]] = defaultdict(list)
    files: dict[int, list[Any]] = defaultdict(list)
    for place in _FRONT_PICTURES(**posts):
        found = place.attachment
        files[place.post_id].append(found)
        if found.has_picture:
            shown = Picture(found.thumbnail, found.width, found.height)
            pictures[place.post_id].append(shown)
    return [
        Card(
            path=line.path,
            kind=line.kind,
            title=line.title,
            byline=line.byline,
            summary=summary,
            language=line.language,
            published_at=line.published_at,
            sections=tuple(tags[pk]),
            pictures=tuple(pictures[pk][:1]),
            kinds=kinds_of(files[pk]),
            has_sound=has_sound,
        )
        for pk, *fields, summary, has_sound in rows
        for line in [Line(*fields)]
    ]
