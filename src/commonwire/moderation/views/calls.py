"""`/desk/calls/`: what strangers brought to calls and nobody has looked at."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonwire.accounts.permissions import Permission, needs
from commonwire.calls.endorsers import who_decides
from commonwire.calls.models import CallEvent, Endorsement, Pledge
from commonwire.kit.numbers import row_number
from commonwire.moderation.actions import calls as acts
from commonwire.moderation.actions.deciding import Refused

if TYPE_CHECKING:
    from commonwire.accounts.models import Editor

_MOST = 100


@needs(Permission.ORGANISE)
@require_http_methods(["GET", "HEAD", "POST"])
def calls_page(request: HttpRequest) -> HttpResponse:
    wrong = ""
    if request.method == "POST":
        try:
            _act(request)
            return HttpResponseRedirect("/desk/calls/")
        except Refused as error:
            wrong = str(error)
    waiting = Endorsement.objects.filter(state__in=["waiting", "unconfirmed"])
    waiting = who_decides(waiting.filter(call__post__embargo_until=None))
    events = CallEvent.objects.filter(listed_at=None, refused_at=None)
    said = Pledge.objects.exclude(name="", note="")
    page: dict[str, Any] = {
        "waiting": waiting.select_related("call__post", "organisation").order_by("pk")[
            :_MOST
        ],
        "events": events.select_related("call__post", "post").order_by("pk")[:_MOST],
        "said": said.select_related("call__post").order_by("-pk")[:_MOST],
        "wrong": wrong,
    }
    return render(request, "desk/calls.html", page, status=422 if wrong else 200)


def _act(request: HttpRequest) -> None:
    by = cast("Editor", request.user)
    number = row_number(request.POST.get("row", "")) or 0
    word = request.POST.get("do", "")
    if word in _OF_ENDORSEMENTS:
        endorsement = Endorsement.objects.filter(pk=number).first()
        if endorsement:
            _OF_ENDORSEMENTS[word](by=by, endorsement=endorsement)
            return
    if word in _OF_EVENTS:
        rows = CallEvent.objects.select_related("call__post", "post")
        event = rows.filter(pk=number).first()
        if event:
            _OF_EVENTS[word](by=by, event=event)
            return
    if word == "remove words":
        pledge = Pledge.objects.select_related("call__post").filter(pk=number).first()
        if pledge:
            acts.remove_pledge_words(by=by, pledge=pledge)
            return
    raise Refused("row", _("This is not there any more."))


_OF_ENDORSEMENTS: dict[str, Callable[..., Any]] = {
    "confirm": acts.confirm_endorsement,
    "refuse": acts.refuse_endorsement,
}
_OF_EVENTS: dict[str, Callable[..., Any]] = {
    "list": acts.list_event,
    "not list": acts.refuse_event,
}
