"""The one-time link: an invitation, an editor's first way in, or the way back in."""

from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from commonwire.accounts import queries
from commonwire.accounts.actions import Joined, NameTaken, use_sign_in_link
from commonwire.accounts.forms import Names
from commonwire.accounts.middleware import SET_UP
from commonwire.accounts.models import Editor
from commonwire.accounts.permissions import Permission, needs
from commonwire.moderation.actions import admitting


@needs(Permission.ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Only the button uses the link up: mail programs and chats fetch what is sent
    through them."""
    link = queries.good_links(token).first()
    if link is not None and link.editor.joined_at is not None:
        return _come_back(request, token, link.editor)
    invitation = queries.good_invitations(token).first()
    if link is None and invitation is None:
        return _no_good(request)
    return _join(request, token, link.editor if link else None)


def _come_back(request: HttpRequest, token: str, editor: Editor) -> HttpResponse:
    if request.method == "POST":
        return _enter(request, use_sign_in_link(token=token))
    return render(request, "desk/come_back.html", {"coming": editor})


def _join(request: HttpRequest, token: str, editor: Editor | None) -> HttpResponse:
    initial = {"name": editor.name} if editor else {}
    if request.method != "POST":
        return _names(request, Names(initial=initial))
    form = Names(request.POST, but_for=editor)
    if not form.is_valid():
        return _names(request, form, status=422)
    try:
        joined = admitting.admit(token=token, **form.cleaned_data)
    except NameTaken:
        # Somebody else was faster; asked again, the form says which name.
        return _names(request, Names(request.POST, but_for=editor), status=422)
    return _enter(request, joined)


def _names(request: HttpRequest, form: Names, status: int = 200) -> HttpResponse:
    return render(request, "desk/join.html", {"form": form}, status=status)


def _enter(request: HttpRequest, joined: Joined | None) -> HttpResponse:
    if joined is None:
        return _no_good(request)
    # A new session, whatever browser the link was opened in and whoever was there.
    request.session.flush()
    login(request, joined.editor)
    return HttpResponseRedirect(SET_UP)


def _no_good(request: HttpRequest, **page: Any) -> HttpResponse:
    return render(request, "desk/no_good_link.html", page, status=403)
