"""Undo is a decision too."""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.moderation import rules
from commonwire.moderation.actions import (
    clearing,
    commenting,
    correcting,
    featuring,
    placing,
)
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.actions.rulebook import screening_rule
from commonwire.moderation.models import Decision, Rule
from commonwire.moderation.states import Act
from commonwire.publishing.models import Feature, Section

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
    if decision.is_of_heap:
        return _of_heap(decision, by, reason)
    if _acted_since(decision):
        words = _(
            "Somebody has decided about this post since. Look at it as it is now, and "
            "decide anew."
        )
        raise Refused("decision", words)
    return way(decision, by, reason)


def _of_heap(decision: Decision, by: Editor, reason: str) -> Decision:
    """It goes back for those posts that nobody has decided about since."""
    if decision.act == Act.HOLD and decision.undoes_id is None:
        raise Refused("decision", _("This was about a heap: look at its posts."))
    return clearing.take_back(by=by, decision=decision, reason=reason)


def can_be_undone(history: list[Decision]) -> set[int]:
    """The numbers of those in a post's whole history that `undo` would take back now; of
    features and heaps a few questions more."""
    features = _changed_since(history)
    return {
        made.number
        for made in history
        if rules.can_be_taken_back(made)
        and not hasattr(made, "undone_by")
        and not _is_past(made, history, features)
    }


def _is_past(
    decision: Decision, history: list[Decision], features: dict[int, int]
) -> bool:
    if decision.is_of_heap:
        return not clearing.touches_still(decision)
    if feature := decision.facts.get("feature"):
        return features[feature] > decision.number
    about = (decision.post_id, decision.addendum_id)
    later = [
        made
        for made in history
        if made.number > decision.number and (made.post_id, made.addendum_id) == about
    ]
    return _stands_any(later)


def _changed_since(history: list[Decision]) -> dict[int, int]:
    """The newest decision about each of the features that a history tells of."""
    told = [made.number for made in history if "feature" in made.facts]
    if not told:
        return {}
    rows = Decision.objects.filter(
        act__in=(Act.FEATURE, Act.UNFEATURE), number__gte=min(told)
    )
    found: dict[int, int] = {}
    for number, facts in rows.order_by("number").values_list("number", "facts"):
        found[facts.get("feature")] = number
    return found


def _acted_since(decision: Decision) -> bool:
    """Whether anything stands that was decided later; what was taken back does not."""
    feature = decision.facts.get("feature")
    if feature:
        later = Decision.objects.filter(number__gt=decision.number)
        return later.filter(facts__feature=feature).exists()
    later = Decision.objects.filter(
        post=decision.post, addendum=decision.addendum, number__gt=decision.number
    )
    return _stands_any(later)


def _stands_any(later: Iterable[Decision]) -> bool:
    known = {made.pk: made for made in later if made.act not in _HARMLESS}
    taken_back = {made.undoes_id for made in known.values()}
    return any(
        made.pk not in taken_back and _stands(made, known) for made in known.values()
    )


def _stands(last: Decision, known: dict[int, Decision]) -> bool:
    """Of a chain in which each takes back the one before: an even one comes to nothing."""
    length = 1
    before = last.undoes_id
    while before in known:
        length += 1
        before = known[before].undoes_id
    return length % 2 == 1


# What leaves a post as it was.
_HARMLESS = (
    Act.REMOVE_TEXT,
    Act.CONFIRM_HIDE,
    Act.ANSWER_APPEAL,
    Act.HOLD_APPEAL,
    Act.SHOW_APPEAL,
    Act.REDACT_APPEAL,
    Act.REDACT_FLAG,
    Act.FEATURE,
    Act.UNFEATURE,
)


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
        waits=bool(decision.facts.get("released")),
    )


def _sections(paths: list[str]) -> list[Section]:
    return [section for section in Section.objects.all() if section.path in paths]


def _unhide(decision: Decision, by: Editor, reason: str) -> Decision:
    assert decision.post is not None  # noqa: S101 - those of heaps go another way
    waits = bool(decision.facts.get("waited"))
    return placing.unhide(by=by, post=decision.post, reason=reason, waits=waits)


def _hide_again(decision: Decision, by: Editor, reason: str) -> Decision:
    """Under the rule of the hiding that was taken back, and for its reason."""
    before = decision.undoes
    if before is None or decision.post is None:
        raise Refused("decision", _("This cannot be taken back."))
    return placing.hide(
        by=by,
        post=decision.post,
        rule=_in_force(before.rule),
        reason=reason or before.reason,
        undoes=decision,
    )


def _release(decision: Decision, by: Editor, reason: str) -> Decision:
    if decision.addendum:
        return commenting.unhide_comment(
            by=by, comment=decision.addendum, reason=reason, undoes=decision
        )
    assert decision.post is not None  # noqa: S101 - those of heaps go another way
    return placing.release(by=by, post=decision.post, reason=reason, undoes=decision)


def _hold_again(decision: Decision, by: Editor, reason: str) -> Decision:
    """Under the rule of the hold that was ended, if it was an editor's."""
    if decision.addendum or decision.post is None:
        raise Refused("decision", _("This cannot be taken back. Hide it instead."))
    before = Decision.objects.filter(
        post=decision.post, addendum=None, act=Act.HOLD, number__lt=decision.number
    ).first()
    return placing.hold(
        by=by,
        post=decision.post,
        rule=_in_force(before.rule if before else None) or screening_rule(),
        reason=reason or (before and before.reason) or _("Released by mistake."),
        undoes=decision,
    )


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
        by=by,
        comment=decision.addendum,
        reason=reason,
        undoes=decision,
        waits=bool(decision.facts.get("waited")),
    )


def _hide_comment_again(decision: Decision, by: Editor, reason: str) -> Decision:
    before = decision.undoes
    if before is None or decision.addendum is None:
        raise Refused("decision", _("This cannot be taken back."))
    return commenting.hide_comment(
        by=by,
        comment=decision.addendum,
        rule=_in_force(before.rule),
        reason=reason or before.reason,
        undoes=decision,
    )


def _in_force(rule: Rule | None) -> Rule | None:
    """Whoever takes something back chooses no rule, and so cannot choose another."""
    if rule is not None and rule.retired_at:
        words = _(
            "The rule “%(rule)s” is no longer in force. Hide it anew, under another."
        )
        raise Refused("decision", words % {"rule": rule.title})
    return rule


def _switch_feature(decision: Decision, by: Editor, reason: str) -> Decision:
    feature = Feature.objects.filter(pk=decision.facts["feature"]).first()
    if feature is None or decision.facts.get("what") == "changed":
        words = _("The words were changed: change them back in the feature’s form.")
        raise Refused("decision", words)
    act = featuring.take_down if decision.act == Act.FEATURE else featuring.put_back
    return act(by=by, feature=feature, reason=reason, undoes=decision)


_WAYS: dict[Act, Undo] = {
    Act.CLASSIFY: _unclassify,
    Act.HIDE: _unhide,
    Act.UNHIDE: _hide_again,
    Act.HOLD: _release,
    Act.RELEASE: _hold_again,
    Act.LOCK_COMMENTS: _switch_comments,
    Act.UNLOCK_COMMENTS: _switch_comments,
    Act.HIDE_COMMENT: _unhide_comment,
    Act.UNHIDE_COMMENT: _hide_comment_again,
    Act.FEATURE: _switch_feature,
    Act.UNFEATURE: _switch_feature,
    Act.CORRECT: correcting.take_back,
}
