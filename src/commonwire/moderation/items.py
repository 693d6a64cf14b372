"""What the desk shows of each thing in a queue, read for a whole page at once: a fixed
number of questions, however many things stand on it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Prefetch, QuerySet
from django.utils.html import strip_tags
from django.utils.text import Truncator

from commonwire.accounts.models import Editor
from commonwire.moderation import queries, rules
from commonwire.moderation.models import Appeal, Decision, Flag
from commonwire.moderation.opinions import Opinion, opinions
from commonwire.moderation.queues import Queue
from commonwire.publishing.models import Addendum, Correction, Post
from commonwire.publishing.queries import placements, places, the_site
from commonwire.publishing.states import Author, WireClass

EXCERPT = 320


@dataclass
class Item:
    """A post or a comment, and for what it lies here: its flags, an appeal, a
    correction."""

    queue: str
    target: str
    post: Any
    comment: Addendum | None = None
    appeal: Appeal | None = None
    correction: Correction | None = None
    # For which of its flags it lies here.
    heap: int | None = None
    flags: list[Flag] = field(default_factory=list)
    decided: int = 0
    last: Decision | None = None
    watched_by: list[str] = field(default_factory=list)
    may_answer: bool = True
    overdue: bool = False
    # Where to go on when it leaves the page.
    next_id: str = ""
    opinion: Opinion | None = None
    # What was typed into its form and is wrong.
    typed: Any = None

    @property
    def id(self) -> str:
        return self.target.replace(":", "-")

    @property
    def part(self) -> Any:
        """Whose text is shown."""
        return self.comment or self.post

    @property
    def is_hidden(self) -> bool:
        return bool(self.post.wire_class == WireClass.HIDDEN)

    @property
    def is_screened(self) -> bool:
        """Whether there is something to think of."""
        gone = self.post.withdrawn_at or self.part.withdrawn_at
        return not (gone or self.appeal or self.correction)

    @property
    def is_post(self) -> bool:
        return self.comment is None and self.correction is None

    @property
    def excerpt(self) -> str:
        summary = getattr(self.part, "summary", "")
        words = summary or " ".join(strip_tags(self.part.body_html).split())
        return Truncator(words).chars(EXCERPT)

    @property
    def files(self) -> list[Any]:
        found = list(self.part.attachments)
        if self.comment is None:
            found += [file for part in self.post.parts for file in part.attachments]
        return found

    @property
    def flag_count(self) -> int:
        return sum(heap.count for heap in self.flags)


def items_of(queue: Queue, ids: list[int], *, editor: Editor) -> list[Item]:
    """In the order of the numbers."""
    rows = _READ.get(queue.name, _posts)(ids)
    known = {row.pk: row for row in rows}
    found = [_item(queue.name, known[pk]) for pk in ids if pk in known]
    complete(found, editor=editor)
    return [item for item in found if _is_newest_heap(item)]


def item_of_post(post_id: int, *, editor: Editor, queue: str = "") -> Item | None:
    return _single(_posts([post_id]), queue, editor)


def item_of_comment(comment_id: int, *, editor: Editor, queue: str = "") -> Item | None:
    return _single(_parts([comment_id]), queue, editor)


def item_of_appeal(appeal_id: int, *, editor: Editor, queue: str = "") -> Item | None:
    return _single(_of_appeals([appeal_id]), queue, editor)


def item_of_correction(
    correction_id: int, *, editor: Editor, queue: str = ""
) -> Item | None:
    return _single(_of_corrections([correction_id]), queue, editor)


def _single(rows: QuerySet[Any], queue: str, editor: Editor) -> Item | None:
    row = rows.first()
    if row is None:
        return None
    item = _item(queue, row)
    complete([item], editor=editor)
    return item


def _item(queue: str, row: Any) -> Item:
    if isinstance(row, Appeal):
        return Item(queue, f"appeal:{row.pk}", row.post, appeal=row)
    if isinstance(row, Correction):
        return Item(queue, f"correction:{row.pk}", row.post, correction=row)
    if isinstance(row, Flag):
        return _flagged(row, queue)
    return _shown(row, queue)


def _shown(row: Post | Addendum, queue: str) -> Item:
    if isinstance(row, Addendum):
        return Item(queue, f"comment:{row.pk}", row.post, comment=row)
    return Item(queue, f"post:{row.pk}", row)


def _flagged(heap: Flag, queue: str) -> Item:
    if heap.addendum is not None:
        heap.addendum.post = heap.post
    item = _shown(heap.addendum or heap.post, queue)
    item.heap = heap.pk
    return item


def _is_newest_heap(item: Item) -> bool:
    """What is flagged under several rules lies here once, where its newest heap is."""
    return item.heap is None or item.heap in [heap.pk for heap in item.flags[:1]]


def complete(items: list[Item], *, editor: Editor) -> None:
    """What is known of them beside their own rows."""
    posts = {item.post.pk for item in items}
    flags = _flags(posts)
    decided = _decided(posts)
    watched = queries.present(posts, but=editor)
    overdue = _overdue(items)
    _judge([item for item in items if item.is_screened])
    for item in items:
        part = item.comment.pk if item.comment else None
        item.flags = flags.get((item.post.pk, part), [])
        item.decided, item.last = decided.get(item.post.pk, (0, None))
        item.watched_by = watched.get(item.post.pk, [])
        if item.appeal is not None:
            item.may_answer = rules.may_answer(editor, item.appeal)
            item.overdue = item.appeal.pk in overdue


def _judge(items: list[Item]) -> None:
    found = opinions([item.part for item in items])
    for item, opinion in zip(items, found, strict=True):
        item.opinion = opinion


def _flags(posts: Iterable[int]) -> dict[tuple[int, int | None], list[Flag]]:
    found: dict[tuple[int, int | None], list[Flag]] = {}
    heaps = Flag.objects.filter(post__in=posts, seen_at=None).select_related(
        "rule", "removed_under"
    )
    for heap in heaps.order_by("-last_at", "-pk"):
        found.setdefault((heap.post_id, heap.addendum_id), []).append(heap)
    return found


def _decided(posts: Iterable[int]) -> dict[int, tuple[int, Decision]]:
    rows = Decision.objects.filter(post__in=posts).order_by().values("post")
    counted = list(rows.annotate(all=Count("pk"), newest=Max("number")))
    numbers = [row["newest"] for row in counted]
    last = {
        made.number: made for made in queries.decisions().filter(number__in=numbers)
    }
    return {row["post"]: (row["all"], last[row["newest"]]) for row in counted}


def _overdue(items: list[Item]) -> set[int]:
    ids = [item.appeal.pk for item in items if item.appeal is not None]
    if not ids:
        return set()
    late = queries.overdue_appeals(the_site().appeal_hours)
    return set(late.filter(pk__in=ids).values_list("pk", flat=True))


_OWN_PARTS = Prefetch(
    "addenda",
    Addendum.objects.filter(by=Author.AUTHOR).prefetch_related(
        Prefetch("placements", placements())
    ),
    to_attr="parts",
)


def _whole(rows: QuerySet[Any], way: str = "") -> QuerySet[Any]:
    """Posts with all that their author gave them."""
    if way:
        posts = Post.objects.prefetch_related(
            Prefetch("places", places()),
            Prefetch("placements", placements()),
            _OWN_PARTS,
        )
        return rows.prefetch_related(Prefetch(way, posts))
    return rows.prefetch_related(
        Prefetch("places", places()), Prefetch("placements", placements()), _OWN_PARTS
    )


def _posts(ids: list[int]) -> QuerySet[Any]:
    return _whole(Post.objects.filter(pk__in=ids))


def _parts(ids: list[int]) -> QuerySet[Any]:
    # What was added under embargo comes to the desk with its post.
    rows = Addendum.objects.filter(pk__in=ids, post__embargo_until=None)
    return _whole(rows.prefetch_related(Prefetch("placements", placements())), "post")


def _of_flags(ids: list[int]) -> QuerySet[Any]:
    parts = Addendum.objects.prefetch_related(Prefetch("placements", placements()))
    rows = Flag.objects.filter(pk__in=ids)
    return _whole(rows.prefetch_related(Prefetch("addendum", parts)), "post")


def _of_appeals(ids: list[int]) -> QuerySet[Any]:
    rows = Appeal.objects.filter(pk__in=ids).select_related(
        "decision__rule", "decision__post", "removed_under", "settled_by"
    )
    return _whole(rows, "post")


def _of_corrections(ids: list[int]) -> QuerySet[Any]:
    rows = Correction.objects.filter(pk__in=ids).select_related("addendum")
    return _whole(rows, "post")


_READ = {
    "appeals": _of_appeals,
    "flags": _of_flags,
    "waiting-comments": _parts,
    "comments": _parts,
    "addenda": _parts,
    "corrections": _of_corrections,
}
