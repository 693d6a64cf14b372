from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonwire.kit.fates import PRIVATE, PUBLIC
from commonwire.media.models import Attachment
from commonwire.publishing.models.post import Post
from commonwire.publishing.models.section import Section


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
    featured_at = models.DateTimeField(_("shown from"), default=timezone.now)
    retired_at = models.DateTimeField(_("shown until"), null=True, blank=True)
    # Of the words, the picture or the links; not of the place.
    updated_at = models.DateTimeField(null=True)
    on_front = models.BooleanField(_("on the front page"), default=True)
    sections = models.ManyToManyField(
        Section, verbose_name=_("on the pages of"), blank=True, related_name="features"
    )
    # The lowest comes first; a new one goes before all others.
    position = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["-featured_at", "-id"]
        indexes = [
            models.Index(fields=["-featured_at", "-id"], name="newest_features"),
            models.Index(
                fields=["position", "-featured_at"],
                name="features_in_order",
                condition=Q(on_front=True),
            ),
        ]

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
        updated_at = PUBLIC
        on_front = PUBLIC
        sections = PUBLIC
        position = PUBLIC

    def __str__(self) -> str:
        return self.headline

    @property
    def path(self) -> str:
        return f"/features/{self.pk}/"

    def is_live(self, now: datetime) -> bool:
        ended = self.retired_at is not None and self.retired_at <= now
        return self.featured_at <= now and not ended

    @property
    def shown_picture(self) -> Attachment | None:
        """Its picture, while the post that it is from is in the lists."""
        if self.picture is None or not self.picture.has_picture:
            return None
        placement = getattr(self.picture, "placement", None)
        if placement is None:
            return None
        post = placement.post or (placement.addendum and placement.addendum.post)
        return self.picture if post and post.listed else None


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


class FeatureVersion(models.Model):
    """What a feature said before; kept and shown, as corrections of posts are."""

    feature = models.ForeignKey(Feature, models.CASCADE, related_name="versions")
    headline = models.CharField(_("headline"), max_length=200)
    blurb = models.TextField(_("blurb"), max_length=5_000, blank=True)
    # Its posts' numbers, in order.
    posts = models.JSONField(default=list)
    # When these words were replaced.
    until = models.DateTimeField()

    class Meta:
        ordering = ["until", "id"]

    class Fates:
        id = PRIVATE
        feature = PUBLIC
        headline = PUBLIC
        blurb = PUBLIC
        posts = PUBLIC
        until = PUBLIC

    def __str__(self) -> str:
        return f"{self.headline} until {self.until}"
