"""Any act at the desk, said as data: what an editor's form or program asks for, and
about what. One table leads from each act to the action that does it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.accounts.permissions import may
from commonwire.moderation import rules
from commonwire.moderation.actions import (
    appealing,
    commenting,
    flagging,
    placing,
    undoing,
    withdrawing,
)
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.models import Appeal, Decision, Flag, Rule
from commonwire.moderation.states import Act
from commonwire.publishing.models import Addendum, Correction, Post, Section


@dataclass(frozen=True)
class Order:
    """What is to be done; the fields that an act does not need are left alone."""

    act: Act
    wire_class: str = ""
    sections: tuple[Section, ...] | None = None
    rule: Rule | None = None
    reason: str = ""
    upheld: bool = False
    undo: bool = False
    # Of withdrawing for safety: the title goes from the address, too.
    rename: bool = True


@dataclass(frozen=True)
class Target:
    """What it is to be done to: a post, or one of what belongs to it."""

    post: Post | None = None
    comment: Addendum | None = None
    appeal: Appeal | None = None
    correction: Correction | None = None
    flag: Flag | None = None
    decision: Decision | None = None

    @property
    def title(self) -> str:
        """What to call it in a sentence."""
        if self.comment is not None:
            return self.comment.title or self.comment.post.title
        if self.post is not None:
            return self.post.title or self.post.path
        return _("decision %(number)s") % {
            "number": self.decision.number if self.decision else ""
        }


@dataclass
class Outcome:
    """One decision for each that could be decided, and why not for the rest."""

    done: list[Decision] = field(default_factory=list)
    refused: list[tuple[Target, Refused]] = field(default_factory=list)


@transaction.atomic
def carry_out_each(*, by: Editor, order: Order, targets: Iterable[Target]) -> Outcome:
    """One order about many; what cannot be decided leaves the others alone. In one
    transaction, so that the front page is printed once."""
    outcome = Outcome()
    for target in targets:
        try:
            with transaction.atomic():
                outcome.done.append(carry_out(by=by, order=order, target=target))
        except Refused as refused:
            outcome.refused.append((target, refused))
    return outcome


@transaction.atomic
def carry_out(*, by: Editor, order: Order, target: Target) -> Decision:
    """Raises Refused."""
    act = _act_of(order, target)
    if not may(by, rules.needed_for(act)):
        raise Refused("act", _("You may not do this. Ask a steward."))
    if order.undo:
        return undoing.undo(by=by, decision=_decision(target), reason=order.reason)
    way = _WAYS.get(order.act)
    if way is None:
        raise Refused("act", _("This has a page of its own."))
    made = way(by, order, target)
    if order.act in _SETTLING and target.post is not None:
        flagging.clear_flags(post=target.post, comment=target.comment)
    return made


def _act_of(order: Order, target: Target) -> Act:
    return Act(_decision(target).act) if order.undo else order.act


def _decision(target: Target) -> Decision:
    if target.decision is None:
        raise Refused("decision", _("There is no such decision."))
    return target.decision


def _post(target: Target) -> Post:
    """Not that of a comment: who ticks a comment does not mean its post."""
    if target.post is None or target.comment is not None:
        raise Refused("post", _("This is for whole posts."))
    return target.post


def _comment(target: Target) -> Addendum:
    if target.comment is None:
        raise Refused("comment", _("Say which comment."))
    return target.comment


def _classify(by: Editor, order: Order, target: Target) -> Decision:
    post = _post(target)
    return placing.classify(
        by=by,
        post=post,
        wire_class=order.wire_class or post.wire_class,
        sections=order.sections,
        reason=order.reason,
    )


def _hide(by: Editor, order: Order, target: Target) -> Decision:
    if target.comment is not None:
        return _hide_comment(by, order, target)
    return placing.hide(by=by, post=_post(target), rule=order.rule, reason=order.reason)


def _hold(by: Editor, order: Order, target: Target) -> Decision:
    return placing.hold(by=by, post=_post(target), rule=order.rule, reason=order.reason)


def _release(by: Editor, order: Order, target: Target) -> Decision:
    if target.comment is not None:
        return commenting.unhide_comment(
            by=by, comment=target.comment, reason=order.reason
        )
    return placing.release(by=by, post=_post(target), reason=order.reason)


def _lock(by: Editor, order: Order, target: Target) -> Decision:
    return commenting.lock_comments(
        by=by,
        post=_post(target),
        locked=order.act == Act.LOCK_COMMENTS,
        reason=order.reason,
    )


def _hide_comment(by: Editor, order: Order, target: Target) -> Decision:
    return commenting.hide_comment(
        by=by, comment=_comment(target), rule=order.rule, reason=order.reason
    )


def _redact(by: Editor, order: Order, target: Target) -> Decision:
    if target.correction is None:
        raise Refused("correction", _("Say which correction."))
    return withdrawing.redact_correction(
        by=by, correction=target.correction, rule=order.rule, reason=order.reason
    )


def _appeal(target: Target) -> Appeal:
    if target.appeal is None:
        raise Refused("appeal", _("Say which appeal."))
    return target.appeal


def _answer(by: Editor, order: Order, target: Target) -> Decision:
    return appealing.answer(
        by=by, appeal=_appeal(target), upheld=order.upheld, reason=order.reason
    )


def _redact_flag(by: Editor, order: Order, target: Target) -> Decision:
    if target.flag is None:
        raise Refused("flag", _("Say which report."))
    return flagging.redact(
        by=by, flag=target.flag, rule=order.rule, reason=order.reason
    )


_WAYS: dict[Act, Callable[[Editor, Order, Target], Decision]] = {
    Act.CLASSIFY: _classify,
    Act.HIDE: _hide,
    Act.UNHIDE: lambda by, order, target: placing.unhide(
        by=by, post=_post(target), reason=order.reason
    ),
    Act.CONFIRM_HIDE: lambda by, order, target: placing.confirm_hide(
        by=by, post=_post(target), reason=order.reason
    ),
    Act.HOLD: _hold,
    Act.RELEASE: _release,
    Act.LOCK_COMMENTS: _lock,
    Act.UNLOCK_COMMENTS: _lock,
    Act.HIDE_COMMENT: _hide_comment,
    Act.UNHIDE_COMMENT: lambda by, order, target: commenting.unhide_comment(
        by=by, comment=_comment(target), reason=order.reason
    ),
    Act.WITHDRAW_FOR_SAFETY: lambda by, order, target: withdrawing.withdraw_for_safety(
        by=by,
        post=_post(target),
        rule=order.rule,
        reason=order.reason,
        rename=order.rename,
    ),
    Act.WITHDRAW_COMMENT: lambda by, order, target: withdrawing.withdraw_comment(
        by=by, comment=_comment(target), rule=order.rule, reason=order.reason
    ),
    Act.REDACT_CORRECTION: _redact,
    Act.ANSWER_APPEAL: _answer,
    Act.SHOW_APPEAL: lambda by, order, target: appealing.show(
        by=by, appeal=_appeal(target), reason=order.reason
    ),
    Act.REDACT_APPEAL: lambda by, order, target: appealing.redact(
        by=by, appeal=_appeal(target), rule=order.rule, reason=order.reason
    ),
    Act.REDACT_FLAG: _redact_flag,
    Act.REMOVE_TEXT: lambda by, order, target: withdrawing.remove_text(
        by=by, of=_decision(target), rule=order.rule, reason=order.reason
    ),
}
# What answers the flags about a post or a comment.
_SETTLING = frozenset(
    {
        Act.HIDE,
        Act.UNHIDE,
        Act.CONFIRM_HIDE,
        Act.HOLD,
        Act.RELEASE,
        Act.HIDE_COMMENT,
        Act.UNHIDE_COMMENT,
    }
)
