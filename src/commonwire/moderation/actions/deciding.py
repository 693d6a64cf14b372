"""Writing a decision: a row, an entry of the public log and a change, in the transaction
of its effect."""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.changes.record import record
from commonwire.kit.typed_text import clean_text, is_blank
from commonwire.moderation import discretion, repeats
from commonwire.moderation.actions import log
from commonwire.moderation.log.canonical import canonical
from commonwire.moderation.log.entries import entry_of
from commonwire.moderation.models import Decision, Rule
from commonwire.moderation.models.decision import REASON_LENGTH, SCREENING
from commonwire.moderation.states import REASONED, RULED, Act
from commonwire.publishing.models import Addendum, Post

_SALT_BYTES = 16


class Refused(ValueError):
    """A decision that cannot be made: which field is wrong, and what mends it."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field
        self.words = words


def decide(  # noqa: PLR0913 - so many parts has an entry
    *,
    act: Act,
    by: Editor | None,
    post: Post | None = None,
    addendum: Addendum | None = None,
    rule: Rule | None = None,
    reason: str = "",
    facts: dict[str, Any] | None = None,
    undoes: Decision | None = None,
) -> Decision:
    """Write what was decided; call it inside the transaction of the effect.

    ``by``: None for what screening, or the clock, decides. ``facts``: ids, slugs and
    counts; no free text, for the entry stays for ever. Raises Refused.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a decision goes with its effect in one transaction")
    reason = clean_text(reason).text
    if is_blank(reason) or not any(map(str.isalnum, reason)):  # dots are no words
        reason = ""
    if by is not None:
        check(act=act, post=post, rule=rule, reason=reason)
    decision = Decision(
        number=log.take_number(),
        act=act,
        post=post,
        addendum=addendum,
        editor=by,
        signed_as=by.pseudonym if by else SCREENING,
        rule=rule,
        reason=reason,
        reason_salt=secrets.token_bytes(_SALT_BYTES) if reason else b"",
        facts=facts or {},
        undoes=undoes,
        at=timezone.now().replace(microsecond=0),
    )
    log.append(canonical(entry_of(decision)))
    decision.save(force_insert=True)
    record(
        kind="decision.made",
        post_id=post.pk if post else None,
        number=decision.number,
        act=str(act),
        rule=rule.slug if rule else "",
        editor=decision.editor_id,
        month=f"{decision.at:%Y-%m}",
        # What its pages are found by, so that they ask no table in a flood.
        by=decision.signed_as if by else "",
        at=decision.at.isoformat(),
        earlier=_earlier(decision),
    )
    return decision


def _earlier(decision: Decision) -> list[int]:
    """The numbers of decisions that this one says something about."""
    named = (decision.facts.get(name) for name in ("of", "confirms"))
    found = {number for number in named if isinstance(number, int)}
    return sorted(found | ({decision.undoes.number} if decision.undoes else set()))


def check(*, act: Act, post: Post | None, rule: Rule | None, reason: str) -> None:
    """Whether an editor may decide so; raises Refused with what to mend."""
    if act in RULED and rule is None:
        raise Refused("rule", _("Choose the rule that this is done under."))
    if rule is not None and rule.retired_at:
        words = _("The rule “%(rule)s” is no longer in force. Choose another one.")
        raise Refused("rule", words % {"rule": rule.title})
    if act in REASONED and not reason:
        words = _("Write the reason: readers will see it beside the decision.")
        raise Refused("reason", words)
    if len(reason) > REASON_LENGTH:
        words = _("A reason has %(most)s characters at most; this one has %(has)s.")
        raise Refused("reason", words % {"most": REASON_LENGTH, "has": len(reason)})
    _check_discretion(post, reason)


def check_repeats(reason: str, taken: repeats.Taken) -> None:
    """Whether a reason leaves out what the act takes away; raises Refused."""
    said = repeats.repeated_in(clean_text(reason).text, taken)
    if said:
        words = _(
            "“%(said)s” stands in the text that is about to be deleted, and everybody "
            "can read the reason. Say in your own words what was wrong."
        )
        raise Refused("reason", words % {"said": said})


def _check_discretion(post: Post | None, reason: str) -> None:
    found = discretion.private_in(reason, post)
    if found:
        words = _("Everybody can read the reason. %(mend)s")
        raise Refused("reason", words % {"mend": discretion.advice(found)})
