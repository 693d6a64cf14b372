"""The desk's list of editors: who is in, who may come in, who is out."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from commonwire.accounts import queries
from commonwire.accounts.actions import NotAllowed, cancel_invitation
from commonwire.accounts.middleware import editor_of
from commonwire.accounts.models import Editor, Invitation
from commonwire.accounts.permissions import (
    Permission,
    Role,
    may,
    may_invite,
    needs,
    role_of,
)
from commonwire.moderation.actions import admitting

EDITORS = "/desk/editors/"
_asked = require_http_methods(["GET", "HEAD", "POST"])


@needs(Permission.READ)
@require_safe
def editors(request: HttpRequest) -> HttpResponse:
    return _list(request)


@needs(Permission.INVITE_EDITORS)
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Answers with the link itself: it is stored nowhere and shown this once."""
    by = editor_of(request)
    role = _role(request)
    if not may_invite(by, role):
        return _list(request, fault=_("Only stewards invite stewards."), status=403)
    return _link(request, admitting.invite(by=by, role=role), role=role)


@needs(Permission.INVITE_EDITORS)
@require_POST
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=number)
    try:
        cancel_invitation(by=editor_of(request), invitation=invitation)
    except NotAllowed:
        fault = _("Only who has invited somebody, or a steward, takes it back.")
        return _list(request, fault=fault, status=403)
    return HttpResponseRedirect(EDITORS)


@needs(Permission.MANAGE_EDITORS)
@_asked
def remove(request: HttpRequest, number: int) -> HttpResponse:
    def act(editor: Editor) -> HttpResponse:
        admitting.remove(by=editor_of(request), editor=editor)
        return HttpResponseRedirect(EDITORS)

    return _confirmed(request, number, "desk/remove_editor.html", act)


@needs(Permission.MANAGE_EDITORS)
@_asked
def change_role(request: HttpRequest, number: int) -> HttpResponse:
    def act(editor: Editor) -> HttpResponse:
        admitting.change_role(by=editor_of(request), editor=editor, role=_role(request))
        return HttpResponseRedirect(EDITORS)

    return _confirmed(request, number, "desk/change_role.html", act)


@needs(Permission.MANAGE_EDITORS)
@_asked
def let_in_again(request: HttpRequest, number: int) -> HttpResponse:
    def act(editor: Editor) -> HttpResponse:
        path = admitting.let_in_again(by=editor_of(request), editor=editor)
        return _link(request, path, coming=editor)

    return _confirmed(request, number, "desk/let_in_again.html", act)


def _confirmed(
    request: HttpRequest,
    number: int,
    template: str,
    act: Callable[[Editor], HttpResponse],
) -> HttpResponse:
    """A page that says what will happen, and its button."""
    editor = get_object_or_404(queries.editors(), pk=number)
    if request.method != "POST":
        page = {"subject": editor, "role": role_of(editor), "roles": Role}
        return render(request, template, page)
    try:
        return act(editor)
    except NotAllowed:
        fault = _("One steward has to stay: make somebody else a steward first.")
        return _list(request, fault=fault, status=409)


def _role(request: HttpRequest) -> Role:
    return Role.STEWARD if request.POST.get("role") == Role.STEWARD else Role.EDITOR


def _link(request: HttpRequest, path: str, **page: object) -> HttpResponse:
    page = {"link": settings.SITE_URL + path, **page}
    return render(request, "desk/one_time_link.html", page)


def _list(request: HttpRequest, *, fault: str = "", status: int = 200) -> HttpResponse:
    editor = editor_of(request)
    page = {
        "editors": queries.editors(),
        "invitations": queries.open_invitations(),
        "may_manage": may(editor, Permission.MANAGE_EDITORS),
        "may_invite_stewards": may(editor, Permission.INVITE_STEWARDS),
        "fault": fault,
    }
    return render(request, "desk/editors.html", page, status=status)
