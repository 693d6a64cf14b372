from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonwire.calls.ask_words import ask_line
from commonwire.calls.states import AskKind, CallState, DemandStatus
from commonwire.calls.when import When
from commonwire.kit.fates import PRIVATE, PUBLIC
from commonwire.publishing.models import Post
from commonwire.publishing.release import Contact
from commonwire.publishing.states import Author

ASK_LENGTH = 500
DEMAND_LENGTH = 1_000
LINE_LENGTH = 200
KNOW_LENGTH = 5_000
MOST_ASKS = 20
MOST_DEMANDS = 30


class Call(models.Model):
    """What a post of the kind `call` says beside its text: when, and to whom one turns.
    Its asks, demands, endorsements, pledges and local events are rows of their own."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="call")
    first_day = models.DateField(_("day"))
    last_day = models.DateField(_("last day"))
    # None for whole days.
    from_time = models.TimeField(_("from"), null=True)
    until_time = models.TimeField(_("until"), null=True)
    zone = models.CharField(_("time zone"), max_length=60)
    # Of the six above, for the clock and for lists in order.
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # What to bring, know your place: free words.
    know = models.TextField(_("what to know"), blank=True)
    know_html = models.TextField(blank=True, editable=False)
    ask_whom = models.CharField(_("who to ask"), max_length=LINE_LENGTH, blank=True)
    # Films and pages about it: [{"url": …, "words": …}]
    links = models.JSONField(_("links"), default=list)
    # For everybody; those for the press alone are the post's.
    contacts = models.JSONField(_("contacts"), default=list)
    # It says that it is that call in another language; that call's author agrees.
    translates = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="translations"
    )
    translation_agreed_at = models.DateTimeField(null=True)
    # The number of its newest version: see CallVersion.
    version = models.PositiveIntegerField(default=1)
    called_off_at = models.DateTimeField(null=True)
    called_off_by = models.CharField(max_length=10, choices=Author.choices, blank=True)
    called_off_because = models.CharField(
        _("why it is called off"), max_length=DEMAND_LENGTH, blank=True
    )

    class Meta:
        indexes = [models.Index(fields=["ends_at"], name="calls_by_their_end")]
        constraints = [
            models.CheckConstraint(
                name="calls_end_after_they_start",
                condition=Q(ends_at__gt=F("starts_at"))
                & Q(last_day__gte=F("first_day")),
            ),
            models.CheckConstraint(
                name="called_off_by_somebody",
                condition=Q(called_off_at=None, called_off_by="")
                | Q(called_off_at__isnull=False, called_off_by__gt=""),
            ),
        ]

    class Fates:
        id = PUBLIC
        post = PUBLIC
        first_day = PUBLIC
        last_day = PUBLIC
        from_time = PUBLIC
        until_time = PUBLIC
        zone = PUBLIC
        starts_at = PUBLIC
        ends_at = PUBLIC
        know = PUBLIC
        know_html = PUBLIC
        ask_whom = PUBLIC
        links = PUBLIC
        contacts = PUBLIC
        translates = PUBLIC
        translation_agreed_at = PUBLIC
        version = PUBLIC
        called_off_at = PUBLIC
        called_off_by = PUBLIC
        called_off_because = PUBLIC

    def __str__(self) -> str:
        return f"call {self.pk}"

    @property
    def when(self) -> When:
        return When(
            self.first_day, self.last_day, self.from_time, self.until_time, self.zone
        )

    @when.setter
    def when(self, when: When) -> None:
        for name, value in vars(when).items():
            setattr(self, name, value)
        self.starts_at, self.ends_at = when.starts_at, when.ends_at

    @property
    def shown_contacts(self) -> list[Contact]:
        return [Contact(**each) for each in self.contacts]

    def state(self, now: datetime | None = None) -> CallState:
        if self.post.embargo_until:
            return CallState.EMBARGOED
        if self.called_off_at:
            return CallState.CALLED_OFF
        if self.ends_at <= (now or timezone.now()):
            return CallState.ENDED
        return CallState.UPDATED if self.version > 1 else CallState.PUBLISHED

    def takes_part(self, now: datetime | None = None) -> bool:
        """Whether one can still endorse it, pledge, or add an event to it."""
        going = {CallState.PUBLISHED, CallState.UPDATED}
        return self.post.may_be_read and self.state(now) in going


class Ask(models.Model):
    """One thing that a call asks people to do."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="asks")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=AskKind.choices)
    text = models.CharField(_("what is asked"), max_length=ASK_LENGTH)
    # What no longer stands in the call, but was promised.
    dropped = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]

    class Fates:
        id = PUBLIC
        call = PUBLIC
        position = PUBLIC
        kind = PUBLIC
        text = PUBLIC
        dropped = PUBLIC

    def __str__(self) -> str:
        return ask_line(self.kind, str(self.get_kind_display()), self.text)


