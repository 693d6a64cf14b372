"""Clearing a heap: one decision hides or lists all of it, one takes that back. Each is a
few statements, whatever the heap's size."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.changes.record import record
from commonwire.moderation import queries
from commonwire.moderation.actions import teaching
from commonwire.moderation.actions.deciding import Refused, decide
from commonwire.moderation.actions.rulebook import screening_rule
from commonwire.moderation.actions.settling import settle_heap
from commonwire.moderation.models import Decision, Heap, Heaped, Rule
from commonwire.moderation.states import Act
from commonwire.publishing.models import Post
from commonwire.publishing.states import WireClass

# So many posts of a cleared heap teach the classifier what it was.
MOST_LESSONS = 50
_TAKEN_BACK_BY = {
    Act.HIDE: Act.UNHIDE,
    Act.UNHIDE: Act.HIDE,
    Act.RELEASE: Act.HOLD,
    Act.HOLD: Act.RELEASE,
}
# What says where a post stands: who decided so about one of a heap has taken it out.
_PLACING = (Act.CLASSIFY, Act.HIDE, Act.UNHIDE, Act.HOLD, Act.RELEASE)


@transaction.atomic
def clear_heap(
    *, by: Editor, heap: Heap, hide: bool, rule: Rule | None = None, reason: str = ""
) -> Decision:
    """Hide everything of a heap that nobody has sorted, or list it: one decision, however
    many they are."""
    heap = Heap.objects.select_for_update().get(pk=heap.pk)
    found = queries.left_in(heap)
    number = _hold_posts(found)
    if not number:
        words = _("Nothing is left in this heap: somebody else has cleared it.")
        raise Refused("heap", words)
    act = Act.HIDE if hide else Act.RELEASE
    decision = decide(
        act=act, by=by, rule=rule, reason=reason, facts=_facts(heap.pk, number)
    )
    _clear(found, decision)
    return decision


@transaction.atomic
def take_back(*, by: Editor | None, decision: Decision, reason: str = "") -> Decision:
    """Take back what one decision did to a heap: each of its posts about which nobody has
    decided since is what it was before. ``by``: None when a hiding lapses."""
    found = _untouched(decision)
    number = _hold_posts(found)
    if not number:
        words = _("Nothing is left of it: others have decided about these posts since.")
        raise Refused("decision", words)
    act = _TAKEN_BACK_BY[Act(decision.act)]
    rule, own_reason = _grounds(act, decision)
    back = decide(
        act=act,
        by=by,
        rule=rule,
        reason=reason or own_reason,
        facts=_facts(decision.facts["heap"], number),
        undoes=decision,
    )
    if act in {Act.HIDE, Act.RELEASE}:
        _clear(found, back)
    else:
        _restore(found, back)
    return back


def _hold_posts(found: QuerySet[Heaped]) -> int:
    """How many posts lie there, each kept from all others: before the log is, as by
    whoever decides about one of them, so that neither waits for the other."""
    posts = Post.objects.filter(pk__in=found.values("post")).order_by("pk")
    list(posts.select_for_update().values_list("pk"))
    return found.count()


def _facts(heap: int, number: int) -> dict[str, Any]:
    return {"heap": heap, "posts": number}


def _grounds(act: Act, decision: Decision) -> tuple[Rule | None, str]:
    """Under which rule, and for which reason if the editor writes none."""
    before = decision.undoes
    if act == Act.HIDE and before is not None:
        return before.rule, before.reason
    if act == Act.HOLD:
        return screening_rule(), _("Released by mistake.")
    return None, ""


def _untouched(decision: Decision) -> QuerySet[Heaped]:
    later = Decision.objects.filter(
        post=OuterRef("post"),
        addendum=None,
        number__gt=decision.number,
        act__in=_PLACING,
    )
    rows = Heaped.objects.filter(cleared_by=decision, post__withdrawn_at=None)
    return rows.exclude(Exists(later))


def touches_still(decision: Decision) -> bool:
    """Whether anything of what a decision did to a heap could be taken back."""
    return _untouched(decision).exists()


def _clear(found: QuerySet[Heaped], decision: Decision) -> None:
    """Write down what each is, and which decision hid or listed it, for its banner and
    its appeals; then do so."""
    hide = decision.act == Act.HIDE
    post = Post.objects.filter(pk=OuterRef("post"))
    found.update(
        cleared_by=decision,
        first_cleared_by=Coalesce(F("first_cleared_by"), Value(decision.pk)),
        was_class=Subquery(post.values("wire_class")),
        was_raw=Subquery(post.values("raw")),
        was_waiting_since=Subquery(post.values("waiting_since")),
        was_waiting_because=Subquery(post.values("waiting_because")),
    )
    _teach(decision, is_spam=hide)
    fresh: dict[str, Any] = {"raw": False, "waiting_since": None, "listed": not hide}
    if hide:
        fresh["wire_class"] = WireClass.HIDDEN
    _posts_of(decision).update(waiting_because=[], **fresh)
    settle_heap(posts=_posts_of(decision), by=decision)
    _record(decision, lists=not hide)


def _restore(found: QuerySet[Heaped], decision: Decision) -> None:
    """All were in no list, and are in none again."""
    found.update(cleared_by=decision)
    for post in _posts_of(decision).filter(lesson__isnull=False):
        teaching.unlearn(post=post)
    row = Heaped.objects.filter(post=OuterRef("pk"))
    _posts_of(decision).update(
        listed=False,
        wire_class=Subquery(row.values("was_class")),
        raw=Subquery(row.values("was_raw")),
        waiting_since=Subquery(row.values("was_waiting_since")),
        waiting_because=Subquery(row.values("was_waiting_because")),
    )
    settle_heap(posts=_posts_of(decision), by=decision)
    _record(decision, lists=decision.act == Act.HOLD)


def _posts_of(decision: Decision) -> QuerySet[Post]:
    rows = Heaped.objects.filter(cleared_by=decision)
    return Post.objects.filter(pk__in=rows.values("post"))


def _record(decision: Decision, *, lists: bool) -> None:
    """``lists``: they may be in any list, or have been."""
    heap = decision.facts["heap"]
    record(kind="flood.cleared", heap=heap, decision=decision.pk)
    if lists:
        record(kind="site.changed")


def _teach(decision: Decision, *, is_spam: bool) -> None:
    if is_spam and not (decision.rule and decision.rule.teaches_spam):
        return
    for post in _posts_of(decision).order_by("-pk")[:MOST_LESSONS]:
        teaching.learn(post=post, is_spam=is_spam)
