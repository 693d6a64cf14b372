from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonwire.kit.fates import PRIVATE, PUBLIC


class Rule(models.Model):
    """One of the site's published rules: what decisions refer to. Never deleted, only
    retired: old decisions were made under it."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=2_000, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    # What its posts teach the screening of words: spam is spam, a hoax is not.
    teaches_spam = models.BooleanField(_("posts against it are spam"), default=False)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="rules_have_titles", condition=~Q(title="") & ~Q(slug="")
            )
        ]

    class Fates:
        id = PRIVATE
        slug = PUBLIC
        title = PUBLIC
        text = PUBLIC
        position = PUBLIC
        teaches_spam = PUBLIC
        retired_at = PUBLIC

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        return f"/policy/#{self.slug}"
