"""What is asked of those who endorse a call, and of those who lead it."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonwire.calls.actions.endorsing import Authority
from commonwire.calls.call_forms import day_of
from commonwire.calls.models import Organisation
from commonwire.calls.models.call import DEMAND_LENGTH
from commonwire.calls.models.endorsement import LINE_LENGTH, NOTE_LENGTH
from commonwire.calls.models.organisation import NAME_LENGTH
from commonwire.calls.queries import bodies_named, organisation_named
from commonwire.calls.states import DemandStatus, How
from commonwire.mail.queries import is_on
from commonwire.publishing.forms import TooLong, line


def _day(label: Any, **kwargs: Any) -> forms.CharField:
    widget = forms.DateInput(attrs={"type": "date"})
    return forms.CharField(label=label, required=False, widget=widget, **kwargs)


class AuthorityForm(forms.Form):
    how = forms.ChoiceField(
        label=_("How it was decided"),
        choices=How.choices,
        error_messages={"required": _("Choose how it was decided.")},
    )
    office = line(
        _("Who authorised it: the office"),
        LINE_LENGTH,
        required=_("Say in which office: president, secretary, delegate."),
        help_text=_("Public."),
    )
    officer = line(
        _("Their name"),
        LINE_LENGTH,
        public=False,
        help_text=_(
            "For the issuer, the editors and your organisation’s stewards alone. May be "
            "left out."
        ),
    )
    decided_on = _day(_("Decided on"), help_text=_("Public. Empty: today."))
    note = line(
        _("A sentence of your organisation"), NOTE_LENGTH, help_text=_("Public.")
    )

    def clean_decided_on(self) -> date | None:
        day = day_of(str(self.cleaned_data["decided_on"]))
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    @property
    def authority(self) -> Authority:
        names = ("how", "office", "officer", "decided_on", "note")
        return Authority(**{name: self.cleaned_data[name] for name in names})


class EndorsementForm(AuthorityForm):
    organisation = line(
        _("Organisation"),
        NAME_LENGTH,
        required=_("Say which organisation endorses the call."),
        help_text=_("Its name, or the address of its page here if it has one."),
    )
    email = forms.EmailField(
        label=_("E-mail of the organisation"),
        required=False,
        help_text=_(
            "A link comes there that has to be opened. Never public; deleted 60 days "
            "after the call’s day."
        ),
        error_messages={"invalid": _("Write it like office@union.example.")},
    )
    body: Organisation | None = None
    field_order = ["organisation", "how", "office", "officer", "decided_on", "note"]

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if not email and is_on():
            raise forms.ValidationError(
                _("Give an address of the organisation: a link is sent there.")
            )
        return email

    def clean_organisation(self) -> str:
        """Its name, and in `body` the one that is meant, if it is here."""
        told = str(self.cleaned_data["organisation"])
        found = _at(told) if "/organisations/" in told else bodies_named(told)
        standing = [each for each in found if not each.ended_on]
        if len(standing) > 1:
            raise forms.ValidationError(
                _(
                    "Several organisations here are called so. Put the address of its page."
                )
            )
        if found and not standing:
            raise forms.ValidationError(
                _(
                    "This organisation was dissolved or merged: it endorses nothing more."
                )
            )
        self.body = standing[0] if standing else None
        return self.body.name if self.body else told


def _at(address: str) -> list[Organisation]:
    found = organisation_named(address)
    if found is None:
        raise forms.ValidationError(
            _("There is no organisation at this address. Write its name instead.")
        )
    return [found]


class CallOffForm(forms.Form):
    because = line(
        _("Why it is called off"),
        DEMAND_LENGTH,
        required=_("Say why: readers see it everywhere the call stands."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TakeUpForm(forms.Form):
    note = line(
        _("In a sentence"),
        NOTE_LENGTH,
        help_text=_("Public, in the history of the call. May be left out."),
        widget=forms.TextInput(attrs={"id": "id_up"}),
    )


class StatusForm(forms.Form):
    status = forms.ChoiceField(label=_("Status"), choices=DemandStatus.choices)
    since = _day(_("Since"), help_text=_("Empty: today."))
    note = forms.CharField(
        label=_("In a sentence"), required=False, validators=[TooLong(NOTE_LENGTH)]
    )

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        self.today = today

    def clean_since(self) -> date:
        day = day_of(str(self.cleaned_data["since"])) or self.today
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return day
