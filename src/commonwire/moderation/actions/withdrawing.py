"""Withdrawn for safety: private data, threats. The text goes from everywhere at once,
and cannot be brought back; a line remains."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.changes.record import record
from commonwire.moderation import rules
from commonwire.moderation.actions.deciding import Refused, check_repeats, decide
from commonwire.moderation.actions.placing import standing
from commonwire.moderation.models import Decision, Rule
from commonwire.moderation.repeats import Taken
from commonwire.moderation.states import Act
from commonwire.publishing.actions import corrections
from commonwire.publishing.actions.facts import facts_of
from commonwire.publishing.models import Addendum, Correction, Post
from commonwire.publishing.states import Author


@transaction.atomic
def withdraw_for_safety(
    *, by: Editor, post: Post, rule: Rule | None, reason: str, rename: bool = True
) -> Decision:
    """Delete a post's words and files, those of its parts and comments, and what was
    written about it in appeals, flags and messages.

    ``rename``: the title is in its address; so that goes too, and a neutral one says
    what became of it.
    """
    post = standing(post)
    check_repeats(reason, words_of(post))
    decision = decide(
        act=Act.WITHDRAW_FOR_SAFETY,
        by=by,
        post=post,
        rule=rule,
        reason=reason,
        facts={"renamed": rename},
    )
    post.flags.all().delete()
    post.messages.all().delete()
    corrections.withdraw(post=post, by=Author.EDITOR, rename=rename)
    return decision


def words_of(taken: Post | Addendum) -> Taken:
    """What goes, as far as a reason could repeat it: a post's with its parts and
    comments."""
    if isinstance(taken, Addendum):
        return Taken((taken.title, taken.body), (taken.byline,))
    parts = taken.addenda.filter(withdrawn_at=None)
    texts, names = [taken.title, taken.summary, taken.body], [taken.byline]
    for title, byline, body in parts.values_list("title", "byline", "body"):
        texts += [title, body]
        names.append(byline)
    return Taken(tuple(texts), tuple(names))


def clear_away(post: Post) -> None:
    """Of a post that goes, nothing is left to judge: what waits about it leaves the
    desk, with the words. Called by `publishing`, whoever withdraws it."""
    post.appeals.update(text="", doubts=[], withdrawn=True)
    post.flags.filter(seen_at=None).update(seen_at=timezone.now(), notes=[])


@transaction.atomic
def withdraw_comment(
    *, by: Editor, comment: Addendum, rule: Rule | None, reason: str
) -> Decision:
    """Delete the words and the files of a comment, or of one part of a post."""
    post = standing(comment.post)
    check_repeats(reason, words_of(comment))
    decision = decide(
        act=Act.WITHDRAW_COMMENT,
        by=by,
        post=post,
        addendum=comment,
        rule=rule,
        reason=reason,
    )
    comment.flags.all().delete()
    corrections.withdraw_addendum(addendum=comment)
    return decision


@transaction.atomic
def redact_correction(
    *, by: Editor, correction: Correction, rule: Rule | None, reason: str
) -> Decision:
    """Delete the old and new text that a correction shows as a difference."""
    post = standing(correction.post)
    check_repeats(reason, _differing(correction))
    decision = decide(
        act=Act.REDACT_CORRECTION,
        by=by,
        post=post,
        rule=rule,
        reason=reason,
        facts={"correction": correction.pk},
    )
    corrections.redact(correction=correction)
    return decision


def _differing(correction: Correction) -> Taken:
    """What it shows and is no longer, or not yet, on the post's own page."""
    fields = (correction.before, correction.after)
    told = [
        (k, v) for values in fields for k, v in values.items() if isinstance(v, str)
    ]
    names = tuple(words for name, words in told if name == "byline")
    return Taken(tuple(words for name, words in told if name != "byline"), names)


@transaction.atomic
def remove_text(
    *, by: Editor, of: Decision, rule: Rule | None, reason: str
) -> Decision:
    """Take the words of a decision's reason out of the log. Its entry, and with it every
    proof, stays: it holds a commitment to the words, not the words."""
    of = Decision.objects.select_for_update().get(pk=of.pk)
    if not of.reason:
        raise Refused("decision", _("This decision has no reason to take out."))
    if not rules.may_take_out(by, of):
        words = _("You decided this: another editor must take its reason out.")
        raise Refused("decision", words)
    check_repeats(reason, Taken((of.reason,)))
    decision = decide(
        act=Act.REMOVE_TEXT,
        by=by,
        post=of.post,
        rule=rule,
        reason=reason,
        facts={"of": of.number},
    )
    of.reason, of.reason_salt, of.reason_removed_under = "", b"", rule
    of.save(update_fields=["reason", "reason_salt", "reason_removed_under"])
    facts = facts_of(of.post) if of.post else {}
    record(kind="decision.redacted", post_id=of.post_id, number=of.number, **facts)
    return decision
