from django.db import models

from commonwire.kit.fates import PRIVATE, PUBLIC
from commonwire.moderation.models.decision import Decision


class PageVersion(models.Model):
    """What a page or a rule said until a decision changed it."""

    # "about", "policy", "privacy", or "rule:SLUG".
    name = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    decision = models.OneToOneField(
        Decision, models.PROTECT, related_name="page_version"
    )

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["name", "-id"], name="versions_of_page")]

    class Fates:
        id = PRIVATE
        name = PUBLIC
        text = PUBLIC
        decision = PUBLIC

    def __str__(self) -> str:
        return f"{self.name} until {self.decision_id}"
