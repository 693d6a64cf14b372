from django.db import models

from commonwire.kit.fates import PRIVATE, PUBLIC
from commonwire.publishing.models import Post


class CallRelease(models.Model):
    """A press release that was made of a call. Its text is its author's: when the call
    says something else later, the release says so, and does not change by itself."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="of_call")
    # The call's post, which stays when the call is withdrawn.
    of = models.ForeignKey(Post, models.CASCADE, related_name="releases")
    # What the release had of it, by name: see `calls.releases.pieces`.
    told = models.JSONField()
    told_at = models.DateTimeField()
    # How often what it says of its call became another.
    turns = models.PositiveIntegerField(default=0, db_default=0)

    class Fates:
        id = PRIVATE
        post = PUBLIC
        of = PUBLIC
        told = PUBLIC
        told_at = PUBLIC
        turns = PUBLIC

    def __str__(self) -> str:
        return f"release {self.post_id} of {self.of_id}"
