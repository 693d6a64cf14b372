"""The gate of the desk: nothing behind it runs before it has looked."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from commonwire.accounts.models import Editor
from commonwire.accounts.permissions import Permission, may, needed_by
from commonwire.accounts.queries import can_sign_in

Handler = Callable[[HttpRequest], HttpResponse]
DESK = "/desk/"
SIGN_IN = "/desk/login/"
SET_UP = "/desk/setup/"


class Gate:
    """Closed unless a view says who may come in."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(DESK):
            if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                response = _lead_back(request, response)
            patch_vary_headers(response, ["Cookie"])
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_rest: Any
    ) -> HttpResponse | None:
        permission = needed_by(view)
        if permission is None:
            return _refuse(request) if request.path.startswith(DESK) else None
        if permission is Permission.ANYONE:
            return None
        editor = request.user
        if not isinstance(editor, Editor):
            return _go(request, f"{SIGN_IN}{_back(request)}")
        if permission is Permission.OWN_SIGN_IN:
            return None
        if not can_sign_in(editor):
            return _go(request, SET_UP)
        return None if may(editor, permission) else _refuse(request)

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        """Before credentials change, who sits there says again who they are.

        allauth would keep the interrupted request in the session, with the headers and
        the address it came from; here the form is opened again instead.
        """
        if not isinstance(error, ReauthenticationRequired):
            return None
        if isinstance(request.user, AnonymousUser):
            return HttpResponseRedirect(SIGN_IN)
        first = get_adapter(request).get_reauthentication_methods(request.user)[0]
        return HttpResponseRedirect(
            f"{first['url']}?{urlencode({'next': request.path})}"
        )


def editor_of(request: HttpRequest) -> Editor:
    """Who is at the desk; the gate has seen to it that there is somebody."""
    assert isinstance(request.user, Editor)  # noqa: S101
    return request.user


def _back(request: HttpRequest) -> str:
    """Where to go on after signing in; a form that was sent is not sent again."""
    wanted = request.get_full_path() if request.method in {"GET", "HEAD"} else DESK
    return "" if wanted == DESK else f"?{urlencode({'next': wanted})}"


def _go(request: HttpRequest, where: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        # A script asked for a part of a page: the whole page has to go.
        return HttpResponse(status=401, headers={"HX-Redirect": where})
    return HttpResponseRedirect(where)


def _lead_back(request: HttpRequest, bare: HttpResponse) -> HttpResponse:
    """Where a button sends its form there is nothing to read, and the other way round."""
    page = render(request, "desk/no_page.html", status=bare.status_code)
    page["Allow"] = bare["Allow"]
    return page


def _refuse(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/refused.html", status=403)
