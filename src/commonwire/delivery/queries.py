"""What the front page shows, read as plain values: each publishing waits for it."""

import operator
from collections import defaultdict
from datetime import date, datetime
from functools import reduce
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Q, QuerySet

from commonwire.calls.standing import MAY_BE_OFF, called_off_posts
from commonwire.kit.prepared import Prepared, Slot
from commonwire.publishing import queries
from commonwire.publishing.models import Post, Section
from commonwire.publishing.models.post import kinds_of
from commonwire.publishing.queries import listed, placements, places
from commonwire.publishing.states import PUBLIC_CLASSES, SectionKind


class Line(NamedTuple):
    """A post in a list of titles: all that `public/_line.html` shows of it."""

    day: date
    slug: str
    kind: str
    title: str
    byline: str
    language: str
    published_at: datetime
    off: str = ""  # of a call: that it was called off

    @property
    def path(self) -> str:
        return f"/{self.day:%Y/%m/%d}/{self.slug}/"


class Shown(NamedTuple):
    """A post somewhere on the front page."""

    pk: int
    wire_class: str
    summary: str
    has_sound: bool
    line: Line


_SHOWN_FIELDS = ("pk", "wire_class", "summary", "has_sound", *Line._fields[:-1])
FRONT_LINES = 10
# No more than lines: so the newest of all are among the newest of each class.
FRONT_CARDS = 8


def _front_posts() -> QuerySet[Post, Any]:
    # A question for each class, put together: what is among the newest of the first class
    # or of the second or …, PostgreSQL looks for among all posts there are.
    newest = [
        listed().filter(wire_class=name).values("pk")[:FRONT_LINES]
        for name in PUBLIC_CLASSES
    ]
    first, *others = (
        Post.everything.filter(pk__in=some).values_list(*_SHOWN_FIELDS)
        for some in newest
    )
    return first.union(*others, all=True).order_by("-published_at", "-pk")


def _shown(*row: Any) -> Shown:
    pk, wire_class, summary, has_sound, *line = row
    return Shown(pk, wire_class, summary, has_sound, Line(*line))


_FRONT_POSTS = Prepared(_front_posts, into=_shown)


def front_posts() -> list[Shown]:
    """The newest posts of each class, newest first: all that the front page shows."""
    return _with_off(_FRONT_POSTS())


def _with_off(posts: list[Shown]) -> list[Shown]:
    """Three queries more, when there are calls, events or releases among them."""
    off = called_off_posts([post.pk for post in posts if post.line.kind in MAY_BE_OFF])
    return [
        post._replace(line=post.line._replace(off=off[post.pk]))
        if post.pk in off
        else post
        for post in posts
    ]


RAW_LINES = 100
_RAW_POSTS = Prepared(
    lambda: queries.raw(limit=RAW_LINES).values_list(*_SHOWN_FIELDS), into=_shown
)


def raw_posts() -> list[Shown]:
    """The newest of the raw wire."""
    return _with_off(_RAW_POSTS())


def front_lines(posts: list[Shown], wire_class: str) -> tuple[Line, ...]:
    """A class's column."""
    return tuple(post.line for post in posts if post.wire_class == wire_class)


class Picture(NamedTuple):
    thumbnail: str
    width: int
    height: int


class Tag(NamedTuple):
    path: str
    name: str


_TAGS = Prepared(
    lambda: Section.objects.values_list("kind", "slug", "name"),
    into=lambda kind, slug, name: (kind, Tag(f"/{kind}s/{slug}/", name)),
)


def tags() -> tuple[tuple[Tag, ...], tuple[Tag, ...]]:
    """All topics and all regions, as every page names them."""
    found = _TAGS()
    return (
        tuple(tag for kind, tag in found if kind == SectionKind.TOPIC),
        tuple(tag for kind, tag in found if kind == SectionKind.REGION),
    )


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
    off: str


def _of_posts(number: int) -> Q:
    slots = (
        Q(post=Slot(f"post_{place}", BigIntegerField())) for place in range(number)
    )
    return reduce(operator.or_, slots)


_FRONT_PLACES = Prepared(
    lambda: (
        places()
        .filter(_of_posts(FRONT_CARDS))
        .values_list("post_id", "section__kind", "section__slug", "section__name")
    ),
    into=lambda pk, kind, slug, name: (pk, Tag(f"/{kind}s/{slug}/", name)),
)
_FRONT_PICTURES = Prepared(lambda: placements().filter(_of_posts(FRONT_CARDS)))


def front_cards(posts: list[Shown]) -> list[Card]:
    """The newest of these posts, two queries."""
    newest = posts[:FRONT_CARDS]
    if not newest:
        return []
    ids = [post.pk for post in newest]
    ids += [ids[0]] * (FRONT_CARDS - len(ids))
    slots = {f"post_{place}": pk for place, pk in enumerate(ids)}
    sections: dict[int, list[Tag]] = defaultdict(list)
    for pk, tag in _FRONT_PLACES(**slots):
        sections[pk].append(tag)
    pictures: dict[int, list[Picture]] = defaultdict(list)
    files: dict[int, list[Any]] = defaultdict(list)
    for place in _FRONT_PICTURES(**slots):
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
            sections=tuple(sections[pk]),
            pictures=tuple(pictures[pk][:1]),
            kinds=kinds_of(files[pk]),
            off=line.off,
        )
        for pk, _wire_class, summary, _has_sound, line in newest
    ]
