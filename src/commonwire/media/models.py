"""Attachments: the files of posts, as the sizes and formats that were made of them."""

import secrets
from collections.abc import Iterable
from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonwire.kit.fates import PRIVATE, PUBLIC, wiped
from commonwire.media import messages, store
from commonwire.media.exchange import ANIMATION
from commonwire.media.playing import Playing
from commonwire.media.states import LONG, Kind, State

TEXT_LENGTH = 1000
MIDDLE_WIDTH = 1280
# The original of a large photograph is for those who ask for it by its link.
WIDEST_IN_SRCSET = 2000


FULL_NAMES = {
    Kind.PICTURE: "original.jpg",
    Kind.VIDEO: "video.mp4",
    Kind.SOUND: "sound.opus",
    Kind.DOCUMENT: "document.pdf",
}
# What everything plays, opens or shows.
PLAIN_NAMES = {**FULL_NAMES, Kind.SOUND: "sound.mp3"}


def master_name(kind: str, names: Iterable[str]) -> str:
    """Which of its renditions a file is made from again, with covers or without: what
    moves goes on moving."""
    return ANIMATION if ANIMATION in names else FULL_NAMES[Kind(kind)]


def new_public_id() -> str:
    return secrets.token_urlsafe(16)


class Attachment(Playing, models.Model):
    # Who knows it may place it in a post, once.
    public_id = models.CharField(
        max_length=32, unique=True, default=new_public_id, editable=False
    )
    kind = models.CharField(_("kind"), choices=Kind, default=Kind.PICTURE, max_length=8)
    state = models.CharField(
        _("state"), choices=State, default=State.MADE, max_length=7
    )
    # Why it was refused: a reason of media.messages.
    reason = models.CharField(max_length=32, blank=True, default="")
    # In per cent, while it waits.
    progress = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Long by its own account, or not made in the time of a first attempt: it is made
    # behind those that are neither.
    heavy = models.BooleanField(default=False)
    # The upload's name in quarantine, until it is made.
    upload = models.CharField(max_length=64, blank=True, default="")
    # A hash of all its renditions: where they lie, and the same for the same files.
    content_id = models.CharField(max_length=32, blank=True, default="", db_index=True)
    # Which recipe made them, so that an older one's can be made again.
    recipe = models.PositiveSmallIntegerField(default=1)
    # In pixels of what is shown; 0 for sound.
    width = models.PositiveIntegerField(_("width"), default=0)
    height = models.PositiveIntegerField(_("height"), default=0)
    seconds = models.FloatField(_("playing time in seconds"), default=0)
    pages = models.PositiveIntegerField(_("pages"), default=0)
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
    # The words in it: a document's own text, or what its author wrote down of a recording.
    text = models.TextField(_("words in it"), blank=True, default="")
    # WebVTT, cleaned.
    captions = models.TextField(_("captions"), blank=True, default="")
    # A hash of the captions: where they lie, published.
    captions_id = models.CharField(
        max_length=32, blank=True, default="", db_index=True, editable=False
    )
    # exchange.Options: what is covered, and whether voices are changed.
    options = models.JSONField(default=dict, blank=True)
    # Boxes around the faces that were found; null before anybody looked.
    faces = models.JSONField(null=True, blank=True)
    renditions = models.JSONField(_("renditions"), default=list)
    note = models.CharField(_("note"), max_length=200, blank=True, default="")
    created_at = models.DateTimeField(_("taken in at"), auto_now_add=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    # A draft's page shows its files under the draft's own address.
    folder = ""
    # Among the files of its kind, on a page that has several.
    number = 0

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        indexes = [
            # What the sweep asks for: drafts' pictures by age.
            models.Index(
                fields=["created_at"],
                condition=models.Q(published_at=None),
                name="media_unpublished_by_age",
            ),
            # What those who make renditions ask for, five times a second.
            models.Index(
                fields=["kind", "id"],
                condition=models.Q(state=State.WAITING),
                name="media_waiting",
            ),
        ]

    class Fates:
        id = PRIVATE
        public_id = PUBLIC
        kind = PUBLIC
        state = PUBLIC
        reason = PRIVATE
        progress = PRIVATE
        attempts = PRIVATE
        heavy = PRIVATE
        upload = wiped(
            "when its renditions are made; of a film or a recording that was covered "
            "or disguised before that, when it is published or given up"
        )
        content_id = PUBLIC
        recipe = PRIVATE
        seconds = PUBLIC
        pages = PUBLIC
        text = PUBLIC
        captions = PUBLIC
        captions_id = PUBLIC
        options = wiped("when the file is published")
        faces = wiped("when the file is published")
        width = PUBLIC
        height = PUBLIC
        alt = PUBLIC
        decorative = PUBLIC
        caption = PUBLIC
        credit = PUBLIC
        renditions = PUBLIC
        note = wiped("when the picture is published")
        created_at = PRIVATE
        published_at = PUBLIC

    def __str__(self) -> str:
        return self.caption or self.alt or self.public_id

    @property
    def is_made(self) -> bool:
        return self.state == State.MADE

    @property
    def is_waiting(self) -> bool:
        return self.state == State.WAITING

    @property
    def is_shown(self) -> bool:
        """Made, but public only when its author has looked at it."""
        return self.state == State.SHOWN

    @property
    def is_under_way(self) -> bool:
        """It comes, and readers see its place."""
        return self.is_waiting or self.is_shown

    @property
    def is_coverable(self) -> bool:
        """Something in it can be hidden. A film or a recording can be told so while it
        is being made; a picture is made at once."""
        if self.kind == Kind.DOCUMENT:
            return False
        return self.is_made or (self.is_under_way and self.kind in LONG)

    @property
    def is_wordless(self) -> bool:
        """A document whose pages are pictures only, or will be."""
        return self.kind == Kind.DOCUMENT and bool(self.options.get("wordless"))

    @property
    def words(self) -> str:
        """Those in it that readers get."""
        return "" if self.is_wordless else self.text

    @property
    def refusal(self) -> str:
        """Why it could not be made, in a sentence; empty when it was not refused."""
        if self.state != State.REFUSED:
            return ""
        return gettext(messages.sentence_for(self.reason, self.kind)) % messages.FACTS

    @property
    def full_name(self) -> str:
        """Its largest rendition: what others can be made from again."""
        return FULL_NAMES[Kind(self.kind)]

    @property
    def names(self) -> list[str]:
        return [rendition["name"] for rendition in self.renditions]

    @property
    def weight(self) -> int:
        """In bytes: of its renditions, or of the upload that waits for them."""
        if self.is_waiting and self.upload:
            return store.size_of_upload(self.upload)
        return sum(int(rendition["bytes"]) for rendition in self.renditions)

    @property
    def src(self) -> str:
        """The one rendition for those who take one: of a picture, a JPEG for the width
        of a column."""
        return self.address(self._main["name"])

    @property
    def src_bytes(self) -> int:
        return int(self._main["bytes"])

    @property
    def src_type(self) -> str:
        return str(self._main["type"])

    @property
    def thumbnail(self) -> str:
        """The smallest JPEG, for lists; empty when there is none (yet)."""
        jpegs = self._of_type("image/jpeg")
        return self.address(jpegs[0]["name"]) if jpegs else ""

    @property
    def has_picture(self) -> bool:
        """Whether something of it can be shown as a picture: itself, a frame, a page."""
        return self.is_made and bool(self._of_type("image/jpeg"))

    @property
    def _main(self) -> dict[str, Any]:
        if self.kind == Kind.PICTURE:
            return self._middle
        plain = self._rendition(PLAIN_NAMES[Kind(self.kind)])
        return plain or self._rendition(self.full_name) or self.renditions[0]

    @property
    def poster(self) -> str:
        """Itself, a video's frame or a document's first page, for the width of a
        column; empty when there is none."""
        return self.address(self._middle["name"]) if self.has_picture else ""

    @property
    def _middle(self) -> dict[str, Any]:
        jpegs = self._of_type("image/jpeg")
        fitting = [item for item in jpegs if item["width"] <= MIDDLE_WIDTH]
        return fitting[-1] if fitting else jpegs[0]

    @property
    def srcset_webp(self) -> str:
        """Empty where JPEG goes wider, as it does of very long pictures: browsers that
        take WebP would look at nothing else."""
        jpeg, webp = (self._widths(kind) for kind in ("image/jpeg", "image/webp"))
        goes_as_wide = max(webp, default=0) >= max(jpeg, default=1)
        return self._srcset("image/webp") if goes_as_wide else ""

    @property
    def srcset_jpeg(self) -> str:
        return self._srcset("image/jpeg")

    @property
    def original_address(self) -> str:
        return self.address(self.full_name)

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
            for trace in store.traces(self.public_id)
        ]

    @property
    def note_text(self) -> str:
        return gettext(self.note) if self.note else ""

    def address(self, name: str) -> str:
        if self.folder:
            return f"{self.folder}/{self.public_id}/{name}"
        return f"/media/{self.content_id}/{name}"

    def _of_type(self, kind: str) -> list[dict[str, Any]]:
        """From narrow to wide, each width once; the original only where it is of a size
        that a page may want."""
        found: dict[int, dict[str, Any]] = {}
        for item in self.renditions:
            still = not item["name"].startswith("animation.")
            if item["type"] == kind and still and item["width"] <= WIDEST_IN_SRCSET:
                found.setdefault(item["width"], item)
        return [found[width] for width in sorted(found)]

    def _widths(self, kind: str) -> list[int]:
        return [int(item["width"]) for item in self._of_type(kind)]

    def _srcset(self, kind: str) -> str:
        return ", ".join(
            f"{self.address(item['name'])} {item['width']}w"
            for item in self._of_type(kind)
        )
