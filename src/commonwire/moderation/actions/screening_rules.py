"""Editors' own rules of screening: making, changing and switching them are decisions.

The log says which rule, of what kind and under which published rule it holds; not what it
looks for, or whoever it is meant for would read it there.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.kit import seen as seen_marks
from commonwire.kit.typed_text import clean_line
from commonwire.moderation import patterns
from commonwire.moderation.actions.deciding import Refused, decide
from commonwire.moderation.models import Decision, ScreeningRule
from commonwire.moderation.states import Act

# Each reads every text that comes in.
MOST_ACTIVE = 50


def mark_of(rule: ScreeningRule) -> str:
    """What its form shows of it."""
    told = (rule.kind, rule.pattern, rule.rule_id, rule.note, rule.active)
    return seen_marks.mark_of(*told)


@transaction.atomic
def save_screening_rule(
    *, by: Editor, rule: ScreeningRule, reason: str = "", seen: str = ""
) -> Decision | None:
    """Make or change a rule, switched on or off as it says; None when nothing is
    different. Raises Refused, ValidationError for what cannot be read, and Overtaken
    when its mark is not ``seen`` any more."""
    patterns.check(rule.kind, rule.pattern)
    rule.note = clean_line(rule.note).text
    before = ScreeningRule.objects.select_for_update().filter(pk=rule.pk).first()
    if before:
        seen_marks.check(seen, mark_of(before))
    what = _what(before, rule)
    if what is None:
        return None
    if rule.active and not (before and before.active):
        _check_room()
    rule.save()
    facts = {"what": what, "screening": rule.pk, "kind": rule.kind, "on": rule.active}
    return decide(
        act=Act.CHANGE_SCREENING, by=by, rule=rule.rule, reason=reason, facts=facts
    )


def _what(before: ScreeningRule | None, rule: ScreeningRule) -> str | None:
    if before is None:
        return "made"
    names = ("kind", "pattern", "rule_id", "note")
    if any(getattr(before, name) != getattr(rule, name) for name in names):
        return "changed"
    if before.active == rule.active:
        return None
    return "switched-on" if rule.active else "switched-off"


def _check_room() -> None:
    if ScreeningRule.objects.filter(active=True).count() >= MOST_ACTIVE:
        words = _(
            "%(most)s rules are on, which is as many as can be. Switch one off, or add "
            "these lines to one of them."
        )
        raise Refused("active", words % {"most": MOST_ACTIVE})
