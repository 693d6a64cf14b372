"""The gate of the desk: nothing behind it runs before it has looked."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from commonwire.accounts.models import Editor
from commonwire.accounts.permissions import Permission, may, needed_by

Handler = Callable[[HttpRequest], HttpResponse]
DESK = "/desk/"


class Gate:
    """Closed unless a view says who may come in."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_rest: Any
    ) -> HttpResponse | None:
        permission = needed_by(view)
        if permission is None:
            return _refuse(request) if request.path.startswith(DESK) else None
        if permission is Permission.ANYONE:
            return None
        editor = request.user
        if not isinstance(editor, Editor) or not editor.is_active:
            return HttpResponseRedirect(settings.LOGIN_URL)
        return None if may(editor, permission) else _refuse(request)


def editor_of(request: HttpRequest) -> Editor:
    """Who is at the desk; the gate has seen to it that there is somebody."""
    assert isinstance(request.user, Editor)  # noqa: S101
    return request.user


def _refuse(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/refused.html", status=403)
