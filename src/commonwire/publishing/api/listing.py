"""A page of posts for programs. Whatever is asked for and however many posts there are,
a page reads one stretch of one index, of a length that is bounded."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from commonwire.publishing import queries
from commonwire.publishing.models import Post, PostSection, Section

# How far a page looks for posts that match, where no index knows them all: it may then
# hold fewer than asked for, or none, and the next one goes on from there.
MOST_LOOKED_AT = 500
_CURSOR = re.compile(r"(-?\d{1,17})-(\d{1,18})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Cursor:
    """The place of the last post that was looked at."""

    published_at: datetime
    id: int

    def __str__(self) -> str:
        since = (self.published_at - _EPOCH) // timedelta(microseconds=1)
        return f"{since}-{self.id}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        match = _CURSOR.fullmatch(text)
        if match is None:
            return None
        try:
            at = _EPOCH + timedelta(microseconds=int(match[1]))
        except OverflowError:
            return None
        return cls(at, int(match[2]))


@dataclass(frozen=True)
class Wanted:
    sections: tuple[Section, ...] = ()
    kind: str = ""
    wire_class: str = ""
    limit: int = 30
    after: Cursor | None = None


def page(wanted: Wanted) -> tuple[list[Post], Cursor | None]:
    """Posts, newest first, and where the next page begins."""
    if wanted.sections or wanted.kind:
        return _narrowed(wanted)
    posts = queries.listed()
    if wanted.wire_class:
        posts = posts.filter(wire_class=wanted.wire_class)
    found = list(_whole(_after(posts, wanted.after, "id")[: wanted.limit + 1]))
    shown = found[: wanted.limit]
    more = len(found) > wanted.limit
    return shown, _cursor(shown[-1]) if more else None


def _narrowed(wanted: Wanted) -> tuple[list[Post], Cursor | None]:
    looked_at = _looked_at(wanted)
    matching = _matching(wanted, [pk for _at, pk in looked_at])
    chosen = [(at, pk) for at, pk in looked_at if pk in matching]
    shown = chosen[: wanted.limit]
    whole = {post.pk: post for post in _whole(_with_ids([pk for _at, pk in shown]))}
    last = None
    if len(chosen) > wanted.limit:
        last = Cursor(*shown[-1])
    elif len(looked_at) == MOST_LOOKED_AT:
        last = Cursor(*looked_at[-1])
    return [whole[pk] for _at, pk in shown if pk in whole], last


def _looked_at(wanted: Wanted) -> list[tuple[datetime, int]]:
    """A stretch of the index that knows most of what is wanted."""
    rows: QuerySet[Any]
    if wanted.sections:
        places = PostSection.objects.filter(section=wanted.sections[0])
        rows = places.order_by("-published_at", "-post")
        rows = _after(rows, wanted.after, "post_id")
        rows = rows.values_list("published_at", "post_id")
    else:
        rows = queries.listed()
        if wanted.wire_class:
            rows = rows.filter(wire_class=wanted.wire_class)
        rows = _after(rows, wanted.after, "id").values_list("published_at", "id")
    return list(rows[:MOST_LOOKED_AT])


def _matching(wanted: Wanted, ids: list[int]) -> set[int]:
    """Posts are asked for by number alone: told more, the database may well read an
    index of all that have the class instead."""
    rows = _with_ids(ids).values_list("pk", "listed", "kind", "wire_class")
    matching = {
        pk
        for pk, listed, kind, wire_class in rows
        if listed
        and wanted.kind in {"", kind}
        and wanted.wire_class in {"", wire_class}
    }
    for section in wanted.sections[1:]:
        places = PostSection.objects.filter(section=section, post__in=ids)
        matching &= set(places.values_list("post_id", flat=True))
    return matching


def _with_ids(ids: list[int]) -> QuerySet[Post]:
    return Post.objects.filter(pk__in=ids).order_by()


def _whole(posts: QuerySet[Post]) -> QuerySet[Post]:
    return queries.full(posts.defer("contact", "waiting_because"))


def _after(rows: QuerySet[Any], cursor: Cursor | None, pk: str) -> QuerySet[Any]:
    if cursor is None:
        return rows
    rows = rows.filter(published_at__lte=cursor.published_at)
    same_time = {"published_at": cursor.published_at, f"{pk}__gte": cursor.id}
    return rows.exclude(**same_time)


def _cursor(post: Post) -> Cursor:
    return Cursor(post.published_at, post.pk)
