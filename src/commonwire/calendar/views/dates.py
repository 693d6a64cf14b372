"""`/key/<room>/<post>/dates/`: the author moves, cancels and adds dates of an event."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.calendar import queries
from commonwire.calendar.actions import dates
from commonwire.calendar.date_forms import DateForm, more_dates
from commonwire.calendar.dates import Wrong
from commonwire.calendar.models import Event, Occurrence
from commonwire.kit.numbers import row_number
from commonwire.kit.typed_text import clean_line, clean_text
from commonwire.publishing.models import Key, Post
from commonwire.publishing.queries import the_site
from commonwire.publishing.views.room import Reply, in_room, post_of
from commonwire.publishing.views.see_other import SeeOther

_SAID = {
    "moved": _("The date was changed. Its page and every calendar say so."),
    "cancelled": _("Cancelled. It stays where it was, and says so."),
    "restored": _("It takes place after all."),
    "added": _("The dates were added."),
}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@in_room
def event_dates(request: HttpRequest, key: Key, token: str, post_id: int) -> Reply:
    post = post_of(key, post_id)
    event = queries.event_of(post)
    if event is None:
        raise Http404
    rows = list(event.occurrences.all())
    forms = [DateForm(row) for row in rows]
    error = ""
    if request.method == "POST":
        try:
            done = _act(request.POST, post, event, forms)
        except Wrong as wrong:
            done, error = "", str(wrong)
        if done:
            return SeeOther(f"{request.path}?said={done}")
    page: dict[str, Any] = {
        "post": post,
        "token": token,
        "event": event,
        "forms": forms,
        "error": error,
        "more": request.POST.get("more_dates", "") if error else "",
        "said": _SAID.get(request.GET.get("said", ""), ""),
        "sign_ups": list(event.sign_ups.order_by("at")),
        "site": the_site(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "calendar/dates.html", page, status=status)


def _act(
    typed: Mapping[str, str], post: Post, event: Event, forms: list[DateForm]
) -> str:
    """What was done; empty when the form says what is wrong."""
    if typed.get("do") == "add":
        spans = more_dates(clean_text(typed.get("more_dates", "")).text, event)
        dates.add(post=post, spans=spans)
        return "added"
    number = row_number(typed.get("number", ""))
    row = next((form.row for form in forms if form.row.number == number), None)
    if row is None:
        raise Http404
    note = clean_line(typed.get("note", "")).text[:200]
    if typed.get("do") == "cancel":
        dates.cancel(post=post, number=row.number, note=note)
        return "cancelled"
    if typed.get("do") == "restore":
        dates.restore(post=post, number=row.number)
        return "restored"
    return _move(typed, post, row, forms)


def _move(
    typed: Mapping[str, str], post: Post, row: Occurrence, forms: list[DateForm]
) -> str:
    form = DateForm(row, typed)
    forms[:] = [form if each.row == row else each for each in forms]
    if not form.is_valid():
        return ""
    dates.move(
        post=post, number=row.number, span=form.span, note=form.cleaned_data["note"]
    )
    return "moved"
