"""The form of one date of an event, and of dates that are added."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonwire.calendar import dates
from commonwire.calendar.dates import Span, Wrong
from commonwire.calendar.forms import EventForm, further, span_of
from commonwire.calendar.models import Event, Occurrence
from commonwire.calendar.models.event import LINE_LENGTH
from commonwire.calendar.showing import hours_of
from commonwire.publishing.forms import line

_TIMES = ("start_day", "start_time", "end_day", "end_time", "which")


class DateForm(forms.Form):
    note = line(
        _("What to say about it"),
        LINE_LENGTH,
        help_text=_("Such as “because of the rain”. Public."),
    )

    def __init__(self, row: Occurrence, data: Mapping[str, Any] | None = None) -> None:
        self.row = row
        self.zone = row.event.zone
        self.span = Span(row.begins, row.ends)
        initial = {**hours_of(self.span, all_day=row.event.all_day), "note": row.note}
        super().__init__(data, initial=initial, auto_id=f"id_date-{row.number}-%s")
        own = {name: EventForm.base_fields[name] for name in _TIMES}
        self.fields = {**own, **self.fields}

    @property
    def asks_which(self) -> bool:
        return bool(self.errors) or bool(self["which"].value())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        all_day = self.row.event.all_day
        if all_day and data.get("start_time"):
            words = _("This event is all day. Leave the hours out.")
            self.add_error("start_time", words)
        elif not all_day and not data.get("start_time"):
            self.add_error("start_time", _("Say when it begins."))
        else:
            try:
                self.span = span_of(data, self.zone)
            except Wrong as wrong:
                self.add_error(wrong.field, str(wrong))
        return data


def more_dates(text: str, event: Event) -> list[Span]:
    """Dates as they are typed on the form of the event, as long as its first."""
    row = event.occurrences.order_by("number")[0]
    spans = list(further(text, Span(row.begins, row.ends), event.zone))
    if not spans:
        raise Wrong("more_dates", str(_("Write a date, such as 2026-03-21 18:00.")))
    if event.occurrences.count() + len(spans) > dates.MOST_DATES:
        words = str(_("An event may have %(most)s dates; publish another one."))
        raise Wrong("more_dates", words % {"most": dates.MOST_DATES})
    return spans
