"""Asking for a second look, and answering in public."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.changes.record import record
from commonwire.kit.typed_text import clean_text, is_blank
from commonwire.moderation import discretion, queries, rules, screening
from commonwire.moderation.actions.deciding import Refused, check_repeats, decide
from commonwire.moderation.actions.placing import release, standing, unhide
from commonwire.moderation.actions.rulebook import screening_rule
from commonwire.moderation.models import Appeal, Decision, Rule
from commonwire.moderation.models.appeal import APPEAL_LENGTH
from commonwire.moderation.repeats import Taken
from commonwire.moderation.states import Act, Appellant
from commonwire.publishing.actions.facts import facts_of
from commonwire.publishing.content import Doubt
from commonwire.publishing.models import Post


@transaction.atomic
def appeal(*, post: Post, by: str, text: str) -> Appeal:
    """Ask that another editor look at the decision that keeps a post from the lists."""
    post = standing(post)
    text = clean_text(text).text
    # A reader who guesses at an author's contact is not told that it is the one.
    _check(text, post if by == Appellant.AUTHOR else None)
    decision = queries.keeping_back(post)
    if decision is None:
        words = _("Nothing keeps this post from the lists, so there is no appeal.")
        raise Refused("post", words)
    doubts = screening.of_words(text)
    try:
        with transaction.atomic():
            made = Appeal.objects.create(
                post=post,
                decision=decision,
                by=Appellant(by),
                text=text,
                doubts=[[doubt.code, doubt.words] for doubt in doubts],
            )
    except IntegrityError:
        words = _("This was asked already; the answer will stand beside the decision.")
        raise Refused("post", words) from None
    if doubts:
        _hold(made, doubts)
    _record("appeal.opened", post, decision)
    return made


def _check(text: str, post: Post | None) -> None:
    if is_blank(text):
        raise Refused("text", _("Write why it should be looked at again."))
    if len(text) > APPEAL_LENGTH:
        words = _("An appeal has %(most)s characters at most; this one has %(has)s.")
        raise Refused("text", words % {"most": APPEAL_LENGTH, "has": len(text)})
    found = discretion.private_in(text, post)
    if found:
        words = _("Everybody will be able to read this. %(mend)s")
        raise Refused("text", words % {"mend": discretion.advice(found)})


def _hold(made: Appeal, doubts: list[Doubt]) -> None:
    """The appeal stands and will be answered; its words are for editors until then."""
    slug = next((doubt.rule for doubt in doubts if doubt.rule), "")
    rule = Rule.objects.filter(slug=slug).first() if slug else None
    facts = {**_facts(made), "because": [doubt.code for doubt in doubts]}
    decide(
        act=Act.HOLD_APPEAL,
        by=None,
        post=made.post,
        rule=rule or screening_rule(),
        facts=facts,
    )


def _facts(appeal: Appeal) -> dict[str, Any]:
    return {"of": appeal.decision.number, "by": appeal.by}


@transaction.atomic
def show(*, by: Editor, appeal: Appeal, reason: str = "") -> Decision:
    """Let everybody read the words that screening held back."""
    appeal = _locked(appeal)
    if not appeal.doubts:
        words = _(
            "These words are not held back; a reader’s are shown with the answer."
        )
        raise Refused("appeal", words)
    decision = decide(
        act=Act.SHOW_APPEAL,
        by=by,
        post=appeal.post,
        reason=reason,
        facts=_facts(appeal),
    )
    appeal.doubts = []
    appeal.save(update_fields=["doubts"])
    _record("appeal.shown", appeal.post, appeal.decision)
    return decision


@transaction.atomic
def redact(*, by: Editor, appeal: Appeal, rule: Rule | None, reason: str) -> Decision:
    """Take the words of an appeal out for somebody's safety; it goes on being one, and
    a line says under which rule they went."""
    appeal = _locked(appeal)
    if not appeal.text:
        raise Refused("appeal", _("The words of this appeal are gone already."))
    if not rules.may_take_out(by, appeal.decision):
        words = _("You decided this: another editor must take these words out.")
        raise Refused("appeal", words)
    check_repeats(reason, Taken((appeal.text,)))
    decision = decide(
        act=Act.REDACT_APPEAL,
        by=by,
        post=appeal.post,
        rule=rule,
        reason=reason,
        facts=_facts(appeal),
    )
    appeal.text, appeal.doubts, appeal.removed_under = "", [], rule
    appeal.save(update_fields=["text", "doubts", "removed_under"])
    _record("decision.redacted", appeal.post, appeal.decision)
    return decision


def _locked(appeal: Appeal) -> Appeal:
    rows = Appeal.objects.select_for_update(of=("self",))
    return rows.select_related("decision", "decision__rule", "post").get(pk=appeal.pk)


@transaction.atomic
def answer(*, by: Editor, appeal: Appeal, upheld: bool, reason: str) -> Decision:
    """Judge another editor's decision; an appeal that is upheld brings the post back."""
    appeal = _locked(appeal)
    post = standing(appeal.post)
    if appeal.answer_id is not None:
        raise Refused("appeal", _("Another editor has answered this appeal."))
    if appeal.settled_by_id is not None:
        words = _("This needs no answer any more: what it is against has ended.")
        raise Refused("appeal", words)
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
