"""Appeals that need no answer any more: what they are against ended, for another appeal
was upheld, the decision was taken back, a hiding lapsed, or what was held back is hidden
now, which can be appealed against in its turn."""

from typing import Any

from django.db.models import QuerySet

from commonwire.changes.record import record
from commonwire.moderation import queries
from commonwire.moderation.models import Appeal, Decision
from commonwire.moderation.states import Act
from commonwire.publishing.actions import sorting
from commonwire.publishing.actions.facts import facts_of
from commonwire.publishing.models import Post


def settle(*, post: Post, by: Decision) -> None:
    """After ``by`` has changed what keeps a post from the lists. An appeal against what
    keeps it back again is open again."""
    post = sorting.lock(post)
    now = queries.keeping_back(post)
    unanswered = post.appeals.filter(answer=None, withdrawn=False)
    _put(unanswered.filter(settled_by=None).exclude(decision=now), by)
    _put(unanswered.filter(decision=now).exclude(settled_by=None), None)


def settle_heap(*, posts: QuerySet[Post], by: Decision) -> None:
    """Likewise for a heap that one act hides or lists, or brings back to where it was."""
    unanswered = Appeal.objects.filter(post__in=posts, answer=None, withdrawn=False)
    if by.act in {Act.HIDE, Act.RELEASE}:
        _put(unanswered.filter(settled_by=None), by)
        return
    _put(unanswered.filter(settled_by=None, decision=by.undoes_id), by)
    _put(unanswered.filter(settled_by=by.undoes_id), None)


def _put(found: QuerySet[Appeal], by: Decision | None) -> None:
    appeals: list[Any] = list(found.select_related("post", "decision"))
    for appeal in appeals:
        appeal.settled_by = by
        appeal.save(update_fields=["settled_by"])
        number, facts = appeal.decision.number, facts_of(appeal.post)
        record(kind="appeal.settled", post_id=appeal.post_id, number=number, **facts)
