from django.db import models

from commonwire.accounts.models import Editor
from commonwire.kit.fates import PRIVATE, PUBLIC, wiped
from commonwire.publishing.models import Section
from commonwire.publishing.models.post import BYLINE_LENGTH, LINK_LENGTH


class IcsSubscription(models.Model):
    """A calendar elsewhere whose events stand here: looked at every few hours, or given
    as a file, then without an address."""

    # Whose it is: the byline of its events.
    name = models.CharField(max_length=BYLINE_LENGTH)
    url = models.CharField(max_length=LINK_LENGTH, blank=True)
    # Of an organisation: its stewards send its files.
    kept_for = models.CharField(max_length=40, blank=True, editable=False)
    sections = models.ManyToManyField(Section, blank=True)
    added_by = models.ForeignKey(Editor, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    # It leads to where nothing is fetched from, and is not looked at by itself any more.
    refused_at = models.DateTimeField(null=True)
    # What the other side wants to be asked, to answer that nothing has changed.
    etag = models.CharField(max_length=200, blank=True)
    # How the last look went, in a sentence; and what could not be used, line by line.
    said = models.CharField(max_length=500, blank=True)
    report = models.JSONField(default=list)
    # Nobody looks at it any more; its events stay.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["url"],
                condition=models.Q(ended_at=None) & ~models.Q(url=""),
                name="one_subscription_per_address",
            ),
            models.UniqueConstraint(
                fields=["kept_for"],
                condition=~models.Q(kept_for=""),
                name="one_calendar_an_organisation",
            ),
        ]

    class Fates:
        id = PRIVATE
        name = PUBLIC
        url = PRIVATE
        kept_for = PRIVATE
        sections = PUBLIC
        added_by = PRIVATE
        added_at = PRIVATE
        looked_at = PRIVATE
        refused_at = PRIVATE
        etag = PRIVATE
        said = PRIVATE
        report = PRIVATE
        ended_at = PRIVATE

    def __str__(self) -> str:
        return self.name


class TakenBack(models.Model):
    """An imported event that was withdrawn: it does not come again with the next look."""

    uid_hash = models.CharField(max_length=64, unique=True)

    class Fates:
        id = PRIVATE
        uid_hash = PRIVATE

    def __str__(self) -> str:
        return self.uid_hash


class SignUp(models.Model):
    """Somebody who comes to an event whose address is told to those who sign up."""

    event = models.ForeignKey("calendar.Event", models.CASCADE, related_name="sign_ups")
    # As they want to be called; may be empty.
    name = models.CharField(max_length=80, blank=True)
    people = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()

    class Fates:
        id = PRIVATE
        event = wiped("60 days after the event")
        name = wiped("60 days after the event")
        people = wiped("60 days after the event")
        at = wiped("60 days after the event")

    def __str__(self) -> str:
        return f"sign-up {self.pk}"
