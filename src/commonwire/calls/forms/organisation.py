"""What an organisation says of itself, typed by a steward or an editor."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonwire.calls.models import Organisation
from commonwire.calls.models.organisation import (
    AREA_LENGTH,
    BOILERPLATE_LENGTH,
    LINK_LENGTH,
    MOST_MEMBERS,
    NAME_LENGTH,
)
from commonwire.calls.states import OrganisationKind
from commonwire.kit.typed_text import clean_line, clean_text, is_blank
from commonwire.publishing.forms import LinkField, TooLong, line
from commonwire.publishing.release_forms import ContactForm


class Line(forms.CharField):
    """One line, cleaned of what cannot be seen."""

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "").text


class OrganisationForm(forms.Form):
    """``seen``: the version that the form was filled from; when somebody changed it
    meanwhile, nothing of theirs is lost."""

    name = Line(
        label=_("Name"),
        validators=[TooLong(NAME_LENGTH)],
        error_messages={"required": _("Give the name of the organisation.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=OrganisationKind.choices,
        error_messages={
            "invalid_choice": _(
                "“%(value)s” is no kind of organisation: write federation, regional, "
                "union, community, business or other."
            )
        },
    )
    area = Line(
        label=_("Area"),
        required=False,
        validators=[TooLong(AREA_LENGTH)],
        help_text=_("Where it is active: a county, a city, a country."),
    )
    website = LinkField(label=_("Website"))
    members = forms.IntegerField(
        label=_("Members represented"),
        required=False,
        min_value=0,
        validators=[MaxValueValidator(MOST_MEMBERS)],
        error_messages={"invalid": _("Write a whole number, such as 1200.")},
    )
    members_on = forms.DateField(
        label=_("The number is of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        # 01/02/2026 is another day for each reader.
        input_formats=["%Y-%m-%d"],
        help_text=_("Empty: of today."),
        error_messages={"invalid": _("Write the day like 2026-04-30.")},
    )
    boilerplate = forms.CharField(
        label=_("About, as in press releases"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[TooLong(BOILERPLATE_LENGTH)],
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if is_blank(name):
            raise forms.ValidationError(_("Give the name of the organisation."))
        return name

    def clean_boilerplate(self) -> str:
        return clean_text(self.cleaned_data["boilerplate"]).text

    def clean_website(self) -> str:
        website = str(self.cleaned_data["website"])
        if len(website) > LINK_LENGTH:
            words = _("This address is too long: %(most)s characters fit.")
            raise forms.ValidationError(words % {"most": LINK_LENGTH})
        return website

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        today = timezone.localdate()
        if data.get("members") is None:
            data["members_on"] = None
        elif data.get("members_on") is None and "members_on" not in self.errors:
            data["members_on"] = today
        if data.get("members_on") and data["members_on"] > today:
            words = _("This day is still to come. Give the day that the number is of.")
            self.add_error("members_on", words)
        return data

    @property
    def told(self) -> dict[str, Any]:
        """The organisation's fields."""
        return {k: v for k, v in self.cleaned_data.items() if k != "seen"}


class PressContactForm(ContactForm):
    """Whom newsrooms may call; on the page, or behind a click and a proof of work."""

    prefix = "press"
    organisation = None  # type: ignore[assignment]
    name = line(_("Name"), NAME_LENGTH)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("name") and not (data.get("phone") or data.get("email")):
            words = _("Give a telephone number or an e-mail address.")
            if not self.errors:
                self.add_error("phone", words)
        return data

    @property
    def told(self) -> dict[str, Any]:
        """The organisation's fields."""
        data = dict(self.cleaned_data)
        press_only = data.pop("press_only")
        contact = data if any(data.values()) else {}
        return {
            "press_contact": contact,
            "press_contact_public": bool(contact) and not press_only,
        }


def typed_of(organisation: Organisation) -> dict[str, Any]:
    """What the form shows of an organisation that is changed."""
    names = OrganisationForm.base_fields.keys() - {"seen"}
    typed = {name: getattr(organisation, name) for name in names}
    return {**typed, "seen": organisation.version}


def press_typed_of(organisation: Organisation) -> dict[str, Any]:
    contact = organisation.press_contact
    hidden = bool(contact) and not organisation.press_contact_public
    return {**contact, "press_only": hidden}


class OrganisationForms:
    """Both forms of one page, with what both say."""

    def __init__(
        self, organisation: Organisation | None, data: Any | None = None
    ) -> None:
        typed = typed_of(organisation) if organisation else {}
        press = press_typed_of(organisation) if organisation else {}
        self.about = OrganisationForm(data, initial=typed)
        self.press = PressContactForm(data, initial=press)

    @property
    def is_valid(self) -> bool:
        return self.about.is_valid() & self.press.is_valid()

    @property
    def seen(self) -> int:
        return int(self.about.cleaned_data.get("seen") or 0)

    @property
    def told(self) -> dict[str, Any]:
        return {**self.about.told, **self.press.told}
