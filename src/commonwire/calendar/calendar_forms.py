from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonwire.calendar import reading
from commonwire.publishing import queries
from commonwire.publishing.forms import LinkField, line
from commonwire.publishing.models import Section
from commonwire.publishing.models.post import BYLINE_LENGTH


class CalendarForm(forms.Form):
    name = line(
        _("Whose calendar it is"),
        BYLINE_LENGTH,
        required=_("Say whose calendar it is: its events are signed with it."),
    )
    url = LinkField(
        label=_("Its address"),
        help_text=_("Ends in .ics, mostly. It is looked at every six hours."),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("An .ics file of 5 MB at most, taken over once."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )
    sections = forms.MultipleChoiceField(
        label=_("Topics and regions of its events"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None) -> None:
        if data is not None:
            data = data.copy()
            # Calendars write their own scheme; it is the same address.
            data["url"] = str(data.get("url", "")).replace("webcal://", "https://", 1)
        super().__init__(data, auto_id="id_%s")
        topics, regions = queries.sections()
        self._sections = {str(section.pk): section for section in topics + regions}
        field: Any = self.fields["sections"]
        field.choices = [(pk, section.name) for pk, section in self._sections.items()]

    def body_of(self, file: Any) -> bytes:
        """The calendar that came; what is wrong with it is said beside its field."""
        try:
            reading.check_size(file.size)
            with file.path.open("rb") as opened:
                return bytes(opened.read(reading.MOST_BYTES))
        except reading.NoCalendar as refused:
            self.add_error("file", str(refused))
        except FileNotFoundError:
            self.add_error("file", _("This file did not arrive whole. Send it again."))
        return b""

    @property
    def chosen(self) -> list[Section]:
        return [self._sections[pk] for pk in self.cleaned_data["sections"]]
