"""The fields of an event, bound to what was typed (see `calendar.typed`)."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonwire.calendar import dates, typed
from commonwire.calendar.content import EventContent
from commonwire.calendar.dates import Span, Wrong
from commonwire.calendar.models.event import LINE_LENGTH, RULE_LENGTH, WORDS_LENGTH
from commonwire.calendar.states import ACCESS, Answer, Repeats
from commonwire.publishing import queries
from commonwire.publishing.forms import (
    LinkField,
    Shared,
    TooLong,
    day_field,
    line,
    time_field,
)
from commonwire.publishing.models import Post
from commonwire.publishing.parts import Part
from commonwire.publishing.row_forms import is_untouched
from commonwire.publishing.zones import ZoneSelect, site_zones

_RULES = {
    Repeats.DAILY: "FREQ=DAILY",
    Repeats.WEEKLY: "FREQ=WEEKLY",
    Repeats.FORTNIGHTLY: "FREQ=WEEKLY;INTERVAL=2",
    Repeats.MONTHLY: "FREQ=MONTHLY",
}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_POSITION = re.compile(
    r"(?:geo:)?(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)"
)
_MOST_NORTH, _MOST_EAST = 90, 180


def _answer(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=Answer.choices, required=False)


class EventForm(forms.Form):
    start_day = day_field(_("Day"))
    start_time = time_field(_("Begins at"), help_text=_("Empty: all day."))
    end_day = day_field(_("Ends on"), help_text=_("Empty: on the same day."))
    end_time = time_field(_("Ends at"), help_text=_("Empty: an open end."))
    which = forms.ChoiceField(
        label=_("Which of the two hours"),
        choices=[
            ("", "—"),
            ("first", _("The first, before the clocks are put back")),
            ("second", _("The second, after it")),
        ],
        required=False,
    )
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
    repeats = forms.ChoiceField(
        label=_("Repeats"), choices=Repeats.choices, required=False
    )
    until = day_field(_("Until"))
    times = forms.CharField(
        label=_("Or so many times"),
        required=False,
        widget=forms.NumberInput(attrs={"min": 1, "max": dates.MOST_DATES}),
    )
    rule = forms.CharField(
        label=_("Rule"),
        required=False,
        validators=[TooLong(RULE_LENGTH)],
        help_text=_("For “a rule of your own”: FREQ=WEEKLY;BYDAY=FR;COUNT=8"),
    )
    more_dates = forms.CharField(
        label=_("Other dates"),
        required=False,
        validators=[TooLong(10_000)],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "One a line: 2026-03-21 18:00, or the day alone for the same hour."
        ),
    )
    place = line(_("Place"), LINE_LENGTH, help_text=_("Such as “Union Hall”."))
    address = line(_("Address"), LINE_LENGTH)
    address_private = forms.BooleanField(
        label=_("Tell the address only to those who sign up"), required=False
    )
    position = line(
        _("Position for maps"),
        LINE_LENGTH,
        help_text=_("Latitude and longitude: 43.0747, -89.3842. May be left out."),
    )
    online_url = LinkField(label=_("Link to take part online"))
    step_free = _answer(ACCESS["step_free"])
    sign_language = _answer(ACCESS["sign_language"])
    captions = _answer(ACCESS["captions"])
    seating = _answer(ACCESS["seating"])
    accessibility = line(
        _("More about access"),
        WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The entrance, the toilets, the light, whom to ask."),
    )
    languages = line(_("Languages spoken"), LINE_LENGTH)
    price = line(
        _("Price"), LINE_LENGTH, help_text=_("Such as “free” or “$5, or not”.")
    )
    contact = line(_("Whom to ask"), LINE_LENGTH, help_text=_("Public."))

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, has_dates: bool = False
    ) -> None:
        """``has_dates``: of one with several dates, which are changed one by one."""
        initial = {"zone": queries.the_site().time_zone, "step_free": "unknown"}
        super().__init__(data, initial=initial, auto_id="id_event-%s")
        self.has_dates = has_dates
        self.told: dict[str, Any] = {}

    def clean_times(self) -> int | None:
        told = str(self.cleaned_data["times"])
        if not told:
            return None
        if not told.isascii() or not told.isdecimal() or len(told) > 6 or not int(told):  # noqa: PLR2004
            raise forms.ValidationError(_("Write a whole number, such as 8."))
        return int(told)

    def clean_position(self) -> tuple[float, float] | None:
        told = str(self.cleaned_data["position"])
        match = _POSITION.fullmatch(told)
        if not told:
            return None
        if match is None:
            words = _("Write it like 43.0747, -89.3842: latitude, then longitude.")
            raise forms.ValidationError(words)
        north, east = float(match[1]), float(match[2])
        if abs(north) > _MOST_NORTH or abs(east) > _MOST_EAST:
            words = _("There is no such place: latitude goes to 90, longitude to 180.")
            raise forms.ValidationError(words)
        return north, east

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("address_private") and data.get("position"):
            words = _(
                "A position on the map would tell the address to everybody. Leave it "
                "out, or let the address be public."
            )
            self.add_error("position", words)
        if not self.has_dates and "zone" in data:
            try:
                self.told = _when(data)
            except Wrong as wrong:
                self.add_error(wrong.field, str(wrong))
        return data

    @property
    def content(self) -> EventContent:
        data = self.cleaned_data
        private = data["address_private"]
        north, east = data["position"] or (None, None)
        names = (*ACCESS, "accessibility", "languages", "price", "contact", "place")
        answers = {name: data[name] or Answer.UNKNOWN for name in ACCESS}
        plain = {name: data[name] for name in names} | answers
        return EventContent(
            **{"zone": data["zone"], **self.told},
            **plain,
            online_url=data["online_url"],
            address="" if private else data["address"],
            private_address=data["address"] if private else "",
            latitude=north,
            longitude=east,
        )


EventForm.base_fields = Shared(EventForm.base_fields)


def _when(data: Mapping[str, Any]) -> dict[str, Any]:
    zone = data["zone"]
    if not data["start_day"]:
        raise Wrong("start_day", gettext("Say on which day it is."))
    if not zone:
        words = gettext("Say in which time zone this is: 6:00 comes at 6:00 somewhere.")
        raise Wrong("zone", words)
    first = span_of(data, zone)
    all_day = not data["start_time"]
    rule = _rule(data, first)
    found = [first]
    if rule:
        field = "rule" if data["repeats"] == Repeats.RULE else "repeats"
        found = dates.repeated(first, rule, zone, field=field)
    found += further(data["more_dates"], first, zone)
    spans = {span.start: span for span in found}
    if len(spans) > dates.MOST_DATES:
        words = gettext("There are %(here)s dates; %(most)s fit. Remove some.")
        told = {"here": len(spans), "most": dates.MOST_DATES}
        raise Wrong("more_dates", words % told)
    return {
        "dates": tuple(spans.values()),
        "all_day": all_day,
        "rule": rule,
        "zone": zone,
    }


def span_of(data: Mapping[str, Any], zone: str) -> Span:
    """From when to when one date is, of a form's five fields."""
    if not data["start_day"]:
        raise Wrong("start_day", gettext("Say on which day it is."))
    day = dates.day_of(data["start_day"], "start_day")
    last = dates.day_of(data["end_day"], "end_day") if data["end_day"] else day
    if not data["start_time"]:
        if data["end_time"]:
            words = gettext("Say when it begins, too, or leave out when it ends.")
            raise Wrong("start_time", words)
        start = dates.midnight(day, zone)
        end = dates.midnight(last + timedelta(days=1), zone)
        dates.check_order(start, end, "end_day")
        return Span(start, end)
    which, begins = data["which"], dates.time_of(data["start_time"], "start_time")
    start = dates.moment(day, begins, zone, which=which, field="start_time")
    if not data["end_time"]:
        if data["end_day"] and last != day:
            raise Wrong("end_time", gettext("Say at what time it ends on that day."))
        return Span(start)
    ends = dates.time_of(data["end_time"], "end_time")
    end = dates.moment(last, ends, zone, which=which, field="end_time")
    dates.check_order(start, end, "end_time")
    return Span(start, end)


