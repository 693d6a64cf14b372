from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonwire.kit.fates import PRIVATE, PUBLIC
from commonwire.moderation.models.decision import Decision
from commonwire.moderation.models.rule import Rule
from commonwire.moderation.states import Appellant
from commonwire.publishing.models import Post

APPEAL_LENGTH = 2_000


class Appeal(models.Model):
    """A wish that somebody else look again at a decision; answered in public.

    The author of a post may ask once for each decision about it, and the readers together
    once.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="appeals")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="appeals")
    by = models.CharField(max_length=10, choices=Appellant.choices)
    text = models.TextField(_("why it should be looked at again"), max_length=2_000)
    opened_at = models.DateTimeField(default=timezone.now)
    answer = models.OneToOneField(
        Decision, models.PROTECT, null=True, related_name="answers"
    )
    upheld = models.BooleanField(null=True)
    # It needs no answer any more: this ended what it is against.
    settled_by = models.ForeignKey(
        Decision, models.PROTECT, null=True, related_name="settled_appeals"
    )
    # Its words were taken out with those of the post.
    withdrawn = models.BooleanField(default=False)
    # By themselves, for somebody's safety.
    removed_under = models.ForeignKey(
        Rule, models.PROTECT, null=True, related_name="removed_appeals"
    )
    # What screening noticed in them, as pairs of a code and words: while there is any,
    # editors alone read them.
    doubts = models.JSONField(default=list)

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "post", "by"], name="one_appeal_of_each_kind"
            ),
            models.CheckConstraint(
                name="answered_means_judged",
                condition=Q(answer=None, upheld=None)
                | Q(answer__isnull=False, upheld__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["opened_at"], name="open_appeals", condition=Q(answer=None)
            )
        ]

    class Fates:
        id = PUBLIC
        post = PUBLIC
        decision = PUBLIC
        by = PUBLIC
        text = PUBLIC
        opened_at = PUBLIC
        answer = PUBLIC
        upheld = PUBLIC
        settled_by = PUBLIC
        withdrawn = PUBLIC
        removed_under = PUBLIC
        doubts = PRIVATE

    def __str__(self) -> str:
        return f"appeal {self.pk}"

    @property
    def has_words(self) -> bool:
        return bool(self.text)

    @property
    def shows_words(self) -> bool:
        """Whether everybody reads them: those of readers only when an editor has looked
        at them, for they may be about anybody."""
        looked_at = self.answer_id is not None or self.by == Appellant.AUTHOR
        return bool(self.text) and looked_at and not self.doubts
