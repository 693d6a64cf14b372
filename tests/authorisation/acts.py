"""Who may do what, act by act: behind `/desk/act/` and `/api/v1/decisions` lie all of
them. A new act without a row here fails.

To add one: ``Row(permission, about)``, with a function that makes something which the
act can be done to, where another editor was there before. Or, if it has a page of its
own, name it in ``ELSEWHERE``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from commonwire.accounts.permissions import Permission
from commonwire.moderation.actions import (
    appealing,
    commenting,
    flagging,
    placing,
)
from commonwire.moderation.models import Appeal
from commonwire.publishing.actions import corrections
from commonwire.publishing.content import Revision
from commonwire.publishing.states import PUBLIC_CLASSES
from tests.authorisation.table import SIGN_IN, Who
from tests.factories import a_comment, a_post, a_rule

WHY = "It sells pills."


@dataclass(frozen=True)
class Row:
    permission: Permission
    about: Callable[..., str]


def a_new_post(_by):
    return f"post:{a_post().pk}"


def a_waiting_post(_by):
    return f"post:{a_post(doubtful=True).pk}"


def a_locked_post(by):
    post = a_post()
    commenting.lock_comments(by=by, post=post, locked=True)
    return f"post:{post.pk}"


def _hiding(by):
    why = "It names a neighbour."  # not to be said again by who takes that out
    return placing.hide(by=by, post=a_post(), rule=a_rule(), reason=why)


def a_hidden_post(by):
    return f"post:{_hiding(by).post_id}"


def a_hiding(by):
    return f"decision:{_hiding(by).number}"


def a_sorting(by):
    made = placing.classify(by=by, post=a_post(), wire_class="local")
    return f"decision:{made.number}"


def a_new_comment(_by):
    return f"comment:{a_comment(a_post()).pk}"


def a_hidden_comment(by):
    comment = a_comment(a_post())
    commenting.hide_comment(by=by, comment=comment, rule=a_rule(), reason=WHY)
    return f"comment:{comment.pk}"


def a_correction(_by):
    revision = Revision({"title": "He lives here"})
    return f"correction:{corrections.correct(post=a_post(), revision=revision).pk}"


def an_appeal(by):
    made = appealing.appeal(post=_hiding(by).post, by="author", text="It is no advert.")
    return f"appeal:{made.pk}"


def a_held_appeal(by):
    name = an_appeal(by)
    Appeal.objects.update(doubts=[["words", "casino"]])
    return name


def a_flag(_by):
    made = flagging.flag(post=a_post(), rule=a_rule("false"), note="It was Monday.")
    return f"flag:{made.pk}"


ACTS = {
    **dict.fromkeys(
        (*PUBLIC_CLASSES, "place", "classify"), Row(Permission.SORT, a_new_post)
    ),
    "hide": Row(Permission.HIDE, a_new_post),
    "unhide": Row(Permission.HIDE, a_hidden_post),
    "confirm-hide": Row(Permission.HIDE, a_hidden_post),
    "hold": Row(Permission.RELEASE, a_new_post),
    "release": Row(Permission.RELEASE, a_waiting_post),
    "lock-comments": Row(Permission.LOCK_COMMENTS, a_new_post),
    "unlock-comments": Row(Permission.LOCK_COMMENTS, a_locked_post),
    "hide-comment": Row(Permission.HIDE, a_new_comment),
    "unhide-comment": Row(Permission.HIDE, a_hidden_comment),
    "withdraw-for-safety": Row(Permission.WITHDRAW, a_new_post),
    "withdraw-comment": Row(Permission.WITHDRAW, a_new_comment),
    "redact-correction": Row(Permission.WITHDRAW, a_correction),
    "redact-appeal": Row(Permission.WITHDRAW, an_appeal),
    "redact-flag": Row(Permission.WITHDRAW, a_flag),
    "show-appeal": Row(Permission.RELEASE, a_held_appeal),
    "remove-text": Row(Permission.TAKE_OUT_REASONS, a_hiding),
    **dict.fromkeys(
        ("uphold", "deny", "answer-appeal"), Row(Permission.ANSWER_APPEALS, an_appeal)
    ),
    # Who may do a thing may take it back.
    "undo": Row(Permission.SORT, a_sorting),
}
# Words of the log that no button of `/desk/act/` does.
ELSEWHERE = {
    "feature",
    "unfeature",
    "correct",
    "hold-appeal",
    "change-rule",
    "change-screening",
    "change-policy",
    "change-settings",
    "flood-on",
    "flood-off",
    "change-organisation",
    "verify-organisation",
    "doubt-organisation",
    "look-at-call",
    "invite-editor",
    "admit-editor",
    "remove-editor",
    "change-role",
}


def _answers(done, stopped) -> dict[Who, tuple[str | int, bool]]:
    let_in = {Who.EDITOR, Who.STEWARD}
    return {who: done if who in let_in else stopped for who in Who}


# With whether a decision comes of it.
BY_BUTTON = _answers((303, True), (SIGN_IN, False))
BY_PROGRAM = _answers((201, True), (401, False))
