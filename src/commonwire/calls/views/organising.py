"""`/key/…/organisers/`: the author of an event invites organisations to stand for it. One
that accepts, in its stewards' room, is named on the page and has it in its calendar."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.calls.actions import issuing
from commonwire.calls.queries import organisation_named
from commonwire.publishing.models import Key
from commonwire.publishing.queries import the_site
from commonwire.publishing.states import Kind
from commonwire.publishing.views import room
from commonwire.publishing.views.see_other import SeeOther


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@room.in_room
def organisers(
    request: HttpRequest, key: Key, token: str, post_id: int
) -> HttpResponseBase:
    post = room.post_of(key, post_id)
    if post.kind != Kind.EVENT:
        raise Http404
    told = request.POST.get("organisation", "").strip()
    wrong = ""
    if request.method == "POST":
        organisation = organisation_named(told)
        if organisation is not None:
            issuing.invite_organiser(post=post, organisation=organisation)
            return SeeOther(f"{request.path}?said=invited")
        wrong = _("There is no such organisation here. Copy the address of its page.")
    page: dict[str, Any] = {
        "post": post,
        "token": token,
        "told": told,
        "wrong": wrong,
        "said": _("Invited. Its stewards see it in their room.")
        if request.GET.get("said") == "invited"
        else "",
        "organisers": post.issuers.select_related("organisation"),
        "site": the_site(),
    }
    status = 422 if wrong else 200
    return render(request, "calls/organisers.html", page, status=status)
