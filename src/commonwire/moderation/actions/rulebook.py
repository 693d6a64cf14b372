"""The site's published rules: making, changing and retiring them are decisions."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.changes.record import record
from commonwire.kit import seen as seen_marks
from commonwire.kit.typed_text import clean_line, clean_text
from commonwire.moderation.actions.deciding import Refused, decide
from commonwire.moderation.default_rules import SCREENING_RULE, default_rules
from commonwire.moderation.models import Decision, PageVersion, Rule
from commonwire.moderation.states import Act


@transaction.atomic
def begin() -> None:
    """Give a site without any rule the ones that every site begins with."""
    if Rule.objects.exclude(slug=SCREENING_RULE).exists():
        return
    Rule.objects.bulk_create(
        (
            Rule(**rule._asdict(), position=number)
            for number, rule in enumerate(default_rules(), 1)
        ),
        ignore_conflicts=True,
    )


def screening_rule() -> Rule:
    """What automatic holds are decided under; it cannot be retired."""
    begin()
    return Rule.objects.get(slug=SCREENING_RULE)


def mark_of(rule: Rule) -> str:
    """What its form shows of it."""
    return seen_marks.mark_of(rule.title, rule.text, rule.position, rule.teaches_spam)


@transaction.atomic
def save_rule(*, by: Editor, rule: Rule, reason: str = "", seen: str = "") -> Decision:
    """Make or change a rule; old decisions keep pointing at it. ``seen``: its mark when
    the form was opened; raises Overtaken when it is another now."""
    rule.title, rule.text = clean_line(rule.title).text, clean_text(rule.text).text
    if not rule.title:
        raise Refused("title", _("Give the rule a title."))
    before = _in_force(rule) if rule.pk else None
    if before:
        seen_marks.check(seen, mark_of(before))
    rule.save()
    decision = decide(
        act=Act.CHANGE_RULE,
        by=by,
        reason=reason,
        facts={"what": "changed" if before else "made", "rule": rule.slug},
    )
    if before:
        words = f"{before.title}\n\n{before.text}"
        PageVersion.objects.create(
            name=f"rule:{rule.slug}", text=words, decision=decision
        )
    if before and before.title != rule.title:
        record(kind="site.changed")  # its title stands with every decision under it
    record(kind="rules.changed")
    return decision


@transaction.atomic
def retire_rule(*, by: Editor, rule: Rule, reason: str = "") -> Decision:
    """Take a rule out of force."""
    if rule.slug == SCREENING_RULE:
        words = _(
            "Screening decides under this rule: it stays while there is screening."
        )
        raise Refused("rule", words)
    _in_force(rule)
    rule.retired_at = timezone.now()
    rule.save()
    decision = decide(
        act=Act.CHANGE_RULE,
        by=by,
        reason=reason,
        facts={"what": "retired", "rule": rule.slug},
    )
    record(kind="rules.changed")
    return decision


def _in_force(rule: Rule) -> Rule:
    """As it is now: another steward may have retired it while this one typed."""
    now = Rule.objects.select_for_update().get(pk=rule.pk)
    if now.retired_at:
        words = _(
            "This rule is out of force, and can be changed no more. What you typed "
            "can become a new rule."
        )
        raise Refused("rule", words)
    return now
