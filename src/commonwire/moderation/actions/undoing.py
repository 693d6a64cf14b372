"""Undo is a decision too."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.moderation.actions import commenting, correcting, heaps, placing
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.models import Decision
from commonwire.moderation.states import Act
from commonwire.publishing.models import Section

Undo = Callable[[Decision, Editor, str], Decision]


@transaction.atomic
def undo(*, by: Editor, decision: Decision, reason: str = "") -> Decision:
    """Take a decision back, while what it did still stands."""
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    way = _WAYS.get(Act(decision.act))
    if way is None:
        raise Refused("decision", _("This cannot be taken back."))
    if hasattr(decision, "undone_by"):
        raise Refused("decision", _("This was taken back already."))
    if _acted_since(decision):
        words = _(
            "Somebody has decided about this post since. Look at it as it is now, and "
            "decide anew."
        )
        raise Refused("decision", words)
    return way(decision, by, reason)


def can_undo(decision: Decision) -> bool:
    return Act(decision.act) in _WAYS and not hasattr(decision, "undone_by")


def _acted_since(decision: Decision) -> bool:
    later = Decision.objects.filter(
        post=decision.post, addendum=decision.addendum, number__gt=decision.number
    )
    return later.exclude(act__in=_HARMLESS).exists()


# What leaves a post as it was.
_HARMLESS = (Act.REMOVE_TEXT, Act.CONFIRM_HIDE, Act.ANSWER_APPEAL)


def _unclassify(decision: Decision, by: Editor, reason: str) -> Decision:
    assert decision.post is not None  # noqa: S101 - these acts are about posts
    paths = decision.facts.get("sections_were")
    return placing.classify(
        by=by,
        post=decision.post,
        wire_class=decision.facts["was"],
        sections=_sections(paths) if paths is not None else None,
        reason=reason,
        undoes=decision,
    )


def _sections(paths: list[str]) -> list[Section]:
    return [section for section in Section.objects.all() if section.path in paths]


def _unhide(decision: Decision, by: Editor, reason: str) -> Decision:
    if decision.post is None:
        return heaps.bring_back(by=by, decision=decision, reason=reason)
    return placing.unhide(by=by, post=decision.post, reason=reason)


def _hide_again(decision: Decision, by: Editor, reason: str) -> Decision:
    """Under the rule of the hiding that was taken back, and for its reason."""
    before = decision.undoes
    if before is None or decision.post is None:
        raise Refused("decision", _("This cannot be taken back."))
    return placing.hide(
        by=by,
        post=decision.post,
        rule=before.rule,
        reason=reason or before.reason,
        undoes=decision,
    )


def _release(decision: Decision, by: Editor, reason: str) -> Decision:
    if decision.addendum:
        return commenting.unhide_comment(
            by=by, comment=decision.addendum, reason=reason, undoes=decision
        )
    if decision.post is None:
        raise Refused("decision", _("This was about a heap: look at its posts."))
    return placing.release(by=by, post=decision.post, reason=reason, undoes=decision)


def _switch_comments(decision: Decision, by: Editor, reason: str) -> Decision:
    assert decision.post is not None  # noqa: S101 - these acts are about posts
    return commenting.lock_comments(
        by=by,
        post=decision.post,
        locked=decision.act == Act.UNLOCK_COMMENTS,
        reason=reason,
        undoes=decision,
    )


def _unhide_comment(decision: Decision, by: Editor, reason: str) -> Decision:
    if decision.addendum is None:
        raise Refused("decision", _("The comment is gone."))
    return commenting.unhide_comment(
        by=by, comment=decision.addendum, reason=reason, undoes=decision
    )


def _hide_comment_again(decision: Decision, by: Editor, reason: str) -> Decision:
    before = decision.undoes
    if before is None or decision.addendum is None:
        raise Refused("decision", _("This cannot be taken back."))
    return commenting.hide_comment(
        by=by,
        comment=decision.addendum,
        rule=before.rule,
        reason=reason or before.reason,
        undoes=decision,
    )


_WAYS: dict[Act, Undo] = {
    Act.CLASSIFY: _unclassify,
    Act.HIDE: _unhide,
    Act.UNHIDE: _hide_again,
    Act.HOLD: _release,
    Act.LOCK_COMMENTS: _switch_comments,
    Act.UNLOCK_COMMENTS: _switch_comments,
    Act.HIDE_COMMENT: _unhide_comment,
    Act.UNHIDE_COMMENT: _hide_comment_again,
    Act.CORRECT: correcting.take_back,
}
