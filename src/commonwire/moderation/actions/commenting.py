"""What editors decide about comments, and about whether there may be any."""

from django.db import transaction
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.moderation.actions.deciding import Refused, decide
from commonwire.moderation.actions.placing import standing, waited_before
from commonwire.moderation.models import Decision, Rule
from commonwire.moderation.states import Act
from commonwire.publishing.actions import sorting
from commonwire.publishing.models import Addendum, Post


@transaction.atomic
def lock_comments(
    *,
    by: Editor,
    post: Post,
    locked: bool,
    reason: str = "",
    undoes: Decision | None = None,
) -> Decision:
    """Take no more comments on a post, or take them again."""
    post = standing(post)
    if post.comments_locked == locked:
        raise Refused("post", _("The comments on this post are so already."))
    act = Act.LOCK_COMMENTS if locked else Act.UNLOCK_COMMENTS
    decision = decide(act=act, by=by, post=post, reason=reason, undoes=undoes)
    sorting.lock_comments(post=post, locked=locked)
    return decision


@transaction.atomic
def hide_comment(
    *,
    by: Editor,
    comment: Addendum,
    rule: Rule | None,
    reason: str,
    undoes: Decision | None = None,
) -> Decision:
    """Fold a comment away behind the rule and the reason."""
    post = standing(comment.post)
    _check(comment, hidden=False)
    decision = decide(
        act=Act.HIDE_COMMENT,
        by=by,
        post=post,
        addendum=comment,
        rule=rule,
        reason=reason,
        facts={"waited": True} if comment.waiting_since else {},
        undoes=undoes,
    )
    sorting.show_comment(comment=comment, hidden=True)
    return decision


@transaction.atomic
def unhide_comment(
    *,
    by: Editor,
    comment: Addendum,
    reason: str = "",
    undoes: Decision | None = None,
    waits: bool = False,
) -> Decision:
    """Show a comment that was hidden or that waited. ``waits``: it waits for an editor
    again, as it did before it was hidden."""
    post = standing(comment.post)
    comment.refresh_from_db()
    act = Act.UNHIDE_COMMENT if comment.hidden else Act.RELEASE
    if not comment.hidden and comment.waiting_since is None:
        raise Refused("comment", _("This comment is shown already."))
    decision = decide(
        act=act,
        by=by,
        post=post,
        addendum=comment,
        reason=reason,
        facts={"waits": True} if waits else {},
        undoes=undoes,
    )
    sorting.show_comment(comment=comment, hidden=False)
    if waits:
        sorting.keep_comment_waiting(comment=comment, because=waited_before())
    return decision


def _check(comment: Addendum, *, hidden: bool) -> None:
    comment.refresh_from_db()
    if not comment.is_comment:
        words = _("This part is by the post's author: hide the post instead.")
        raise Refused("comment", words)
    if comment.hidden != hidden:
        raise Refused("comment", _("This comment is hidden already."))
