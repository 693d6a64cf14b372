from django.db import models
from django.db.models import Q

from commonwire.accounts.models import Editor
from commonwire.kit.fates import PRIVATE, PUBLIC
from commonwire.moderation.models.decision import Decision
from commonwire.moderation.states import FLOOD
from commonwire.publishing.models import Post


class Heap(models.Model):
    """Posts that came for the same reason: in one flood, or with the same doubt.

    The heap of a flood is the flood: it is going on while the heap has no end.
    """

    code = models.CharField(max_length=40)
    began_at = models.DateTimeField()
    last_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # A flood that an editor began lasts at least until then.
    until = models.DateTimeField(null=True)
    begun_by = models.ForeignKey(Editor, models.PROTECT, null=True)
    posts = models.PositiveIntegerField(default=0)
    # Since when the holds of a minute are counted; how many have a decision each, and
    # how many wait for the one that they have together.
    minute_at = models.DateTimeField(null=True)
    singles = models.PositiveIntegerField(default=0)
    undecided = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                name="one_open_heap_of_a_code",
                condition=Q(ended_at=None),
            )
        ]

    class Fates:
        id = PUBLIC
        code = PUBLIC
        began_at = PUBLIC
        last_at = PUBLIC
        ended_at = PUBLIC
        until = PUBLIC
        begun_by = PRIVATE
        posts = PUBLIC
        minute_at = PRIVATE
        singles = PRIVATE
        undecided = PRIVATE

    def __str__(self) -> str:
        return f"heap {self.pk}: {self.code}"

    @property
    def is_flood(self) -> bool:
        return self.code == FLOOD

    @property
    def reason(self) -> str:
        """Why its posts wait, in the words that their authors were told."""
        newest = self.heaped.filter(held=True).select_related("post").last()
        told = dict(newest.post.waiting_because) if newest else {}
        return str(told.get(self.code, self.code))


class Heaped(models.Model):
    """A post lies in a heap. ``was_…``: what it was before the heap was cleared, and is
    again when that is taken back."""

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True)
    heap = models.ForeignKey(Heap, models.CASCADE, related_name="heaped")
    # Screening let it wait; what only came in a flood did not.
    held = models.BooleanField(default=False)
    # The last decision about the whole heap that did something to this post, which keeps
    # it hidden or has taken that back; and the first, for how long it waited.
    cleared_by = models.ForeignKey(Decision, models.PROTECT, null=True)
    first_cleared_by = models.ForeignKey(
        Decision, models.PROTECT, null=True, related_name="+"
    )
    was_class = models.CharField(max_length=10, blank=True)
    was_raw = models.BooleanField(default=False)
    was_waiting_since = models.DateTimeField(null=True)
    was_waiting_because = models.JSONField(default=list)

    class Fates:
        post = PUBLIC
        heap = PUBLIC
        held = PUBLIC
        cleared_by = PUBLIC
        first_cleared_by = PUBLIC
        was_class = PUBLIC
        was_raw = PUBLIC
        was_waiting_since = PUBLIC
        was_waiting_because = PRIVATE

    def __str__(self) -> str:
        return f"{self.post_id} in {self.heap_id}"
