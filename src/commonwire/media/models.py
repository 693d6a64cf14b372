"""Attachments: the pictures of posts, as the sizes that were made of them."""

import secrets
from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonwire.kit.fates import PRIVATE, PUBLIC, wiped

TEXT_LENGTH = 1000
MIDDLE_WIDTH = 1280
# The original of a large photograph is for those who ask for it by its link.
WIDEST_IN_SRCSET = 2000


def new_public_id() -> str:
    return secrets.token_urlsafe(16)


class Attachment(models.Model):
    # Who knows it may see the picture: it is the capability and the path in one.
    public_id = models.CharField(
        max_length=32, unique=True, default=new_public_id, editable=False
    )
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    alt = models.TextField(
        _("description for those who cannot see it"),
        blank=True,
        default="",
        validators=[MaxLengthValidator(TEXT_LENGTH)],
    )
    decorative = models.BooleanField(_("only for decoration"), default=False)
    caption = models.TextField(
        _("caption"),
        blank=True,
        default="",
        validators=[MaxLengthValidator(TEXT_LENGTH)],
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True, default="")
    renditions = models.JSONField(_("renditions"), default=list)
    # Traces: English phrases of media.messages, each with what the file said; templates
    # show `removed_phrases`.
    removed = models.JSONField(_("removed from the file"), default=list, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True, default="")
    created_at = models.DateTimeField(_("taken in at"), auto_now_add=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    # A draft's page shows its pictures under the draft's own address.
    folder = "/media"

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        indexes = [
            # What the sweep asks for: drafts' pictures by age.
            models.Index(
                fields=["created_at"],
                condition=models.Q(published_at=None),
                name="media_unpublished_by_age",
            )
        ]

    class Fates:
        id = PRIVATE
        public_id = PUBLIC
        width = PUBLIC
        height = PUBLIC
        alt = PUBLIC
        decorative = PUBLIC
        caption = PUBLIC
        credit = PUBLIC
        renditions = PUBLIC
        removed = wiped("when the picture is published")
        note = wiped("when the picture is published")
        created_at = PRIVATE
        published_at = PUBLIC

    def __str__(self) -> str:
        return self.caption or self.alt or self.public_id

    @property
    def names(self) -> list[str]:
        return [rendition["name"] for rendition in self.renditions]

    @property
    def src(self) -> str:
        """For browsers that take no srcset: a JPEG for the width of a column."""
        return self.address(self._middle["name"])

    @property
    def src_bytes(self) -> int:
        return int(self._middle["bytes"])

    @property
    def thumbnail(self) -> str:
        """The smallest JPEG, for lists."""
        return self.address(self._of_type("image/jpeg")[0]["name"])

    @property
    def _middle(self) -> dict[str, Any]:
        jpegs = self._of_type("image/jpeg")
        fitting = [item for item in jpegs if item["width"] <= MIDDLE_WIDTH]
        return fitting[-1] if fitting else jpegs[0]

    @property
    def srcset_webp(self) -> str:
        return self._srcset("image/webp")

    @property
    def srcset_jpeg(self) -> str:
        return self._srcset("image/jpeg")

    @property
    def original_address(self) -> str:
        return self.address("original.jpg")

    @property
    def original_label(self) -> str:
        return gettext("original image (%(width)d\u00d7%(height)d)") % {
            "width": self.width,
            "height": self.height,
        }

    @property
    def removed_phrases(self) -> list[str]:
        return [
            f"{gettext(trace['phrase'])} ({trace['detail']})"
            if trace["detail"]
            else gettext(trace["phrase"])
            for trace in self.removed
        ]

    @property
    def note_text(self) -> str:
        return gettext(self.note) if self.note else ""

    def address(self, name: str) -> str:
        return f"{self.folder}/{self.public_id}/{name}"

    def _of_type(self, kind: str) -> list[dict[str, Any]]:
        """From narrow to wide, each width once; the original only where it is of a size
        that a page may want."""
        found: dict[int, dict[str, Any]] = {}
        for item in self.renditions:
            if item["type"] == kind and item["width"] <= WIDEST_IN_SRCSET:
                found.setdefault(item["width"], item)
        return [found[width] for width in sorted(found)]

    def _srcset(self, kind: str) -> str:
        return ", ".join(
            f"{self.address(item['name'])} {item['width']}w"
            for item in self._of_type(kind)
        )
