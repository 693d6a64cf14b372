from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonwire.kit.fates import PRIVATE, PUBLIC
from commonwire.media.models import Attachment
from commonwire.publishing.models.post import Post


class Feature(models.Model):
    """An editors' item on the front page, with links to posts."""

    headline = models.CharField(_("headline"), max_length=200)
    blurb = models.TextField(_("blurb"), max_length=5_000, blank=True)
    blurb_html = models.TextField(blank=True, editable=False)
    picture = models.ForeignKey(
        Attachment,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("picture"),
        help_text=_("a picture of one of its posts"),
    )
    posts = models.ManyToManyField(Post, through="FeatureLink", related_name="features")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    featured_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(
        _("taken off the front at"), null=True, blank=True
    )

    class Meta:
        ordering = ["-featured_at", "-id"]
        indexes = [models.Index(fields=["-featured_at", "-id"], name="newest_features")]

    class Fates:
        id = PUBLIC
        headline = PUBLIC
        blurb = PUBLIC
        blurb_html = PUBLIC
        picture = PUBLIC
        posts = PUBLIC
        editor = PRIVATE
        featured_at = PUBLIC
        retired_at = PUBLIC

    def __str__(self) -> str:
        return self.headline


class FeatureLink(models.Model):
    feature = models.ForeignKey(Feature, models.CASCADE, related_name="links")
    post = models.ForeignKey(Post, models.PROTECT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    class Fates:
        id = PRIVATE
        feature = PUBLIC
        post = PUBLIC
        position = PUBLIC

    def __str__(self) -> str:
        return f"link {self.position}"
