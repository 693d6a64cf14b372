"""Editors' corrections: shown as differences and marked as the editors'."""

from django.db import transaction
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.moderation.actions.deciding import Refused, decide
from commonwire.moderation.actions.placing import standing
from commonwire.moderation.models import Decision
from commonwire.moderation.states import Act
from commonwire.publishing.actions import corrections
from commonwire.publishing.content import Revision
from commonwire.publishing.models import Addendum, Correction, Post
from commonwire.publishing.states import Author


@transaction.atomic
def correct(  # noqa: PLR0913 - so many parts has a correction
    *,
    by: Editor,
    post: Post,
    fields: dict[str, str],
    reason: str,
    part: Addendum | None = None,
    undoes: Decision | None = None,
    seen: str = "",
) -> Decision:
    """Change a post's text, or that of one of its parts. The reason stands as the
    correction's note. ``seen``: as for an author's correction."""
    post = standing(post)
    made = corrections.correct(
        post=post,
        revision=Revision(fields=fields, note=reason),
        by=Author.EDITOR,
        addendum=part,
        seen=seen,
    )
    if made is None:
        raise Refused("body", _("Nothing is different from what stands there."))
    return _decide(made, by, undoes)


def corrected_by_program(correction: Correction, by: Editor) -> None:
    """Log what an editor's program has corrected. Called by `publishing`, in the
    transaction that corrects."""
    _decide(correction, by, None)


def _decide(made: Correction, by: Editor, undoes: Decision | None) -> Decision:
    return decide(
        act=Act.CORRECT,
        by=by,
        post=made.post,
        addendum=made.addendum,
        reason=made.note,
        facts={"correction": made.pk, "fields": sorted(made.after)},
        undoes=undoes,
    )


def take_back(decision: Decision, by: Editor, reason: str) -> Decision:
    """Put the old words back: another correction, dated and shown like any."""
    made = Correction.objects.filter(pk=decision.facts["correction"]).first()
    if made is None or made.redacted or decision.post is None:
        raise Refused("decision", _("The old words are gone."))
    return correct(
        by=by,
        post=decision.post,
        fields=made.before,
        reason=reason or _("taken back"),
        part=decision.addendum,
        undoes=decision,
    )