def _rule(data: Mapping[str, Any], first: Span) -> str:
    repeats = data["repeats"]
    if not repeats:
        if data["rule"] or data["until"] or data["times"]:
            words = gettext(
                "Choose how it repeats, or empty what is said of it: until when, how "
                "often, and the rule."
            )
            raise Wrong("repeats", words)
        return ""
    if repeats == Repeats.RULE:
        if not data["rule"]:
            raise Wrong("rule", gettext("Write the rule, or choose how it repeats."))
        return str(data["rule"]).strip().upper().removeprefix("RRULE:")
    rule = _RULES.get(repeats) or _by_weekday(first.start.date())
    if data["until"]:
        return f"{rule};UNTIL={dates.day_of(data['until'], 'until'):%Y%m%d}"
    if data["times"]:
        return f"{rule};COUNT={data['times']}"
    words = gettext(
        "Say until when it repeats, or how often: nothing goes on for ever."
    )
    raise Wrong("until", words)


def _by_weekday(day: date) -> str:
    """The third Friday of each month; the fifth is the last."""
    week = (day.day - 1) // 7 + 1
    number = -1 if week > 4 else week  # noqa: PLR2004
    return f"FREQ=MONTHLY;BYDAY={number}{_WEEKDAYS[day.weekday()]}"


