"""`/organisations/room/<pass>/calendar/`: a steward brings the organisation's calendar."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from commonwire.calendar.models import IcsSubscription
from commonwire.calendar.reading import NoCalendar
from commonwire.calls.actions import calendars
from commonwire.calls.forms.calendar import CalendarFileForm
from commonwire.calls.stewardship import Acting
from commonwire.calls.views.inside import Reply, in_room, room_page
from commonwire.publishing.views.see_other import SeeOther


@in_room
def calendar_page(request: HttpRequest, acting: Acting, token: str) -> Reply:
    form = CalendarFileForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _take(request, form, acting):
        return SeeOther(request.path)
    kept = IcsSubscription.objects.filter(kept_for=calendars.key_of(acting)).first()
    page = {"form": form, "kept": kept, "status": 422 if form.is_bound else 200}
    return room_page(request, acting, token, "organisations/calendar.html", **page)


def _take(request: HttpRequest, form: CalendarFileForm, acting: Acting) -> bool:
    file = request.FILES.get("file")
    if file is None:
        form.add_error("file", _("Choose an .ics file."))
        return False
    body = form.body_of(file)
    try:
        if not form.errors:
            calendars.take_calendar(by=acting, body=body, sections=form.chosen)
    except (NoCalendar, calendars.Refused) as refused:
        form.add_error("file", str(refused))
    return not form.errors
