from django.db import models

from commonwire.kit.fates import PRIVATE
from commonwire.publishing.models import Post


class Lesson(models.Model):
    """What the classifier was taught about a post."""

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True)
    is_spam = models.BooleanField()
    # What was counted, by number: so that it can be taken back when the text is gone.
    signs = models.JSONField(default=list)

    class Fates:
        post = PRIVATE
        is_spam = PRIVATE
        signs = PRIVATE

    def __str__(self) -> str:
        return f"lesson of {self.post_id}"


class SignCount(models.Model):
    """In how many posts that were taught a sign stood: a word, a site linked to.

    Only a keyed hash of it is stored, so that no name or number can be read here.
    """

    sign = models.BigIntegerField(primary_key=True)
    spam = models.PositiveIntegerField(default=0)
    fine = models.PositiveIntegerField(default=0)

    class Fates:
        sign = PRIVATE
        spam = PRIVATE
        fine = PRIVATE

    def __str__(self) -> str:
        return f"sign {self.sign}"
