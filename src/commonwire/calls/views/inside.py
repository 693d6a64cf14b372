"""The organisation's room: no cookie, the address carries a pass for two hours."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.calls import stewardship
from commonwire.calls.stewardship import Acting
from commonwire.publishing.queries import the_site

Reply = HttpResponseBase
Inside = Callable[..., Reply]


def in_room(view: Inside) -> Inside:
    """For addresses `organisations/room/<token>/…`: gives the view who acts, and the
    pass, while it is good. The view takes GET, HEAD and POST."""

    @wraps(view)
    def inside(request: HttpRequest, token: str, **where: Any) -> Reply:
        acting = stewardship.by_pass(token)
        if acting is None:
            return closed(request)
        return view(request, acting, token, **where)

    methods = require_http_methods(["GET", "HEAD", "POST"])
    return csrf_exempt(methods(inside))


def closed(request: HttpRequest) -> Reply:
    error = _("This room has closed; it does so after two hours. Enter your key again.")
    return door_page(request, error, status=403)


def door_page(request: HttpRequest, error: str = "", status: int = 200) -> Reply:
    page = {"error": error, "site": the_site(), "kept": _typed(request)}
    return render(request, "organisations/door.html", page, status=status)


def _typed(request: HttpRequest) -> str:
    """What a form held when its room closed: shown again, to be copied."""
    return "\n\n".join(
        str(value) for name, value in request.POST.items() if value and name != "key"
    )


def room_page(
    request: HttpRequest, acting: Acting, token: str, template: str, **page: Any
) -> Reply:
    """A page of the room; ``status`` 422 when the form in it has a fault."""
    status = page.pop("status", 200)
    page |= {"acting": acting, "organisation": acting.organisation, "token": token}
    page |= {"room": f"/organisations/room/{token}/", "site": the_site()}
    return render(request, template, page, status=status)
