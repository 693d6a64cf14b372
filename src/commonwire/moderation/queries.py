"""Page-shaped reads of decisions, rules, appeals and flags."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from commonwire.accounts.models import Editor
from commonwire.kit.prepared import Prepared
from commonwire.moderation.default_rules import SCREENING_RULE
from commonwire.moderation.models import (
    Appeal,
    Decision,
    Heap,
    Heaped,
    Message,
    Presence,
    Rule,
)
from commonwire.moderation.states import FLOOD, UNDOABLE, Act, Appellant, Speaker
from commonwire.publishing.models import Addendum, Post
from commonwire.publishing.states import PUBLIC_CLASSES, Author, WireClass

_MOST_LINES = 50


def rules() -> list[Rule]:
    """Those in force, in the order in which they are published."""
    return list(Rule.objects.filter(retired_at=None))


def rules_to_break() -> list[Rule]:
    """Those that readers can say a post breaks; screening has one that is no fault."""
    return [rule for rule in rules() if rule.slug != SCREENING_RULE]


def decisions() -> QuerySet[Decision]:
    """The log, newest first."""
    return Decision.objects.select_related("post", "rule", "undoes")


def hiding(post: Post) -> Decision | None:
    """The decision that keeps a post hidden, for its banner: about the post itself, or
    about the heap that it lay in."""
    hidings = decisions().filter(act=Act.HIDE, undone_by=None)
    return (
        hidings.filter(post=post).first() or hidings.filter(heaped__post=post).first()
    )


def class_before(hiding: Decision | None, post: Post) -> str:
    """The class of a post before it was hidden."""
    if hiding is None:
        return WireClass.UNSORTED
    if hiding.post_id:
        return str(hiding.facts["was"])
    row = Heaped.objects.filter(post=post).values_list("was_class", flat=True)
    return row.first() or WireClass.UNSORTED


_FLOOD = Prepared(lambda: Heap.objects.filter(code=FLOOD, ended_at=None))


def flood() -> Heap | None:
    """The flood that is going on."""
    found = _FLOOD()
    return found[0] if found else None


def is_flooded() -> bool:
    return flood() is not None


def heaps(*, least: int = 20) -> list[Any]:
    """What one act can clear: each with ``left``, the posts that no editor has seen,
    when they are at least so many; the latest first."""
    counted = (
        _unseen().values("heap").annotate(left=Count("pk")).filter(left__gte=least)
    )
    left = dict(counted.values_list("heap", "left"))
    found: list[Any] = list(Heap.objects.filter(pk__in=left).order_by("-last_at"))
    for heap in found:
        heap.left = left[heap.pk]
    return found


def left_in(heap: Heap) -> QuerySet[Heaped]:
    """What lies in a heap and no editor has sorted, hidden or released."""
    return _unseen().filter(heap=heap)


def newest_in(heap: Heap, *, limit: int) -> list[Post]:
    """The newest of those."""
    rows = left_in(heap).select_related("post").order_by("-post")
    return [row.post for row in rows.only("post__title", "post__language")[:limit]]


def _unseen() -> QuerySet[Heaped]:
    """Found by an index of posts: of what was cleared long ago nothing is read."""
    unlisted = {"post__listed": False, "post__wire_class__in": PUBLIC_CLASSES}
    return Heaped.objects.filter(**unlisted, post__withdrawn_at=None)


def withdrawing(post: Post) -> Decision | None:
    """The decision that took a post away for safety."""
    return decisions().filter(post=post, act=Act.WITHDRAW_FOR_SAFETY).first()


@dataclass(frozen=True)
class Judged:
    """What pages say of editors' power over a post: the decision that keeps it from the
    lists or took it away, its appeals, and the decisions on comments and corrections by
    the numbers of those."""

    decision: Decision | None = None
    appeals: list[Appeal] = field(default_factory=list)
    of_comments: dict[int, Decision] = field(default_factory=dict)
    of_corrections: dict[int, Decision] = field(default_factory=dict)

    @property
    def readers_asked(self) -> bool:
        return any(appeal.by == Appellant.READER for appeal in self.appeals)


def judged(post: Any, comments: list[Addendum]) -> Judged:
    """Of a post whose corrections are read, and these of its comments. Of an ordinary
    one nothing is asked."""
    decision = None
    if post.withdrawn_by == Author.EDITOR:
        decision = withdrawing(post)
    elif not (post.listed or post.withdrawn_at):
        decision = keeping_back(post)
    corrected = any(made.by == Author.EDITOR for made in post.corrected)
    return Judged(
        decision,
        appeals_of(decision, post) if decision else [],
        _of_comments([c.pk for c in comments if c.hidden or c.withdrawn_at]),
        _of_corrections(post) if corrected else {},
    )


def _of_comments(numbers: list[int]) -> dict[int, Decision]:
    """The newest on each, of those that hide or withdraw."""
    if not numbers:
        return {}
    acts = (Act.HIDE_COMMENT, Act.WITHDRAW_COMMENT)
    found = decisions().filter(addendum__in=numbers, act__in=acts)
    return {one.addendum_id: one for one in found.order_by("number") if one.addendum_id}


def _of_corrections(post: Post) -> dict[int, Decision]:
    acts = (Act.CORRECT, Act.REDACT_CORRECTION)
    found = decisions().filter(post=post, act__in=acts).order_by("number")
    return {one.facts["correction"]: one for one in found}


def hidings() -> QuerySet[Decision]:
    """The decisions that keep posts hidden now, newest first: each a post, or what is
    left of a heap."""
    found = decisions().filter(act=Act.HIDE, undone_by=None)
    of_post = Q(post__wire_class=WireClass.HIDDEN, post__withdrawn_at=None)
    of_heap = Q(post=None) & Exists(_hidden(heaped__cleared_by=OuterRef("pk")))
    return found.filter(of_post | of_heap)


def hides_heap(decision: Decision) -> bool:
    """Whether a decision about a heap still keeps something of it hidden."""
    return decision.is_of_heap and hidings().filter(pk=decision.pk).exists()


def hidden_together(decision: Decision) -> QuerySet[Post]:
    """What a decision about a heap keeps hidden, newest first."""
    return _hidden(heaped__cleared_by=decision).order_by("-heaped__post")


def _hidden(**of: Any) -> QuerySet[Post]:
    """Of heaps, but for those that a decision of their own hides."""
    own = Decision.objects.filter(post=OuterRef("pk"), act=Act.HIDE, undone_by=None)
    found = Post.objects.filter(wire_class=WireClass.HIDDEN, withdrawn_at=None, **of)
    return found.exclude(Exists(own))


def hidden_months(zone: tzinfo) -> list[date]:
    """The first days of the months in which posts were hidden that still are; newest
    first."""
    return list(hidings().order_by().datetimes("at", "month", "DESC", tzinfo=zone))


def unanswered(post: Post) -> int:
    """How many messages of editors came since its author last wrote."""
    written = post.messages.filter(by=Speaker.AUTHOR).order_by("-at", "-id").first()
    found = post.messages.filter(by=Speaker.EDITOR)
    return (found.filter(pk__gt=written.pk) if written else found).count()


def unanswered_lines() -> list[Message]:
    """The last word of each line that is its author's, the oldest first."""
    of_post = Message.objects.filter(post=OuterRef("post")).order_by("-at", "-id")
    newest = Message.objects.filter(pk=Subquery(of_post.values("pk")[:1]))
    found = newest.filter(by=Speaker.AUTHOR, post__withdrawn_at=None)
    return list(found.select_related("post").order_by("at", "id")[:_MOST_LINES])


