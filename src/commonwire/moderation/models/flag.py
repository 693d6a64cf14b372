from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonwire.kit.fates import PRIVATE, wiped
from commonwire.moderation.models.rule import Rule
from commonwire.publishing.models import Addendum, Post

FLAG_LENGTH = 500
_WIPED = wiped("when an editor has looked at it, and after 30 days at the latest")


class Flag(models.Model):
    """What readers say of a post or a comment under one rule: a heap with a count, not a
    row a reader, so that a thousand flags cost what one does. ``notes``: the newest few."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="flags")
    addendum = models.ForeignKey(
        Addendum, models.CASCADE, null=True, related_name="flags"
    )
    rule = models.ForeignKey(Rule, models.PROTECT, related_name="flags")
    count = models.PositiveIntegerField(_("how many readers"), default=0)
    notes = models.JSONField(_("what they wrote"), default=list)
    first_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)
    # An editor has looked at it; new flags begin a new heap.
    seen_at = models.DateTimeField(null=True)
    # What they wrote was taken out for somebody's safety.
    removed_under = models.ForeignKey(
        Rule, models.PROTECT, null=True, related_name="removed_flags"
    )

    class Meta:
        ordering = ["-last_at", "-id"]
        indexes = [
            models.Index(
                fields=["-last_at", "-id"],
                name="open_flags",
                condition=Q(seen_at=None),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "rule"],
                condition=Q(seen_at=None, addendum=None),
                name="one_open_heap_a_post",
            ),
            models.UniqueConstraint(
                fields=["addendum", "rule"],
                condition=Q(seen_at=None, addendum__isnull=False),
                name="one_open_heap_a_comment",
            ),
        ]

    class Fates:
        id = PRIVATE
        post = PRIVATE
        addendum = PRIVATE
        rule = PRIVATE
        count = PRIVATE
        notes = _WIPED
        first_at = PRIVATE
        last_at = PRIVATE
        seen_at = PRIVATE
        removed_under = PRIVATE

    def __str__(self) -> str:
        return f"{self.count} flags"
