from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonwire.kit.fates import PRIVATE, PUBLIC
from commonwire.moderation.models.log import LogEntry
from commonwire.moderation.models.rule import Rule
from commonwire.moderation.states import Act
from commonwire.publishing.models import Addendum, Post

REASON_LENGTH = 1_000
SCREENING = "screening"


class Decision(models.Model):
    """One editorial act, and one entry of the public log. Never changed, never deleted;
    only a reason's text may be taken out, and the entry still proves that there was one.

    ``facts``: ids, slugs and counts only, never free text; they stand in the entry.
    """

    # Its place in the log, from 0.
    number = models.PositiveBigIntegerField(unique=True)
    act = models.CharField(max_length=30, choices=Act.choices)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="decisions")
    addendum = models.ForeignKey(
        Addendum, models.SET_NULL, null=True, related_name="decisions"
    )
    # None: decided by screening, or by the site's own rule of two.
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="decisions"
    )
    signed_as = models.CharField(max_length=80)
    rule = models.ForeignKey(Rule, models.PROTECT, null=True, related_name="decisions")
    reason = models.TextField(_("reason"), max_length=REASON_LENGTH, blank=True)
    reason_salt = models.BinaryField(max_length=16, blank=True)
    reason_removed_under = models.ForeignKey(
        Rule, models.PROTECT, null=True, related_name="removals"
    )
    facts = models.JSONField(default=dict)
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="undone_by"
    )
    at = models.DateTimeField()
    # Of a program's request, so that the same one is one decision. Null, not empty:
    # only those that came with a key must differ.
    idempotency_hash = models.CharField(  # noqa: DJ001
        max_length=64, null=True, unique=True
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                name="a_removed_reason_is_gone",
                condition=Q(reason_removed_under=None) | Q(reason=""),
            )
        ]
        indexes = [
            models.Index(fields=["post", "-number"], name="decisions_on_post"),
            models.Index(fields=["act", "-number"], name="decisions_by_act"),
            models.Index(fields=["rule", "-number"], name="decisions_by_rule"),
            models.Index(fields=["editor", "-number"], name="decisions_by_editor"),
            models.Index(fields=["signed_as", "-number"], name="decisions_by_name"),
            models.Index(fields=["at", "number"], name="decisions_by_time"),
            # What the log tells one by one, a flood's automatic holds left out.
            models.Index(
                fields=["-number"],
                name="decisions_one_by_one",
                condition=Q(editor__isnull=False) | Q(rule__isnull=True),
            ),
        ]

    class Fates:
        id = PRIVATE
        number = PUBLIC
        act = PUBLIC
        post = PUBLIC
        addendum = PUBLIC
        editor = PRIVATE
        signed_as = PUBLIC
        rule = PUBLIC
        reason = PUBLIC
        reason_salt = PUBLIC
        reason_removed_under = PUBLIC
        facts = PUBLIC
        undoes = PUBLIC
        at = PUBLIC
        idempotency_hash = PRIVATE

    def __str__(self) -> str:
        return f"decision {self.number}"

    @property
    def path(self) -> str:
        return f"/log/{self.number}/"

    @property
    def is_of_heap(self) -> bool:
        """One act about many posts."""
        return self.post_id is None and "heap" in self.facts

    @property
    def salt(self) -> str:
        """With which a page's reader can hash the reason, as its entry does."""
        return bytes(self.reason_salt).hex()

    @property
    def is_automatic(self) -> bool:
        return self.editor_id is None

    @property
    def entry(self) -> str:
        """The very text that the log's hash is of."""
        found = LogEntry.objects.get(pk=self.number)
        return bytes(found.entry).decode()

    @property
    def sentence(self) -> str:
        """What was done, to follow the editor's name."""
        return str(Act(self.act).label)

    @property
    def taken_back_by(self) -> "Decision | None":
        return getattr(self, "undone_by", None)
