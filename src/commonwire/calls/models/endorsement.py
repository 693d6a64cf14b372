from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonwire.calls.models.call import Call
from commonwire.calls.models.organisation import NAME_LENGTH, Organisation, Steward
from commonwire.calls.states import EndorsementState, How, Way
from commonwire.kit.fates import PRIVATE, PUBLIC, wiped
from commonwire.publishing.states import Author

LINE_LENGTH = 200
NOTE_LENGTH = 500
_CONTACT = wiped("60 days after the call’s day")
# Those that stand or may come to: an organisation has one of them at a call.
LIVE = ("invited", "unconfirmed", "waiting", "confirmed")


class Endorsement(models.Model):
    """An organisation's support of a call: who authorised it, in what office, how, when,
    and for which version. What is over stays, with its day."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="endorsements")
    # None while nobody has looked who it is that a form names.
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="endorsements"
    )
    # As the form named it.
    named = models.CharField(_("organisation"), max_length=NAME_LENGTH, blank=True)
    way = models.CharField(max_length=10, choices=Way.choices)
    state = models.CharField(max_length=12, choices=EndorsementState.choices)
    # The version of the call that it is for.
    version = models.PositiveIntegerField()
    officer = models.CharField(
        _("who authorised it"), max_length=LINE_LENGTH, blank=True
    )
    office = models.CharField(_("office"), max_length=LINE_LENGTH, blank=True)
    how = models.CharField(_("how"), max_length=10, choices=How.choices, blank=True)
    decided_on = models.DateField(_("decided on"), null=True)
    note = models.CharField(_("in its words"), max_length=NOTE_LENGTH, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    email_confirmed_at = models.DateTimeField(null=True)
    # Of what its last mail told: calls/actions/telling_endorsers.py.
    told = models.CharField(max_length=20, blank=True, editable=False)
    steward = models.ForeignKey(Steward, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    # The issuer, or an editor; empty when the organisation itself did by its steward.
    confirmed_by = models.CharField(max_length=10, choices=Author.choices, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_endorsement_an_organisation",
                fields=["call", "organisation"],
                condition=Q(state__in=LIVE),
            ),
            models.CheckConstraint(
                name="confirmed_endorsers_are_known",
                condition=~Q(state="confirmed")
                | Q(organisation__isnull=False, confirmed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["call", "state"], name="endorsements_by_state"),
            models.Index(
                fields=["made_at"],
                name="endorsements_with_mail",
                condition=~Q(email=""),
            ),
        ]

    class Fates:
        id = PRIVATE
        call = PUBLIC
        organisation = PUBLIC
        named = PUBLIC
        way = PUBLIC
        state = PUBLIC
        version = PUBLIC
        # An office is public, who holds it is theirs to say.
        officer = PRIVATE
        office = PUBLIC
        how = PUBLIC
        decided_on = PUBLIC
        note = PUBLIC
        email = _CONTACT
        email_confirmed_at = PRIVATE
        told = PRIVATE
        steward = PRIVATE
        made_at = PRIVATE
        confirmed_at = PUBLIC
        confirmed_by = PUBLIC
        ended_at = PUBLIC

    def __str__(self) -> str:
        return f"{self.organisation or self.named}: {self.state}"

    @property
    def name(self) -> str:
        return self.organisation.name if self.organisation else self.named

    @property
    def day(self) -> date | None:
        """On which it was given, by the clocks of the call."""
        return self.decided_on or self._day(self.confirmed_at)

    @property
    def ended_on(self) -> date | None:
        return self._day(self.ended_at)

    def _day(self, at: datetime | None) -> date | None:
        return timezone.localdate(at, self.call.when.tzinfo) if at else None