class Demand(models.Model):
    """One thing that a call demands of somebody. ``number`` is its address, `#demand-3`,
    and stays its own whatever its place in the order."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="demands")
    number = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("demand"), max_length=DEMAND_LENGTH)
    addressee = models.CharField(_("addressed to"), max_length=LINE_LENGTH, blank=True)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=DemandStatus.choices,
        default=DemandStatus.OPEN,
    )
    # The day on which it came to that.
    since = models.DateField(_("since"))

    class Meta:
        ordering = ["position", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "number"], name="one_demand_a_number"
            )
        ]

    class Fates:
        id = PUBLIC
        call = PUBLIC
        number = PUBLIC
        position = PUBLIC
        text = PUBLIC
        addressee = PUBLIC
        status = PUBLIC
        since = PUBLIC

    def __str__(self) -> str:
        return self.text

    @property
    def anchor(self) -> str:
        return f"demand-{self.number}"


class DemandChange(models.Model):
    """What became of a demand: another wording, addressee or status, and when."""

    demand = models.ForeignKey(Demand, models.CASCADE, related_name="history")
    by = models.CharField(max_length=10, choices=Author.choices)
    # The fields that changed, by name.
    before = models.JSONField()
    after = models.JSONField()
    # The day on which its status changed; for words, the day of the change.
    day = models.DateField()
    note = models.CharField(_("note"), max_length=ASK_LENGTH, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["day", "id"]

    class Fates:
        id = PUBLIC
        demand = PUBLIC
        by = PUBLIC
        before = PUBLIC
        after = PUBLIC
        day = PUBLIC
        note = PUBLIC
        made_at = PUBLIC

    def __str__(self) -> str:
        return f"change of demand {self.demand_id}"

    @property
    def status_words(self) -> str:
        """To which status it came; empty when the words changed alone."""
        status = self.after.get("status", "")
        return str(DemandStatus(status).label) if status else ""


class CallVersion(models.Model):
    """A call as it was endorsed: its date and its demands. Another date or another
    demand is another version."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    when = models.JSONField()
    # [[number, text, addressee], …] in their order.
    demands = models.JSONField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "number"], name="one_version_a_number"
            )
        ]

    class Fates:
        id = PRIVATE
        call = PUBLIC
        number = PUBLIC
        made_at = PUBLIC
        when = PUBLIC
        demands = PUBLIC

    def __str__(self) -> str:
        return f"version {self.number} of {self.call_id}"

    @property
    def facts(self) -> tuple[Any, Any]:
        """What makes a version another one: order and numbers of demands do not."""
        return self.when, sorted(words for _number, *words in self.demands)


class CallEvent(models.Model):
    """A local event under a call: a post of the kind `event`. Anybody adds one; it
    stands in the call's list when the issuer or an editor has looked, or at once when a
    verified organisation added its own. The event's own page and calendar tell of the
    call when its author has agreed: anybody can make a call."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="local_events")
    post = models.OneToOneField(Post, models.CASCADE, related_name="under_call")
    added_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    listed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    # By the event's author, which nobody else takes back.
    left_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["call", "added_at"],
                name="events_to_look_at",
                condition=Q(listed_at=None, refused_at=None),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="listed_or_refused",
                condition=Q(listed_at=None) | Q(refused_at=None),
            )
        ]

    class Fates:
        id = PRIVATE
        call = PUBLIC
        post = PUBLIC
        added_at = PRIVATE
        agreed_at = PRIVATE
        listed_at = PUBLIC
        refused_at = PRIVATE
        left_at = PRIVATE

    def __str__(self) -> str:
        return f"event {self.post_id} under call {self.call_id}"

    @property
    def is_told(self) -> bool:
        """Whether the event says that it is of the call."""
        return self.listed_at is not None and self.agreed_at is not None
