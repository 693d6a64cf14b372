"""Heaps: what came for the same reason, so that one look and one act can clear it.

Every hold is a decision. When very many come for the same reason, the first ones of a
minute have one each, and all others of that minute have one together, which says how
many they were: a flood must not drown the log.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.changes.record import record
from commonwire.moderation.actions import teaching
from commonwire.moderation.actions.deciding import Refused, decide
from commonwire.moderation.actions.rulebook import screening_rule
from commonwire.moderation.models import Decision, Heap, Heaped, Rule
from commonwire.moderation.states import FLOOD, Act
from commonwire.publishing.content import Doubt
from commonwire.publishing.models import Addendum, Post
from commonwire.publishing.states import WireClass

# So many holds of a kind in a minute have a decision each.
SINGLES = 10
MINUTE = timedelta(minutes=1)
# A heap that nothing was added to for so long is whole; the next begins anew.
QUIET = timedelta(hours=1)
# So many posts of a cleared heap teach the classifier what it was.
MOST_LESSONS = 50


def hold(post: Post, doubts: list[Doubt], comment: Addendum | None = None) -> None:
    """Log that a program lets a post or a comment wait, and lay posts on their heap.
    Called by `publishing` in the transaction that keeps them back."""
    now = timezone.now()
    code = doubts[0].code
    if comment is None:
        heap = _open(FLOOD) or _open_or_new(code, now)
    else:
        heap = _open_or_new(f"comment: {code}", now)
    _begin_minute(heap, now)
    if heap.singles < SINGLES:
        heap.singles += 1
        _decide(doubts, post, comment)
    else:
        heap.undecided += 1
    if comment is None:
        _add(post, heap, now)
    else:
        heap.last_at = now
        heap.save()


def add_raw(post: Post) -> None:
    """A post that goes to the raw wire lies on the heap of its flood."""
    heap = _open(FLOOD)
    if heap is not None:
        _add(post, heap, timezone.now())


def _open(code: str) -> Heap | None:
    return Heap.objects.select_for_update().filter(code=code, ended_at=None).first()


def _open_or_new(code: str, now: datetime) -> Heap:
    heap = _open(code)
    return heap or Heap.objects.create(code=code, began_at=now, last_at=now)


def _add(post: Post, heap: Heap, now: datetime) -> None:
    _row, is_new = Heaped.objects.get_or_create(post=post, defaults={"heap": heap})
    heap.posts += is_new
    heap.last_at = now
    heap.save()


def _begin_minute(heap: Heap, now: datetime) -> None:
    """Decide on those that the minute before left, and count anew."""
    if heap.minute_at and now - heap.minute_at < MINUTE:
        return
    _decide_on_rest(heap)
    heap.minute_at, heap.singles = now, 0


def _decide(doubts: list[Doubt], post: Post, comment: Addendum | None) -> None:
    named = next((doubt.rule for doubt in doubts if doubt.rule), "")
    rule = Rule.objects.filter(slug=named).first() if named else None
    decide(
        act=Act.HOLD,
        by=None,
        post=post,
        addendum=comment,
        rule=rule or screening_rule(),
        facts={"because": [doubt.code for doubt in doubts]},
    )


def _decide_on_rest(heap: Heap) -> None:
    if not heap.undecided:
        return
    facts = {"heap": heap.pk, "because": [heap.code], "posts": heap.undecided}
    decide(act=Act.HOLD, by=None, rule=screening_rule(), facts=facts)
    heap.undecided = 0


@transaction.atomic
def tend(*, now: datetime | None = None) -> None:
    """What no further hold brings about: the decision on the rest of a minute, the end
    of a heap."""
    now = now or timezone.now()
    for heap in Heap.objects.select_for_update().filter(undecided__gt=0):
        if heap.minute_at is None or now - heap.minute_at >= MINUTE:
            _decide_on_rest(heap)
            heap.save()
    quiet = Heap.objects.exclude(code=FLOOD).filter(last_at__lt=now - QUIET)
    quiet.filter(ended_at=None).update(ended_at=now)


@transaction.atomic
def clear_heap(
    *, by: Editor, heap: Heap, hide: bool, rule: Rule | None = None, reason: str = ""
) -> Decision:
    """Hide everything of a heap that nobody has sorted, or list it: one decision, however
    many they are."""
    heap = Heap.objects.select_for_update().get(pk=heap.pk)
    posts = left_in(heap)
    number = posts.count()
    if not number:
        words = _("Nothing is left in this heap: somebody else has cleared it.")
        raise Refused("heap", words)
    facts: dict[str, Any] = {"heap": heap.pk, "posts": number}
    if hide:
        facts["was"] = str(WireClass.UNSORTED)
    decision = decide(
        act=Act.HIDE if hide else Act.RELEASE,
        by=by,
        rule=rule,
        reason=reason,
        facts=facts,
    )
    _teach(heap, rule, hide=hide)
    # Which decision hid a post, for its banner and its appeals.
    Heaped.objects.filter(post__in=posts).update(cleared_by=decision)
    fresh: dict[str, Any] = {
        "raw": False,
        "waiting_since": None,
        "waiting_because": [],
        "listed": not hide,
    }
    if hide:
        fresh["wire_class"] = WireClass.HIDDEN
    posts.update(**fresh)
    record(kind="flood.cleared", heap=heap.pk, decision=decision.pk)
    if not hide:  # they may be in any list
        record(kind="site.changed")
    return decision


@transaction.atomic
def bring_back(*, by: Editor, decision: Decision, reason: str = "") -> Decision:
    """Take the clearing of a heap back: what nobody has touched since is raw again."""
    posts = Post.objects.filter(
        heaped__cleared_by=decision, wire_class=WireClass.HIDDEN, withdrawn_at=None
    ).exclude(decisions__number__gt=decision.number)
    back = decide(
        act=Act.UNHIDE,
        by=by,
        reason=reason,
        facts={"heap": decision.facts["heap"], "posts": posts.count()},
        undoes=decision,
    )
    Post.objects.filter(pk__in=posts.values("pk")).update(
        wire_class=WireClass.UNSORTED, raw=True
    )
    record(kind="flood.cleared", heap=decision.facts["heap"], decision=back.pk)
    return back


def left_in(heap: Heap) -> Any:
    """What lies in a heap and no editor has sorted, hidden or released."""
    from_wire = Post.objects.filter(heaped__heap=heap, withdrawn_at=None)
    unseen = from_wire.exclude(wire_class=WireClass.HIDDEN).filter(listed=False)
    return Post.objects.filter(pk__in=unseen.values("pk"))


def _teach(heap: Heap, rule: Rule | None, *, hide: bool) -> None:
    if hide and not (rule and rule.teaches_spam):
        return
    for post in left_in(heap).order_by("-pk")[:MOST_LESSONS]:
        teaching.learn(post=post, is_spam=hide)
