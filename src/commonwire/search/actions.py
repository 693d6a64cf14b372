"""Keeping the index: out of the record of changes, and of what was there before it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Max, Prefetch, Q, QuerySet
from django.utils import timezone

from commonwire.calls.models import Organisation
from commonwire.changes import cursors
from commonwire.changes.models import Change
from commonwire.moderation.models import Heaped
from commonwire.publishing.models import Addendum, Post, PostSection
from commonwire.publishing.queries import placements
from commonwire.publishing.states import Author
from commonwire.search import texts
from commonwire.search.models import RECIPE, Entry, Filling

CURSOR = "search"
MOST_CHANGES = 200
# Things a transaction: on SQLite nobody else writes meanwhile.
AT_ONCE = 25
# Rows read or written by one question.
CHUNK = 200
# After these a comment may be readable that was not, or stand in other sections.
_OF_COMMENTS_TOO = {
    "post.published",
    "post.sorted",
    "post.released",
    "post.kept_waiting",
    "post.withdrawn",
    "post.corrected",
}
_FILES = Prefetch("placements", placements())
_WIPING = {"post.withdrawn", "comment.withdrawn"}


@dataclass
class Round:
    changes: int = 0
    # Words were taken away, which must go from the database's log too.
    wiped: bool = False


def follow(*, limit: int = MOST_CHANGES) -> Round:
    """Index what changed since the last round, a few things a transaction; then the
    cursor moves. After a crash the round is done again."""
    if not Filling.objects.filter(recipe=RECIPE).exists():
        return Round()  # `fill` says from where on changes are followed
    with cursors.claimed(CURSOR) as claim:
        found = cursors.read_after(claim.position, limit=limit) if claim else []
        if claim is None or not found:
            return Round()
        _index_changed(found)
        claim.move(to=found[-1].pk)
    return Round(len(found), any(change.kind in _WIPING for change in found))


def fill(*, limit: int) -> int:
    """Index some of what was there before the index was, the newest first; how many
    things. None are left when it is 0."""
    with transaction.atomic():
        filling = _hold()
        if filling.done_at and filling.recipe == RECIPE:
            return 0
        if filling.recipe != RECIPE:
            _begin(filling)
        posts = _next_posts(filling, limit)
        _index_posts([post.pk for post in posts], comments=True)
        if posts:
            filling.next_post = posts[-1].pk - 1
        else:
            filling.done_at = timezone.now()
        filling.save()
        return len(posts)


@transaction.atomic
def forget(post: Post) -> None:
    """Of a post that is withdrawn no word stays, not for a moment. Called by
    `publishing`, in the transaction that takes its words away."""
    Entry.objects.filter(post=post).delete()


@transaction.atomic
def begin_again() -> None:
    """Make the index anew, as if there were none."""
    filling = _hold()
    filling.recipe = 0
    filling.save()
    Entry.objects.all().delete()


def _hold() -> Filling:
    """One at a time: so what is written is what was read last."""
    Filling.objects.get_or_create(pk=1)
    return Filling.objects.select_for_update().get(pk=1)


def _begin(filling: Filling) -> None:
    """From here on changes are followed; all that is there already is gone through."""
    cursors.position(CURSOR)
    cursors.advance(CURSOR, to=cursors.settled())
    newest = Post.everything.aggregate(newest=Max("pk"))["newest"]
    filling.recipe, filling.next_post, filling.done_at = RECIPE, newest or 0, None
    numbers = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    for some in _in_chunks(numbers, CHUNK):
        _index_organisations(some)


def _next_posts(filling: Filling, limit: int) -> list[Post]:
    left = Post.everything.filter(pk__lte=filling.next_post).order_by("-pk")
    return list(left.only("pk")[:limit])


def _index_changed(found: list[Change]) -> None:
    posts: dict[int, bool] = {}
    comments: set[int] = set()
    organisations: set[int] = set()
    for change in found:
        kind, facts, pk = change.kind, change.facts, change.post_id
        if kind.startswith("post.") and pk:
            posts[pk] = posts.get(pk, False) or kind in _OF_COMMENTS_TOO
        elif "comment" in facts:
            comments.add(facts["comment"])
        elif kind == "organisation.changed":
            organisations.add(facts["organisation"])
        elif kind == "flood.cleared":
            posts |= dict.fromkeys(_of_heap(facts), True)
    for whole in (False, True):
        numbers = [pk for pk, comments_too in posts.items() if comments_too == whole]
        _in_turns(numbers, partial(_index_posts, comments=whole))
    _in_turns(comments, _index_comments)
    _in_turns(organisations, _index_organisations)


def _in_turns(numbers: Iterable[int], index: Callable[[list[int]], None]) -> None:
    """Whoever writes waits no longer than for a few of them."""
    for some in _in_chunks(list(numbers), AT_ONCE):
        with transaction.atomic():
            _hold()
            index(some)


def _of_heap(facts: dict[str, Any]) -> list[int]:
    """What a decision about a whole heap hid or listed."""
    rows = Heaped.objects.filter(heap=facts["heap"])
    return list(rows.values_list("post_id", flat=True))


def _index_posts(numbers: list[int], *, comments: bool) -> None:
    """``comments``: those of readers too."""
    if not numbers:
        return
    mine = Q() if comments else ~Q(by=Author.READER)
    listed = Post.everything.filter(pk__in=numbers, listed=True)
    listed = listed.prefetch_related(_FILES)
    posts = {post.pk: post for post in listed}
    sections = _sections_of(posts)
    wanted = [texts.entry_of_post(post, sections[pk]) for pk, post in posts.items()]
    addenda = Addendum.objects.filter(mine, texts.READABLE, post__in=posts)
    addenda = addenda.prefetch_related(_FILES)
    wanted += [
        texts.entry_of_addendum(each, posts[each.post_id], sections[each.post_id])
        for each in addenda.iterator(chunk_size=CHUNK)
    ]
    there = Entry.objects.filter(post__in=numbers)
    if not comments:
        there = there.exclude(addendum__by=Author.READER)
    _write(there, wanted)


def _index_comments(numbers: list[int]) -> None:
    found = Addendum.objects.filter(texts.READABLE, pk__in=numbers, post__listed=True)
    comments = list(found.select_related("post").prefetch_related(_FILES))
    sections = _sections_of({each.post_id for each in comments})
    entries = [
        texts.entry_of_addendum(each, each.post, sections[each.post_id])
        for each in comments
    ]
    _write(Entry.objects.filter(addendum__in=numbers), entries)


def _index_organisations(numbers: list[int]) -> None:
    found = Organisation.objects.filter(pk__in=numbers)
    entries = [texts.entry_of_organisation(each) for each in found]
    _write(Entry.objects.filter(organisation__in=numbers), entries)


def _sections_of(posts: Iterable[int]) -> dict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = PostSection.objects.filter(post__in=list(posts))
    for post, section in rows.values_list("post_id", "section_id"):
        found[post].append(section)
    return found


def _write(there: QuerySet[Entry], wanted: list[Entry]) -> None:
    """Have these there and no others."""
    stands = dict(there.values_list("pk", "digest"))
    fresh = {each.pk: each for each in wanted}
    gone = [pk for pk, digest in stands.items() if _differs(fresh.get(pk), digest)]
    for some in _in_chunks(gone, CHUNK):
        Entry.objects.filter(pk__in=some).delete()
    Entry.objects.bulk_create(
        [each for pk, each in fresh.items() if stands.get(pk) != each.digest],
        batch_size=CHUNK,
    )


def _differs(entry: Entry | None, digest: str) -> bool:
    return entry is None or entry.digest != digest


def _in_chunks(numbers: list[int], size: int) -> Iterator[list[int]]:
    for first in range(0, len(numbers), size):
        yield numbers[first : first + size]
