from django.db import models
from django.utils.translation import gettext_lazy as _

from commonwire.kit.fates import PRIVATE, PUBLIC
from commonwire.publishing.models.post import Post
from commonwire.publishing.states import SectionKind


class Section(models.Model):
    """A topic ("Labor & Workers") or a region ("U.S.")."""

    kind = models.CharField(_("kind"), max_length=10, choices=SectionKind.choices)
    slug = models.SlugField(_("address"), max_length=60)
    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["kind", "position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"], name="one_section_per_address"
            )
        ]

    class Fates:
        id = PRIVATE
        kind = PUBLIC
        slug = PUBLIC
        name = PUBLIC
        position = PUBLIC

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return f"/{self.kind}s/{self.slug}/"


class PostSection(models.Model):
    """A post's place in a section.

    The post's time is repeated here so that a section's newest posts are read from one
    index, however many posts there are.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="places")
    section = models.ForeignKey(Section, models.PROTECT, related_name="places")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "section"], name="once_per_section")
        ]
        indexes = [
            models.Index(
                fields=["section", "-published_at", "-post"], name="newest_in_section"
            )
        ]

    class Fates:
        id = PRIVATE
        post = PUBLIC
        section = PUBLIC
        published_at = PUBLIC

    def __str__(self) -> str:
        return f"{self.post_id} in {self.section_id}"
