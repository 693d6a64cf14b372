from django.db import models
from django.db.models import Q

from commonwire.kit.fates import PRIVATE, PUBLIC
from commonwire.media.models import Attachment
from commonwire.publishing.models.draft import Draft
from commonwire.publishing.models.post import Addendum, Post


class Placement(models.Model):
    """Where an attachment stands: in a draft, a post or an addendum, and in what order.

    ``part`` is for drafts: 0 is the post, n its nth addendum.
    """

    attachment = models.OneToOneField(
        Attachment, models.CASCADE, related_name="placement"
    )
    draft = models.ForeignKey(
        Draft, models.CASCADE, null=True, related_name="placements"
    )
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="placements")
    addendum = models.ForeignKey(
        Addendum, models.CASCADE, null=True, related_name="placements"
    )
    part = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["part", "position", "id"]
        constraints = [
            models.CheckConstraint(
                name="placed_in_exactly_one",
                condition=(
                    Q(draft__isnull=False, post__isnull=True, addendum__isnull=True)
                    | Q(draft__isnull=True, post__isnull=False, addendum__isnull=True)
                    | Q(draft__isnull=True, post__isnull=True, addendum__isnull=False)
                ),
            )
        ]

    class Fates:
        id = PRIVATE
        attachment = PUBLIC
        draft = PRIVATE
        post = PUBLIC
        addendum = PUBLIC
        part = PRIVATE
        position = PUBLIC

    def __str__(self) -> str:
        return f"placement {self.pk}"