def further(text: str, first: Span, zone: str) -> Iterator[Span]:
    """One date a line, as long as the first."""
    field = "more_dates"
    for told in filter(None, (each.strip() for each in text.splitlines())):
        day, _space, hour = told.replace("T", " ").partition(" ")
        begins = first.start.time()
        try:
            if hour:
                begins = dates.time_of(hour.strip(), field)
            yield dates.at(
                first, datetime.combine(dates.day_of(day, field), begins), zone, field
            )
        except Wrong as wrong:
            raise Wrong(field, f"“{told[:40]}”: {wrong}") from wrong


class EventForms:
    """As `publishing.parts.PartForms` says."""

    def __init__(
        self,
        part: Part,
        given: Mapping[str, Any] | None,
        post: Post | None,
        *,
        wanted: bool,
    ) -> None:
        self.part = part
        # Of several dates each is changed by itself.
        several = post is not None and post.event.occurrences.count() > 1
        self.form = EventForm(
            given if wanted and given is not None else None, has_dates=several
        )
        self.untouched = is_untouched(self.form, given or {})
        if not wanted and given:
            told = {name: value for name, value in given.items() if value}
            self.form.initial = {**self.form.initial, **told}
        self.is_new = post is None
        self.several = several

    @property
    def all(self) -> list[forms.Form]:
        return [self.form]

    @property
    def repeating(self) -> list[forms.BoundField]:
        return [self.form[name] for name in typed.WHEN[6:]]

    @property
    def where(self) -> list[forms.BoundField]:
        return [self.form[name] for name in typed.PLAIN[:5]]

    @property
    def access(self) -> list[forms.BoundField]:
        return [self.form[name] for name in ACCESS]

    @property
    def rest(self) -> list[forms.BoundField]:
        return [self.form[name] for name in typed.PLAIN[9:]]

    @property
    def general_errors(self) -> list[str]:
        return []

    @property
    def is_blank(self) -> bool:
        return self.untouched and not self.several and not self.errors

    @property
    def errors(self) -> bool:
        return bool(self.form.errors)

    @cached_property
    def is_valid(self) -> bool:
        return self.form.is_valid()

    @property
    def faults(self) -> Iterator[tuple[str, str]]:
        for name, messages in self.form.errors.items():
            for message in messages:
                yield typed.AS_PROGRAMS_SAY.get(name, name), str(message)

    @property
    def content(self) -> EventContent:
        return self.form.content