def appeals_of(decision: Decision, post: Post) -> list[Appeal]:
    """Those about one post: a decision may be about a heap of them."""
    found = decision.appeals.filter(post=post)
    related = ("answer", "answer__rule", "removed_under", "settled_by")
    return list(found.select_related(*related))


def newest_own_appeal(post: Post) -> Appeal | None:
    """The last one of a post's author, for their room."""
    found = post.appeals.filter(by=Appellant.AUTHOR, withdrawn=False)
    return (
        found.select_related("answer", "settled_by", "decision").order_by("-pk").first()
    )


def open_appeals() -> QuerySet[Appeal]:
    found = Appeal.objects.filter(answer=None, settled_by=None, withdrawn=False)
    return found.select_related("post", "decision", "decision__rule")


def overdue_appeals(hours: int, now: datetime | None = None) -> QuerySet[Appeal]:
    """Those that wait longer than the site allows itself."""
    limit = (now or timezone.now()) - timedelta(hours=hours)
    return open_appeals().filter(opened_at__lt=limit)


def history(post: Post) -> QuerySet[Decision]:
    """All that was decided about a post, newest first: with what one act did to it and
    to its whole heap."""
    row = Heaped.objects.filter(post=post)
    of_heap = Q(pk__in=row.values("cleared_by")) | Q(
        pk__in=row.values("first_cleared_by")
    )
    return decisions().filter(Q(post=post) | of_heap)


def line(post: Post) -> list[Message]:
    """What its author and the editors have written to each other."""
    return list(post.messages.select_related("editor"))


PRESENT_FOR = timedelta(minutes=2)
# What was done before yesterday is looked up, not undone with a key.
TAKEN_BACK_WITHIN = timedelta(hours=24)


def present(post_ids: Iterable[int], *, but: Editor) -> dict[int, list[str]]:
    """Who else is looking at these posts, by post."""
    since = timezone.now() - PRESENT_FOR
    found: dict[int, list[str]] = {}
    rows = Presence.objects.filter(post__in=list(post_ids), seen_at__gte=since)
    rows = rows.exclude(editor=but).order_by("editor__pseudonym")
    for post, name in rows.values_list("post", "editor__pseudonym"):
        found.setdefault(post, []).append(name)
    return found


def decided_since(
    post_ids: Iterable[int], number: int, *, but: Editor
) -> dict[int, Decision]:
    """The newest decision of others about each of these posts, after a number."""
    rows = decisions().filter(post__in=list(post_ids), number__gt=number)
    rows = rows.exclude(editor=but).exclude(editor=None).order_by("number")
    return {made.post_id: made for made in rows if made.post_id is not None}


def newest_number() -> int:
    newest = Decision.objects.order_by("-number").values_list("number", flat=True)
    return newest.first() or 0


def last_own(editor: Editor) -> Decision | None:
    """What an editor can take back with one key: the newest act that stands and is
    itself no taking back, so that the key pressed again goes on backwards."""
    since = timezone.now() - TAKEN_BACK_WITHIN
    own = decisions().filter(editor=editor, undoes=None, undone_by=None)
    final = Q(act=Act.RELEASE, addendum__isnull=False)
    final |= Q(act__in=(Act.UNHIDE, Act.UNHIDE_COMMENT))
    return own.filter(act__in=UNDOABLE, at__gte=since).exclude(final).first()


def keeping_back(post: Post) -> Decision | None:
    """The decision for which a post is in no list: what can be appealed against."""
    if post.wire_class == WireClass.HIDDEN:
        return hiding(post)
    if post.waiting_since:
        return decisions().filter(post=post, addendum=None, act=Act.HOLD).first()
    return None
