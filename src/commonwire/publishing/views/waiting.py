"""The waiting room of a draft that nobody's machine worked for. The draft is kept; the
address of the room says until when it is closed, and opens it once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.kit.buckets import network_of
from commonwire.publishing import author_queries, patience, queries
from commonwire.publishing.models import Draft
from commonwire.publishing.patience import NoRoom, Room
from commonwire.publishing.pictures import DraftPictures
from commonwire.publishing.views import finishing
from commonwire.publishing.views.finishing import Outcome
from commonwire.publishing.views.see_other import SeeOther


def address(draft: Draft, token: str) -> str:
    """A fresh room. The time since the form was opened counts, if it was not counted
    for another draft."""
    return f"/publish/{token}/wait/{patience.room_token(draft, draft.created_at)}/"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def waiting_room(request: HttpRequest, token: str, room: str) -> HttpResponse:
    draft = author_queries.draft_for(token)
    if draft is None or draft.post_id:
        return SeeOther(f"/publish/{token}/{'published/' if draft else ''}")
    now = timezone.now()
    try:
        found = patience.room(room, draft, now)
    except NoRoom as problem:
        return _page(request, draft, token, said=str(problem))
    left = found.left(now)
    if request.method != "POST" or left:
        said = _not_yet(left) if request.method == "POST" else ""
        return _page(request, draft, token, room=room, said=said)
    return _through(request, draft, token, found)


def _not_yet(left: int) -> str:
    words = ngettext(
        "Not yet: %(left)s second more.", "Not yet: %(left)s seconds more.", left
    )
    return words % {"left": left}


def _through(
    request: HttpRequest, draft: Draft, token: str, room: Room
) -> HttpResponse:
    network = network_of(request.META)
    done = finishing.publish(DraftPictures(draft), token, network, room.fare)
    if done == Outcome.PUBLISHED:
        return SeeOther(f"/publish/{token}/published/")
    if done == Outcome.WAITS:
        words = _("This waiting room was used before, so this is a new one.")
        return _page(request, draft, token, said=words)
    return SeeOther(f"/publish/{token}/")


def _page(
    request: HttpRequest, draft: Draft, token: str, *, room: str = "", said: str = ""
) -> HttpResponse:
    """``room``: none is a fresh one, which counts from now."""
    now = timezone.now()
    room = room or patience.room_token(draft, now)
    page = {
        "site": queries.the_site(),
        "token": token,
        "room": room,
        "left": patience.room(room, draft, now).left(now),
        "said": said,
    }
    return render(request, "publishing/waiting.html", page, status=422 if said else 200)
