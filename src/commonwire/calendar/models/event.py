from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonwire.calendar.states import Answer
from commonwire.kit.fates import PRIVATE, PUBLIC, wiped
from commonwire.publishing.models import Post
from commonwire.publishing.models.post import LINK_LENGTH

UID_LENGTH = 255
LINE_LENGTH = 200
WORDS_LENGTH = 1_000
RULE_LENGTH = 500


def _answer() -> "models.CharField[str, str]":
    return models.CharField(
        max_length=10, choices=Answer.choices, default=Answer.UNKNOWN
    )


class Event(models.Model):
    """What a post of the kind `event` says beside its text. When it is stands in its
    occurrences, of which it has one at least."""

    post = models.OneToOneField(
        Post, models.CASCADE, primary_key=True, related_name="event"
    )
    # What calendars know it by for good: made by chance, or as it was imported.
    uid = models.CharField(max_length=UID_LENGTH, unique=True)
    zone = models.CharField(max_length=64)
    all_day = models.BooleanField(default=False)
    # What made its dates, as its author said it; the dates themselves are rows.
    rule = models.CharField(max_length=RULE_LENGTH, blank=True)
    place = models.CharField(_("place"), max_length=LINE_LENGTH, blank=True)
    address = models.CharField(_("address"), max_length=LINE_LENGTH, blank=True)
    # Told to those who sign up; then ``address`` is empty.
    private_address = models.CharField(max_length=LINE_LENGTH, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    online_url = models.CharField(max_length=LINK_LENGTH, blank=True)
    step_free = _answer()
    sign_language = _answer()
    captions = _answer()
    seating = _answer()
    accessibility = models.CharField(max_length=WORDS_LENGTH, blank=True)
    languages = models.CharField(max_length=LINE_LENGTH, blank=True)
    price = models.CharField(max_length=LINE_LENGTH, blank=True)
    contact = models.CharField(max_length=LINE_LENGTH, blank=True)
    # The calendar that it was imported from; its changes are made here, too.
    source = models.ForeignKey(
        "calendar.IcsSubscription", models.SET_NULL, null=True, related_name="events"
    )
    # How often it was changed, for calendars that have it already.
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_address_is_public_or_not",
                condition=Q(address="") | Q(private_address=""),
            ),
            models.CheckConstraint(
                name="a_position_is_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
        ]

    class Fates:
        post = PUBLIC
        uid = PUBLIC
        zone = PUBLIC
        all_day = PUBLIC
        rule = PUBLIC
        place = PUBLIC
        address = PUBLIC
        private_address = wiped("60 days after the event")
        latitude = PUBLIC
        longitude = PUBLIC
        online_url = PUBLIC
        step_free = PUBLIC
        sign_language = PUBLIC
        captions = PUBLIC
        seating = PUBLIC
        accessibility = PUBLIC
        languages = PUBLIC
        price = PUBLIC
        contact = PUBLIC
        source = PRIVATE
        sequence = PUBLIC
        changed_at = PUBLIC

    def __str__(self) -> str:
        return f"event {self.pk}"


class Occurrence(models.Model):
    """One date of an event, with an address of its own."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="occurrences")
    # In the order they were made; in its address, and never given twice.
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    # None is an open end.
    ends_at = models.DateTimeField(null=True)
    # By the clocks of the event's zone; the last one counts.
    day = models.DateField(db_index=True)
    last_day = models.DateField(db_index=True)
    # When it was to begin before it was moved; None while it was not.
    moved_from = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    # What is said of its being moved or cancelled.
    note = models.CharField(max_length=LINE_LENGTH, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"], name="one_date_per_number"
            ),
            models.CheckConstraint(
                name="it_ends_after_it_begins",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
            ),
        ]

    class Fates:
        id = PRIVATE
        event = PUBLIC
        number = PUBLIC
        starts_at = PUBLIC
        ends_at = PUBLIC
        day = PUBLIC
        last_day = PUBLIC
        moved_from = PUBLIC
        cancelled_at = PUBLIC
        note = PUBLIC
        sequence = PUBLIC
        changed_at = PUBLIC

    def __str__(self) -> str:
        return f"date {self.number} of event {self.event_id}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.event.zone)

    @property
    def begins(self) -> datetime:
        """By the clocks of where it is."""
        return timezone.localtime(self.starts_at, self.zone)

    @property
    def ends(self) -> datetime | None:
        return timezone.localtime(self.ends_at, self.zone) if self.ends_at else None

    @property
    def path(self) -> str:
        return f"{self.event.post.path}dates/{self.number}/"

    @property
    def uid(self) -> str:
        return self.event.uid if self.number == 1 else f"{self.event.uid}-{self.number}"
