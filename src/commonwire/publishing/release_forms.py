"""The fields that press releases have beside those of every post."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonwire.kit.mail_mask import AT
from commonwire.publishing import queries, release_typed
from commonwire.publishing.forms import LinkField, TooLong, line
from commonwire.publishing.release import (
    Boilerplate,
    Quote,
    Release,
    ReleaseContent,
    ReleaseKind,
    Status,
)
from commonwire.publishing.row_forms import RowForms, contact_of, is_untouched
from commonwire.publishing.zones import ZoneSelect, in_zone, site_zones

SUBHEADLINE_LENGTH = 300
LINE_LENGTH = 200
QUOTE_LENGTH = 3_000
BOILERPLATE_LENGTH = 3_000
# A typing error in the year would hold a release for good.
LONGEST_EMBARGO = timedelta(days=366)


def _long(label: Any, limit: int, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        validators=[TooLong(limit)],
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class CorrectedField(LinkField):
    """The address of a release, here or elsewhere; here its path is enough."""

    def clean(self, value: Any) -> str:
        address = str(value or "").strip()
        if address.startswith("/") and not address.startswith("//"):
            address = settings.SITE_URL + address
        own = address.startswith(f"{settings.SITE_URL}/")
        return address if own and " " not in address else super().clean(address)


class ContactForm(forms.Form):
    name = line(_("Name"), LINE_LENGTH)
    office = line(_("Office"), LINE_LENGTH)
    organisation = line(_("Organisation"), LINE_LENGTH)
    phone = line(_("Telephone"), LINE_LENGTH, public=False)
    email = line(_("E-mail"), LINE_LENGTH, public=False)
    press_only = forms.BooleanField(
        label=_("For the press only: behind a click, and in no feed or file"),
        required=False,
    )

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).replace(AT, "@")
        if email:
            try:
                validate_email(email)
            except forms.ValidationError as error:
                words = _("Write it like press@union.example.")
                raise forms.ValidationError(words) from error
        return email


class QuoteForm(forms.Form):
    words = _long(_("Quote"), QUOTE_LENGTH, 3)
    speaker = line(_("Said by"), LINE_LENGTH)
    office = line(_("Office"), LINE_LENGTH)
    organisation = line(_("Organisation"), LINE_LENGTH)


class BoilerplateForm(forms.Form):
    organisation = line(_("Organisation"), LINE_LENGTH)
    text = _long(_("What it is, in a few sentences"), BOILERPLATE_LENGTH, 3)


ROW_FORMS: dict[str, type[forms.Form]] = {
    "contacts": ContactForm,
    "quotes": QuoteForm,
    "boilerplates": BoilerplateForm,
}


class ReleaseForm(forms.Form):
    """``held``: it is under embargo now or not published yet, so that the embargo may
    still be another."""

    kind = forms.ChoiceField(
        label=_("Kind of release"),
        choices=ReleaseKind.choices,
        required=False,
        initial=ReleaseKind.RELEASE,
    )
    status = forms.ChoiceField(
        label=_("Status"),
        choices=Status.choices,
        required=False,
        initial=Status.IMMEDIATE,
    )
    embargo_at = forms.CharField(
        label=_("Until: day and time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_("Nothing of it is public anywhere before that time."),
    )
    embargo_zone = forms.ChoiceField(
        label=_("Time zone of that time"),
        choices=site_zones,
        required=False,
        widget=ZoneSelect,
    )
    issued = forms.CharField(
        label=_("Date of issue"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    subheadline = line(_("Sub-headline"), SUBHEADLINE_LENGTH)
    dateline = line(
        _("Dateline"), LINE_LENGTH, help_text=_("Such as “RIVERTON, March 3”.")
    )
    corrects = CorrectedField(
        label=_("Address of what it corrects"),
        help_text=_("For corrections: the page of the release that was wrong."),
    )
    licence = line(
        _("Licence of text and pictures"),
        SUBHEADLINE_LENGTH,
        help_text=_("Such as “Free to use in reporting, with credit”."),
    )
    end_mark = line(_("End mark"), 30, help_text=_("### if left empty."))

    def __init__(self, data: Mapping[str, Any] | None, *, held: bool = True) -> None:
        super().__init__(data, auto_id="id_release-%s")
        self.held = held
        self.until: datetime | None = None
        self.corrected: int | None = None

    def clean_issued(self) -> str:
        issued = str(self.cleaned_data["issued"])
        try:
            return date.fromisoformat(issued).isoformat() if issued else ""
        except ValueError as error:
            words = _("Write the day like 2026-03-14.")
            raise forms.ValidationError(words) from error

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.held:
            self._check_embargo(data)
        self._check_correction(data)
        return data

    def _check_embargo(self, data: dict[str, Any]) -> None:
        if data.get("status") == Status.EMBARGOED:
            try:
                self.until = until_of(data)
            except forms.ValidationError as error:
                self.add_error(
                    "embargo_at" if error.code != "zone" else "embargo_zone", error
                )
        elif data.get("embargo_at"):
            words = _(
                "The status says that it may be used at once. Choose “Embargoed until "
                "…”, or empty this day and time."
            )
            self.add_error("embargo_at", words)

    def _check_correction(self, data: dict[str, Any]) -> None:
        link = data.get("corrects", "")
        if data.get("kind") == ReleaseKind.CORRECTION and not link:
            if "corrects" not in self.errors:
                words = _("A correction points at what it corrects: give its address.")
                self.add_error("corrects", words)
        elif link.startswith(f"{settings.SITE_URL}/"):
            self.corrected = queries.number_at(urlsplit(link).path)
            if self.corrected is None:
                words = _("There is no post at this address. Copy it again.")
                self.add_error("corrects", words)


def until_of(data: Mapping[str, Any]) -> datetime:
    """When an embargo ends. An hour that comes twice is the later one."""
    zone = data.get("embargo_zone")
    if not data.get("embargo_at"):
        raise forms.ValidationError(_("Say until when: day and time."), code="at")
    try:
        local = datetime.fromisoformat(str(data["embargo_at"]))
    except ValueError as error:
        words = _("Write day and time like 2026-03-14T06:00.")
        raise forms.ValidationError(words, code="at") from error
    if local.tzinfo is None:
        if not zone:
            words = _("Say in which time zone this is: 6:00 comes at 6:00 somewhere.")
            raise forms.ValidationError(words, code="zone")
        local = _in_zone(local, str(zone))
    until = local.astimezone(UTC)
    now = timezone.now()
    if until <= now:
        words = _("This time is over already. Choose a later one, or let it be public.")
        raise forms.ValidationError(words, code="at")
    if until - now > LONGEST_EMBARGO:
        words = _("This is more than a year away. Is the year right?")
        raise forms.ValidationError(words, code="at")
    return until


def _in_zone(local: datetime, zone: str) -> datetime:
    try:
        return in_zone(local, zone)
    except OverflowError as error:
        words = _("Write day and time like 2026-03-14T06:00.")
        raise forms.ValidationError(words, code="at") from error


class ReleaseForms(RowForms):
    """The form of a release with its rows: contacts, quotes, boilerplate."""

    def __init__(self, typed: Mapping[str, Any] | None, *, held: bool = True) -> None:
        typed = typed if typed is not None else {}
        # Whether the post is a press release at all.
        self.wanted = True
        self.head = ReleaseForm(_with_defaults(typed), held=held)
        self.untouched = is_untouched(self.head, typed)
        self.rows = {
            name: [
                kind(row, auto_id=f"id_release-{name}-{number}-%s")
                for number, row in enumerate(typed.get(name, ()))
            ]
            for name, kind in ROW_FORMS.items()
        }

    def shown(self, name: str) -> list[tuple[str, forms.Form]]:
        """The rows of a kind, and an empty one for one more, with the names' prefix."""
        blank = ROW_FORMS[name](auto_id=f"id_release-{name}-{len(self.rows[name])}-%s")
        more = [blank] if len(self.rows[name]) < release_typed.MOST_ROWS[name] else []
        return [
            (f"release-{name}-{number}-", form)
            for number, form in enumerate([*self.rows[name], *more])
        ]

    @property
    def contacts(self) -> list[tuple[str, forms.Form]]:
        return self.shown("contacts")

    @property
    def quotes(self) -> list[tuple[str, forms.Form]]:
        return self.shown("quotes")

    @property
    def boilerplates(self) -> list[tuple[str, forms.Form]]:
        return self.shown("boilerplates")

    @property
    def row_names(self) -> dict[str, str]:
        return {
            "contacts": gettext("press contacts"),
            "quotes": gettext("quotes"),
            "boilerplates": gettext("organisations"),
        }

    @property
    def most_rows(self) -> dict[str, int]:
        return release_typed.MOST_ROWS

    @property
    def content(self) -> ReleaseContent:
        told = self.head.cleaned_data
        contacts = [form.cleaned_data for form in self.rows["contacts"]]
        until = self.head.until
        release = Release(
            kind=told["kind"] or ReleaseKind.RELEASE.value,
            status=Status.EMBARGOED.value if until else Status.IMMEDIATE.value,
            embargo=until.isoformat() if until else "",
            embargo_zone=(told["embargo_zone"] or "UTC") if until else "",
            issued=told["issued"],
            subheadline=told["subheadline"],
            dateline=told["dateline"],
            end_mark=told["end_mark"] or "###",
            corrects=told["corrects"],
            licence=told["licence"],
            contacts=tuple(
                contact_of(row) for row in contacts if not row["press_only"]
            ),
            quotes=tuple(Quote(**form.cleaned_data) for form in self.rows["quotes"]),
            boilerplates=tuple(
                Boilerplate(**form.cleaned_data) for form in self.rows["boilerplates"]
            ),
        )
        press = tuple(contact_of(row) for row in contacts if row["press_only"])
        release = Release.of({**release.stored, "for_press": bool(press)})
        return ReleaseContent(release, press, until, self.head.corrected)


def _with_defaults(typed: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: typed.get(name, "") for name in release_typed.LINES}
    given["kind"] = given["kind"] or ReleaseKind.RELEASE.value
    given["status"] = given["status"] or Status.IMMEDIATE.value
    return given


def typed_of(release: Release, press_contacts: list[dict[str, str]]) -> dict[str, Any]:
    """What would have to be typed for a release as it stands."""
    told = release.stored
    until = release.embargoed_until
    contacts = [{**row, "press_only": ""} for row in told["contacts"]]
    contacts += [{**row, "press_only": "on"} for row in press_contacts]
    return {
        **{name: told.get(name, "") for name in release_typed.LINES},
        "embargo_at": until.strftime("%Y-%m-%dT%H:%M") if until else "",
        "contacts": contacts,
        "quotes": list(told["quotes"]),
        "boilerplates": list(told["boilerplates"]),
    }
