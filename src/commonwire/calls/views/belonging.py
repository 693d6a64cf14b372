"""`/key/…/under-call/`: the author of an event says whether it belongs under the call that
it was put under, by them or by anybody else."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.calls.actions import local_events
from commonwire.calls.models import CallEvent
from commonwire.publishing.models import Key
from commonwire.publishing.queries import the_site
from commonwire.publishing.views import room
from commonwire.publishing.views.see_other import SeeOther


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@room.in_room
def belong(
    request: HttpRequest, key: Key, token: str, post_id: int
) -> HttpResponseBase:
    post = room.post_of(key, post_id)
    rows = CallEvent.objects.select_related("call__post")
    event = get_object_or_404(rows, post=post)
    act = _ACTS.get(request.POST.get("do", ""))
    if act is not None:
        act(event=event)
        return SeeOther(f"{request.path}?said=done")
    page: dict[str, Any] = {
        "post": post,
        "token": token,
        "event": event,
        "call": event.call.post,
        "said": _("Done.") if request.GET.get("said") == "done" else "",
        "site": the_site(),
    }
    return render(request, "calls/belong.html", page)


_ACTS = {"agree": local_events.agree, "leave": local_events.leave}
