"""The fields of a call, bound to what was typed (see `calls.typed`)."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonwire.calls.content import AskContent, DemandContent, Link
from commonwire.calls.models import Call, Organisation
from commonwire.calls.models.call import (
    ASK_LENGTH,
    DEMAND_LENGTH,
    KNOW_LENGTH,
    LINE_LENGTH,
)
from commonwire.calls.states import AskKind, DemandStatus
from commonwire.calls.when import When
from commonwire.publishing import queries
from commonwire.publishing.forms import (
    LinkField,
    Shared,
    TooLong,
    day_field,
    line,
    time_field,
)
from commonwire.publishing.release_forms import ContactForm, until_of
from commonwire.publishing.zones import ZoneSelect, in_zone, site_zones

MOST_ISSUERS = 20
_YEARS = (2000, 2100)


def _place() -> forms.CharField:
    """Where a row stands among its like; another number moves it there."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3})
    return forms.CharField(label=_("Place"), required=False, widget=widget)


def day_of(text: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise forms.ValidationError(_("Write the day like 2027-01-16.")) from error
    if not _YEARS[0] <= day.year <= _YEARS[1]:
        raise forms.ValidationError(_("Is the year right?"))
    return day


def _time_of(text: str) -> time | None:
    if not text:
        return None
    try:
        told = time.fromisoformat(text)
    except ValueError as error:
        raise forms.ValidationError(_("Write the time like 18:30.")) from error
    if told.tzinfo:
        words = _(
            "Write the time by the clocks of its zone, without a distance: 18:30."
        )
        raise forms.ValidationError(words)
    return told.replace(second=0, microsecond=0)


class Row(forms.Form):
    place = _place()
    remove = forms.BooleanField(label=_("Remove"), required=False)


class AskForm(Row):
    kind = forms.ChoiceField(
        label=_("What is asked"),
        choices=AskKind.choices,
        required=False,
        error_messages={
            "invalid_choice": _("“%(value)s” is no kind of ask. Choose one of these.")
        },
    )
    text = line(
        _("In words"), ASK_LENGTH, required=_("Say in a few words what is asked.")
    )

    @property
    def content(self) -> AskContent:
        kind = self.cleaned_data["kind"] or AskKind.OTHER.value
        return AskContent(kind, self.cleaned_data["text"])


class DemandForm(Row):
    text = line(
        _("Demand"),
        DEMAND_LENGTH,
        required=_("Say what is demanded."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    addressee = line(_("Addressed to"), LINE_LENGTH)
    status = forms.ChoiceField(
        label=_("Status"),
        choices=DemandStatus.choices,
        required=False,
        error_messages={
            "invalid_choice": _("“%(value)s” is no status. Choose one of these.")
        },
    )
    since = day_field(_("Since"))
    # Of a demand that stands already.
    number = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_since(self) -> date | None:
        return day_of(str(self.cleaned_data["since"]))

    def clean_number(self) -> int:
        told = str(self.cleaned_data["number"])
        return int(told) if told.isascii() and told.isdecimal() else 0

    @property
    def content(self) -> DemandContent:
        told = self.cleaned_data
        return DemandContent(
            text=told["text"],
            addressee=told["addressee"],
            status=told["status"] or DemandStatus.OPEN.value,
            since=told["since"],
            number=told["number"],
        )


class LinkForm(Row):
    url = LinkField(label=_("Link to a film, a picture or a page"))
    words = line(_("What it is"), LINE_LENGTH)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("url") and "url" not in self.errors:
            self.add_error("url", _("Give the address, or remove the row."))
        return data

    @property
    def content(self) -> Link:
        return Link(self.cleaned_data["url"], self.cleaned_data["words"])


class ContactRow(ContactForm, Row):
    pass


ROW_FORMS: dict[str, Any] = {
    "asks": AskForm,
    "demands": DemandForm,
    "links": LinkForm,
    "contacts": ContactRow,
}


class CallForm(forms.Form):
    """``post``: of the call that is corrected."""

    first_day = day_field(_("Day"))
    last_day = day_field(_("Last day"), help_text=_("Empty: on one day."))
    from_time = time_field(_("From"), help_text=_("Empty: all day."))
    until_time = time_field(_("Until"), help_text=_("Empty: an open end."))
    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=site_zones,
        required=False,
        widget=ZoneSelect,
        error_messages={
            "invalid_choice": _(
                "“%(value)s” is no time zone. Choose one from the list."
            )
        },
    )
    know = forms.CharField(
        label=_("What to bring, know your place"),
        required=False,
        validators=[TooLong(KNOW_LENGTH)],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Water, warm things, rights, who goes in front."),
    )
    ask_whom = line(
        _("Who to ask"),
        LINE_LENGTH,
        help_text=_("Public: a name, a desk at the place, a number."),
    )
    issuers = forms.CharField(
        label=_("Called by: organisations on this site"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "One a line: the name, or the last part of the address of its page. Each is "
            "named as soon as its steward accepts."
        ),
    )
    translates = forms.CharField(
        label=_("Translation of"),
        required=False,
        help_text=_(
            "The address of the same call in another language, here. Its page leads to "
            "this one as soon as its author agrees."
        ),
    )
    # Of programs: people have a button for it in the author's room.
    called_off = line(_("Why it is called off"), DEMAND_LENGTH)
    embargo_at = forms.CharField(
        label=_("Not before: day and time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_("Empty: public at once. Nothing of it is public before that time."),
    )
    embargo_zone = forms.ChoiceField(
        label=_("Time zone of that time"),
        choices=site_zones,
        required=False,
        widget=ZoneSelect,
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, post: Any = None
    ) -> None:
        initial = {"zone": queries.the_site().time_zone}
        super().__init__(data, initial=initial, auto_id="id_call-%s")
        self.corrected = post
        self.until: datetime | None = None
        self.source: int | None = None
        self.bodies: tuple[int, ...] = ()

    def clean_first_day(self) -> date | None:
        return day_of(str(self.cleaned_data["first_day"]))

    def clean_last_day(self) -> date | None:
        return day_of(str(self.cleaned_data["last_day"]))

    def clean_from_time(self) -> time | None:
        return _time_of(str(self.cleaned_data["from_time"]))

    def clean_until_time(self) -> time | None:
        return _time_of(str(self.cleaned_data["until_time"]))

    def clean_zone(self) -> str:
        if not self.cleaned_data["zone"]:
            words = _("Say in which time zone it is: 6:00 comes at 6:00 somewhere.")
            raise forms.ValidationError(words)
        return str(self.cleaned_data["zone"])

    def clean_translates(self) -> str:
        told = str(self.cleaned_data["translates"]).strip()
        if not told:
            return ""
        path = urlsplit(told).path if told.startswith(settings.SITE_URL) else told
        number = queries.number_at(path)
        found = Call.objects.filter(post=number).exclude(post=self.corrected).first()
        if number is None or found is None:
            words = _("There is no call at this address. Copy it again from its page.")
            raise forms.ValidationError(words)
        # A translation of a translation is one of the same call.
        self.source = found.translates_id or found.pk
        return path

    def clean_issuers(self) -> list[int]:
        told = [line.strip() for line in self.cleaned_data["issuers"].splitlines()]
        told = [line for line in dict.fromkeys(told) if line]
        if len(told) > MOST_ISSUERS:
            words = _("There are %(here)s organisations; %(most)s fit.")
            told_numbers = {"here": len(told), "most": MOST_ISSUERS}
            raise forms.ValidationError(words, params=told_numbers)
        found = [_body(each) for each in told]
        self.bodies = tuple(dict.fromkeys(found))
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("first_day") and "first_day" not in self.errors:
            self.add_error("first_day", _("Say on which day it is."))
        if not self.errors:
            self._check_times(data)
        if not self.errors and data.get("embargo_at"):
            self._check_embargo(data)
        return data

    def _check_times(self, data: dict[str, Any]) -> None:
        last = data["last_day"] or data["first_day"]
        if last < data["first_day"]:
            words = _("It ends before it begins: choose a later day, or leave it out.")
            self.add_error("last_day", words)
            return
        if data["until_time"] and not data["from_time"]:
            self.add_error("from_time", _("Say when it begins, or leave out its end."))
            return
        for name, day in (("from_time", data["first_day"]), ("until_time", last)):
            if data[name]:
                self._check_hour(name, datetime.combine(day, data[name]), data["zone"])
        if self.errors:
            return
        when = self.when
        if when.ends_at <= when.starts_at:
            words = _("It ends before it begins: choose a later hour, or another day.")
            self.add_error("until_time", words)
        elif when.ends_at <= timezone.now() and self._is_news(when):
            words = _(
                "This day is over already. A call is for a day that comes; to say what "
                "happened, publish a report."
            )
            self.add_error("first_day", words)

    def _check_hour(self, name: str, local: datetime, zone: str) -> None:
        try:
            in_zone(local, zone)
        except forms.ValidationError as error:
            self.add_error(name, error)

    def _is_news(self, when: When) -> bool:
        """What has ended may still be corrected, but not be moved into the past."""
        return self.corrected is None or self.corrected.call.when != when

    def _check_embargo(self, data: dict[str, Any]) -> None:
        held = self.corrected is None or self.corrected.embargo_until
        if not held:
            return
        try:
            self.until = until_of(data)
        except forms.ValidationError as error:
            zone = error.code == "zone"
            self.add_error("embargo_zone" if zone else "embargo_at", error)
            return
        if self.until >= self.when.ends_at:
            words = _(
                "The call would be over before it is public. Choose another time."
            )
            self.add_error("embargo_at", words)

    @property
    def was_called_off(self) -> str:
        """That is never taken back."""
        return self.corrected.call.called_off_because if self.corrected else ""

    @property
    def when(self) -> When:
        data = self.cleaned_data
        first = data["first_day"]
        return When(
            first,
            data["last_day"] or first,
            data["from_time"],
            data["until_time"],
            data["zone"],
        )


CallForm.base_fields = Shared(CallForm.base_fields)


def _body(told: str) -> int:
    """An organisation by the end of its address, or by its name if only one has it."""
    slug = told.rstrip("/").rpartition("/")[2]
    by_slug = Organisation.objects.filter(slug=slug).values_list("pk", flat=True)
    found = list(by_slug) or list(
        Organisation.objects.filter(name__iexact=told).values_list("pk", flat=True)[:2]
    )
    if len(found) == 1:
        return found[0]
    words = (
        _("Several organisations are called “%(name)s”: give the address of its page.")
        if found
        else _(
            "There is no organisation “%(name)s” here. Copy the address of its page, or "
            "put the name into “By”."
        )
    )
    raise forms.ValidationError(words, params={"name": told})
