from django.db import models
from django.utils import timezone

from commonwire.kit.fates import PRIVATE


class Key(models.Model):
    """All that links authors to their posts: the keyed hash of a phrase."""

    phrase_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Fates:
        id = PRIVATE
        phrase_hash = PRIVATE
        created_at = PRIVATE

    def __str__(self) -> str:
        return f"key {self.pk}"
