"""Heaps: what came for the same reason, so that one look and one act can clear it.

Every hold is a decision. When very many come for the same reason, the first ones of a
minute have one each, and all others of that minute have one together, which says how
many they were: a flood must not drown the log.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from commonwire.changes import locks
from commonwire.moderation.actions.deciding import decide
from commonwire.moderation.actions.rulebook import screening_rule
from commonwire.moderation.models import Heap, Heaped, Rule
from commonwire.moderation.states import FLOOD, Act
from commonwire.publishing.content import Doubt
from commonwire.publishing.models import Addendum, Post

# So many holds of a kind in a minute have a decision each.
SINGLES = 10
MINUTE = timedelta(minutes=1)
# A heap that nothing was added to for so long is whole; the next begins anew.
QUIET = timedelta(hours=1)


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
        _add(post, heap, now, held=True)
    else:
        heap.last_at = now
        heap.save()


def add_raw(post: Post) -> None:
    """A post that goes to the raw wire lies on the heap of its flood."""
    heap = _open(FLOOD)
    if heap is not None:
        _add(post, heap, timezone.now(), held=False)


def take_turns(code: str) -> None:
    """Who begins the heap of this code, does so alone."""
    locks.take_turns("heap", code)


def _open(code: str) -> Heap | None:
    return Heap.objects.select_for_update().filter(code=code, ended_at=None).first()


def _open_or_new(code: str, now: datetime) -> Heap:
    heap = _open(code)
    if heap is None:
        take_turns(code)
        heap = _open(code)
    return heap or Heap.objects.create(code=code, began_at=now, last_at=now)


def _add(post: Post, heap: Heap, now: datetime, *, held: bool) -> None:
    row, is_new = Heaped.objects.get_or_create(
        post=post, defaults={"heap": heap, "held": held}
    )
    if held and not row.held:
        Heaped.objects.filter(pk=row.pk).update(held=True)
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
