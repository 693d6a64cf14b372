"""Floods: when more comes in than the site takes, new posts go to the raw wire until it
is over. The heap of a flood is its row, so that every process sees it."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, DateTimeField
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.changes.record import record
from commonwire.kit.prepared import Prepared, Slot
from commonwire.moderation import queries
from commonwire.moderation.actions import heaps
from commonwire.moderation.actions.deciding import Refused, decide
from commonwire.moderation.actions.rulebook import screening_rule
from commonwire.moderation.models import Heap
from commonwire.moderation.states import FLOOD, Act
from commonwire.publishing.content import Facts
from commonwire.publishing.models import Post
from commonwire.publishing.queries import the_site

RATE_WITHIN = timedelta(minutes=10)
# A flood that an editor began lasts so long, if they say nothing else.
BY_HAND = timedelta(hours=1)

# Read from the front's own index.
_LATELY = Prepared(
    lambda: (
        Post.objects.filter(
            listed=True,
            published_at__gt=Slot("since", DateTimeField()),
            published_at__lte=Slot("now", DateTimeField()),
        )
        .order_by()
        .values("listed")
        .annotate(number=Count("*"))
        .values_list("number")
    )
)


def is_raw(facts: Facts) -> bool:
    """Whether what comes now goes to the raw wire. Begins a flood where one begins."""
    if queries.flood():
        return True
    rate = the_site().flood_rate
    if not rate or not _comes_faster(rate, facts.now):
        return False
    heaps.take_turns(FLOOD)
    if not queries.flood():
        begin(by=None)
    return True


def _comes_faster(rate: int, now: datetime) -> bool:
    # Who came first and had to wait for others to be done counts them, too.
    present = timezone.now()
    until = present if present - now < RATE_WITHIN else now
    found = _LATELY(since=now - RATE_WITHIN, now=until)
    return bool(found) and found[0][0] >= rate


@transaction.atomic
def begin(*, by: Editor | None, lasts: timedelta = BY_HAND, reason: str = "") -> Heap:
    """New posts go to the raw wire from now on. ``by``: None when screening says so."""
    now = timezone.now()
    heaps.take_turns(FLOOD)
    if Heap.objects.select_for_update().filter(code=FLOOD, ended_at=None).exists():
        raise Refused("flood", _("The raw wire is open already."))
    heap = Heap.objects.create(
        code=FLOOD,
        began_at=now,
        last_at=now,
        until=now + lasts if by else None,
        begun_by=by,
    )
    _log(Act.FLOOD_ON, by, heap, reason)
    record(kind="flood.began", heap=heap.pk)
    return heap


@transaction.atomic
def end(*, by: Editor | None, reason: str = "") -> Heap:
    """New posts go to the newswire again; what is raw stays so until it is sorted."""
    open_heaps = Heap.objects.select_for_update().filter(code=FLOOD, ended_at=None)
    heap = open_heaps.first()
    if heap is None:
        raise Refused("flood", _("The raw wire is closed already."))
    heap.ended_at = timezone.now()
    heap.save()
    _log(Act.FLOOD_OFF, by, heap, reason)
    record(kind="flood.ended", heap=heap.pk)
    return heap


def _log(act: Act, by: Editor | None, heap: Heap, reason: str) -> None:
    decide(
        act=act,
        by=by,
        rule=None if by else screening_rule(),
        reason=reason,
        facts={"heap": heap.pk, "posts": heap.posts, "rate": the_site().flood_rate},
    )


def end_when_over(*, now: datetime | None = None) -> bool:
    """End a flood after which it has been calm: half the site's rate, for as long as
    the rate is measured over."""
    now = now or timezone.now()
    heap = queries.flood()
    if heap is None or now - heap.began_at < RATE_WITHIN:
        return False
    if heap.until and now < heap.until:
        return False
    rate = the_site().flood_rate
    came = Post.objects.filter(heaped__heap=heap, published_at__gt=now - RATE_WITHIN)
    if rate and came.count() * 2 > rate:
        return False
    with suppress(Refused):  # an editor was faster, or another worker
        end(by=None)
    return True
