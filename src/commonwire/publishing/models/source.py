from django.db import models
from django.utils.translation import gettext_lazy as _

from commonwire.kit.fates import PRIVATE, wiped
from commonwire.publishing.models.post import Post

CODE_LENGTH = 60
_COUNTED = wiped("400 days after the day that it counts")


class Act(models.TextChoices):
    """What is counted. A page that is loaded is no person: robots load pages, too."""

    OPENED = "opened", _("loaded")
    PLEDGED = "pledged", _("pledged")
    ENDORSED = "endorsed", _("endorsed")


class Source(models.Model):
    """A word that its author, or an organisation by its own name, puts on links to a
    post (`?from=flyer`), to see which of them people take."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="sources")
    code = models.CharField(_("word on the link"), max_length=CODE_LENGTH)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "code"], name="one_source_per_code_and_post"
            ),
        ]

    class Fates:
        id = PRIVATE
        post = PRIVATE
        code = PRIVATE

    def __str__(self) -> str:
        return self.code


class SourceDay(models.Model):
    """How often on a day, and nothing else: no time, no reader."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="days")
    day = models.DateField()
    act = models.CharField(max_length=10, choices=Act.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "act"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "day", "act"], name="one_count_a_day"
            ),
        ]
        indexes = [models.Index(fields=["day"], name="oldest_counts")]

    class Fates:
        id = _COUNTED
        source = _COUNTED
        day = _COUNTED
        act = _COUNTED
        count = _COUNTED

    def __str__(self) -> str:
        return f"count {self.pk}"
