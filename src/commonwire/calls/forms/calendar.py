from django.utils.translation import gettext_lazy as _

from commonwire.calendar.calendar_forms import CalendarForm


class CalendarFileForm(CalendarForm):
    """Of an organisation, whose name its events are signed with."""

    def __init__(self, data: object = None) -> None:
        super().__init__(data)
        del self.fields["name"], self.fields["url"]
        self.fields["file"].label = _("A file")
