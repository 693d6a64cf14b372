"""Asking for a second look, and answering in public."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.changes.record import record
from commonwire.kit.mail_mask import mask
from commonwire.kit.typed_text import clean_text, is_blank
from commonwire.moderation import queries, rules
from commonwire.moderation.actions.deciding import Refused, decide
from commonwire.moderation.actions.placing import release, standing, unhide
from commonwire.moderation.models import Appeal, Decision
from commonwire.moderation.models.appeal import APPEAL_LENGTH
from commonwire.moderation.states import Act, Appellant
from commonwire.publishing.actions.facts import facts_of
from commonwire.publishing.models import Post


@transaction.atomic
def appeal(*, post: Post, by: str, text: str) -> Appeal:
    """Ask that another editor look at the decision that keeps a post from the lists."""
    post = standing(post)
    text = mask(clean_text(text).text)
    if is_blank(text):
        raise Refused("text", _("Write why it should be looked at again."))
    if len(text) > APPEAL_LENGTH:
        words = _("An appeal has %(most)s characters at most; this one has %(has)s.")
        raise Refused("text", words % {"most": APPEAL_LENGTH, "has": len(text)})
    decision = queries.keeping_back(post)
    if decision is None:
        words = _("Nothing keeps this post from the lists, so there is no appeal.")
        raise Refused("post", words)
    try:
        with transaction.atomic():
            made = Appeal.objects.create(
                post=post, decision=decision, by=Appellant(by), text=text
            )
    except IntegrityError:
        words = _("This was asked already; the answer will stand beside the decision.")
        raise Refused("post", words) from None
    _record("appeal.opened", post, decision)
    return made


@transaction.atomic
def answer(*, by: Editor, appeal: Appeal, upheld: bool, reason: str) -> Decision:
    """Judge another editor's decision; an appeal that is upheld brings the post back."""
    appeal = (
        Appeal.objects.select_for_update(of=("self",))
        .select_related("decision", "decision__rule", "post")
        .get(pk=appeal.pk)
    )
    post = standing(appeal.post)
    if appeal.answer_id is not None:
        raise Refused("appeal", _("Another editor has answered this appeal."))
    if not rules.may_answer(by, appeal):
        words = _("Another editor than the one who decided must answer.")
        raise Refused("appeal", words)
    decision = decide(
        act=Act.ANSWER_APPEAL,
        by=by,
        post=post,
        rule=appeal.decision.rule,
        reason=reason,
        facts={"of": appeal.decision.number, "by": appeal.by, "upheld": upheld},
    )
    appeal.answer, appeal.upheld = decision, upheld
    appeal.save(update_fields=["answer", "upheld"])
    if upheld:
        _bring_back(by, post, appeal.decision)
    _record("appeal.answered", post, appeal.decision)
    return decision


def _record(kind: str, post: Post, decision: Decision) -> None:
    """For the decision's page and the post's."""
    facts = facts_of(post)
    record(kind=kind, post_id=post.pk, number=decision.number, **facts)


def _bring_back(by: Editor, post: Post, decision: Decision) -> None:
    """Undo what was appealed against, if it still stands."""
    if queries.keeping_back(post) != decision:
        return
    if decision.act == Act.HIDE:
        unhide(by=by, post=post)
    else:
        release(by=by, post=post)
