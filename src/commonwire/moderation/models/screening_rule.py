from django.db import models
from django.utils.translation import gettext_lazy as _

from commonwire.kit.fates import PRIVATE
from commonwire.moderation import patterns
from commonwire.moderation.models.rule import Rule
from commonwire.moderation.states import Pattern


class ScreeningRule(models.Model):
    """What editors want to look at before it is listed. Holds, never hides."""

    kind = models.CharField(
        _("kind"), max_length=12, choices=Pattern.choices, default=Pattern.WORDS
    )
    pattern = models.TextField(
        _("what to look for"),
        max_length=patterns.LONGEST,
        help_text=_(
            "words or phrases, or sites such as example.com, one a line; or one "
            "regular expression"
        ),
    )
    rule = models.ForeignKey(
        Rule,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("held under the rule"),
    )
    note = models.CharField(
        _("what it is for"),
        max_length=200,
        blank=True,
        help_text=_("only editors read this"),
    )
    active = models.BooleanField(_("active"), default=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Fates:
        id = PRIVATE
        kind = PRIVATE
        pattern = PRIVATE
        rule = PRIVATE
        note = PRIVATE
        active = PRIVATE
        changed_at = PRIVATE

    def __str__(self) -> str:
        return self.note or self.pattern.partition("\n")[0][:80]

    @property
    def code(self) -> str:
        """Of the doubt, in the log and on the heap of what it holds."""
        return f"rule {self.pk}"

    def clean(self) -> None:
        """Say what is wrong with the pattern, and what to write instead."""
        super().clean()
        patterns.check(self.kind, self.pattern)
