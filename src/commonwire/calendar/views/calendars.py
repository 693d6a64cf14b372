"""`/desk/calendars/`: editors take over events from calendars elsewhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonwire.accounts.middleware import editor_of
from commonwire.accounts.permissions import Permission, needs
from commonwire.calendar import reading
from commonwire.calendar.actions import importing
from commonwire.calendar.calendar_forms import CalendarForm
from commonwire.calendar.models import IcsSubscription
from commonwire.kit.fetching import NoSuchSite, NotAllowed
from commonwire.publishing.views.see_other import SeeOther

HERE = "/desk/calendars/"


@needs(Permission.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def calendars(request: HttpRequest) -> HttpResponse:
    form = CalendarForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        body = _file(request, form)
        if not form.errors:
            source = _take(request, form, body)
            if source is not None:
                return SeeOther(f"{HERE}#calendar-{source.pk}")
    sources = IcsSubscription.objects.filter(ended_at=None)
    page = {"form": form, "sources": sources.order_by("name", "pk")}
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/calendars.html", page, status=status)


def _file(request: HttpRequest, form: CalendarForm) -> bytes:
    """The calendar that came; what is wrong with it is said beside its field."""
    file: Any = request.FILES.get("file")
    if file is None:
        if not form.cleaned_data["url"]:
            form.add_error("url", _("Give an address, or choose a file."))
        return b""
    return form.body_of(file)


def _take(
    request: HttpRequest, form: CalendarForm, body: bytes
) -> IcsSubscription | None:
    told = {"name": form.cleaned_data["name"], "sections": form.chosen}
    told |= {"by": editor_of(request)}
    try:
        if body:
            return importing.take_file(body=body, **told)
        return importing.follow(url=form.cleaned_data["url"], **told)
    except reading.NoCalendar as refused:
        form.add_error("file", str(refused))
    except importing.There:
        form.add_error("url", _("This calendar is among those below already."))
    except (NotAllowed, NoSuchSite) as refused:
        form.add_error("url", refused.words)
    return None


@needs(Permission.IMPORT)
@require_POST
def calendar_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at it now, or no longer."""
    source = get_object_or_404(IcsSubscription, pk=pk, ended_at=None)
    if request.POST.get("do") == "end":
        importing.end(source=source)
    elif source.url:
        importing.look(source=source)
    return SeeOther(f"{HERE}#calendar-{source.pk}")
