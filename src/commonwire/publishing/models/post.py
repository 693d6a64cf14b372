from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonwire.kit.fates import PRIVATE, PUBLIC, wiped
from commonwire.media.models import Attachment
from commonwire.media.states import Kind as MediaKind
from commonwire.media.states import State
from commonwire.publishing.models.key import Key
from commonwire.publishing.release import Release
from commonwire.publishing.states import Author, Kind, WireClass

TITLE_LENGTH = 200
BYLINE_LENGTH = 120
SUMMARY_LENGTH = 1_000
LINK_LENGTH = 2_000
CONTACT_LENGTH = 500

# What "listed" means, said once for Python and once for the database.
_SHOWN = (
    ~Q(wire_class=WireClass.HIDDEN)
    & Q(waiting_since__isnull=True)
    & Q(withdrawn_at__isnull=True)
    & Q(raw=False)
    & Q(embargo_until__isnull=True)
)


class NotUnderEmbargo(models.Manager["Post"]):
    def get_queryset(self) -> models.QuerySet["Post"]:
        return super().get_queryset().filter(embargo_until=None)


class Post(models.Model):
    """What is published. Read its listings through `publishing.queries`.

    ``objects`` knows nothing of what is under embargo, so that an output that nobody
    thought of keeps it too; who has to do with those asks ``everything``.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    byline = models.CharField(_("byline"), max_length=BYLINE_LENGTH, blank=True)
    summary = models.CharField(_("summary"), max_length=SUMMARY_LENGTH, blank=True)
    body = models.TextField(_("text"), blank=True)
    body_html = models.TextField(blank=True, editable=False)
    language = models.CharField(_("language"), max_length=20, default="en")
    related_url = models.CharField(
        _("related link"), max_length=LINK_LENGTH, blank=True
    )
    contact = models.CharField(
        _("private contact"), max_length=CONTACT_LENGTH, blank=True
    )
    slug = models.CharField(max_length=80)
    # A keyed hash of the address it had before editors withdrew it with its words.
    former_path = models.CharField(max_length=64, blank=True)
    # The day of its address, in the site's zone at publication; never changes.
    day = models.DateField()
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    wire_class = models.CharField(
        _("class"),
        max_length=10,
        choices=WireClass.choices,
        default=WireClass.UNSORTED,
    )
    waiting_since = models.DateTimeField(null=True)
    waiting_because = models.JSONField(default=list)
    withdrawn_at = models.DateTimeField(null=True)
    # By its author, or by editors for somebody's safety.
    withdrawn_by = models.CharField(max_length=10, choices=Author.choices, blank=True)
    comments_locked = models.BooleanField(default=False)
    # It came in a flood: read on the raw wire until an editor sorts it.
    raw = models.BooleanField(default=False)
    # Nothing of it is public before; null when that is over, and for most posts.
    embargo_until = models.DateTimeField(null=True)
    listed = models.BooleanField(default=True)
    # Of a press release: `publishing.release.Release` as plain data.
    release = models.JSONField(default=dict)
    # Shown one post at a time, after a click and a proof of work.
    press_contacts = models.JSONField(default=list)
    corrects = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="corrected_by"
    )
    # Whether a made recording stands in it or its addenda: what podcasts ask for.
    has_sound = models.BooleanField(default=False)
    key = models.ForeignKey(Key, models.PROTECT, null=True, related_name="posts")
    text_hash = models.CharField(max_length=64)
    # Null, not empty: only those that came with one must differ.
    idempotency_hash = models.CharField(  # noqa: DJ001
        max_length=64, null=True, unique=True
    )

    # The first one is what Django itself asks: for shortcuts, and from other models.
    objects = NotUnderEmbargo()
    everything = models.Manager()  # noqa: DJ012 - taken for a field

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "slug"], name="one_post_per_address"
            ),
            models.CheckConstraint(
                name="listed_says_the_truth",
                condition=(Q(listed=True) & _SHOWN) | (Q(listed=False) & ~_SHOWN),
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"], name="newest", condition=Q(listed=True)
            ),
            models.Index(
                fields=["wire_class", "-published_at", "-id"],
                name="newest_in_class",
                condition=Q(listed=True),
            ),
            models.Index(
                fields=["day", "-published_at", "-id"],
                name="newest_of_day",
                condition=Q(listed=True),
            ),
            models.Index(
                fields=["-published_at", "-id"],
                name="newest_with_sound",
                condition=Q(listed=True, has_sound=True),
            ),
            # Few are calls: whoever lists them would read all posts to find out.
            models.Index(
                fields=["kind", "-published_at", "-id"],
                name="newest_of_kind",
                condition=Q(listed=True),
            ),
            models.Index(
                fields=["-published_at", "-id"],
                name="newest_raw",
                condition=Q(raw=True, waiting_since=None),
            ),
            # The desk's: what is in no list.
            models.Index(
                fields=["wire_class", "-published_at", "-id"],
                name="newest_unlisted",
                condition=Q(listed=False),
            ),
            models.Index(
                fields=["waiting_since", "id"],
                name="longest_waiting",
                condition=Q(waiting_since__isnull=False, withdrawn_at=None),
            ),
            models.Index(
                fields=["-withdrawn_at", "-id"],
                name="newest_withdrawn",
                condition=Q(withdrawn_at__isnull=False),
            ),
            models.Index(
                fields=["embargo_until"],
                name="under_embargo",
                condition=Q(embargo_until__isnull=False),
            ),
            models.Index(fields=["text_hash", "published_at"], name="same_text"),
            models.Index(
                fields=["published_at"],
                name="with_contact",
                condition=~Q(contact=""),
            ),
        ]

    class Fates:
        id = PUBLIC
        kind = PUBLIC
        title = PUBLIC
        byline = PUBLIC
        summary = PUBLIC
        body = PUBLIC
        body_html = PUBLIC
        language = PUBLIC
        related_url = PUBLIC
        contact = wiped("30 days after publication")
        slug = PUBLIC
        former_path = PRIVATE
        day = PUBLIC
        published_at = PUBLIC
        updated_at = PUBLIC
        wire_class = PUBLIC
        waiting_since = PUBLIC
        waiting_because = PRIVATE
        withdrawn_at = PUBLIC
        withdrawn_by = PUBLIC
        comments_locked = PUBLIC
        raw = PUBLIC
        embargo_until = PUBLIC
        release = PUBLIC
        press_contacts = PRIVATE
        corrects = PUBLIC
        listed = PUBLIC
        has_sound = PUBLIC
        key = PRIVATE
        text_hash = PRIVATE
        idempotency_hash = PRIVATE

    def __str__(self) -> str:
        return self.title

    def relist(self) -> None:
        """Say anew whether lists show it, after anything of that has changed."""
        self.listed = not self.raw and self.may_be_read

    @property
    def as_release(self) -> Release | None:
        """What it says beside headline and text, if it is a press release."""
        if self.kind != Kind.RELEASE or self.withdrawn_at:
            return None
        return Release.of(self.release)

    @property
    def may_be_read(self) -> bool:
        """On the wire or on the raw wire."""
        return (
            self.embargo_until is None
            and self.wire_class != WireClass.HIDDEN
            and self.waiting_since is None
            and self.withdrawn_at is None
        )

    @property
    def path(self) -> str:
        return f"/{self.day:%Y/%m/%d}/{self.slug}/"

    @property
    def sections(self) -> list[Any]:
        return [place.section for place in self.places.all()]

    @property
    def own_addenda(self) -> list["Addendum"]:
        """Those that the author may correct."""
        return list(self.addenda.filter(by=Author.AUTHOR))

    @property
    def attachments(self) -> list[Attachment]:
        return [place.attachment for place in self.placements.all()]

    @property
    def pictures(self) -> list[Attachment]:
        """What can be shown as a picture, video's frames and documents' pages too."""
        return [item for item in self.attachments if item.has_picture]

    @property
    def kinds(self) -> tuple[str, ...]:
        """What it has beside words and pictures."""
        return kinds_of(self.attachments)


def kinds_of(files: Iterable[Attachment]) -> tuple[str, ...]:
    kinds = (file.kind for file in files if file.state != State.REFUSED)
    return tuple(dict.fromkeys(kind for kind in kinds if kind != MediaKind.PICTURE))


class Addendum(models.Model):
    """A "§" part added to a post, by its author or (as comment) by a reader."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="addenda")
    by = models.CharField(max_length=10, choices=Author.choices, default=Author.AUTHOR)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    byline = models.CharField(_("byline"), max_length=BYLINE_LENGTH, blank=True)
    body = models.TextField(_("text"), blank=True)
    body_html = models.TextField(blank=True, editable=False)
    related_url = models.CharField(_("link"), max_length=LINK_LENGTH, blank=True)
    published_at = models.DateTimeField()
    # Of comments: parts by the author stand and fall with the post.
    waiting_since = models.DateTimeField(null=True)
    waiting_because = models.JSONField(default=list)
    hidden = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["published_at", "id"]
        verbose_name_plural = "addenda"
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="newest_comments",
                condition=Q(by=Author.READER),
            ),
            models.Index(
                fields=["waiting_since", "id"],
                name="waiting_comments",
                condition=Q(waiting_since__isnull=False),
            ),
        ]

    class Fates:
        id = PUBLIC
        post = PUBLIC
        by = PUBLIC
        title = PUBLIC
        byline = PUBLIC
        body = PUBLIC
        body_html = PUBLIC
        related_url = PUBLIC
        published_at = PUBLIC
        waiting_since = PUBLIC
        waiting_because = PRIVATE
        hidden = PUBLIC
        withdrawn_at = PUBLIC

    def __str__(self) -> str:
        return self.title or f"§ {self.pk}"

    @property
    def is_comment(self) -> bool:
        return self.by == Author.READER

    @property
    def attachments(self) -> list[Attachment]:
        return [place.attachment for place in self.placements.all()]

    @property
    def pictures(self) -> list[Attachment]:
        """What can be shown as a picture, video's frames and documents' pages too."""
        return [item for item in self.attachments if item.has_picture]
