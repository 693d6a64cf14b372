from http import HTTPStatus

from django.contrib.auth import login, logout
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonwire.accounts import queries as accounts
from commonwire.accounts.actions import use_sign_in_link
from commonwire.publishing import queries


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """An editor's one-time link. Only the button uses it up: mail programs and chats
    fetch links that are sent through them."""
    if request.method == "POST":
        editor = use_sign_in_link(token=token)
        if editor is not None:
            login(request, editor, "django.contrib.auth.backends.ModelBackend")
            return HttpResponseRedirect("/desk/")
    else:
        editor = accounts.editor_for_link(token)
    page = {"site": queries.the_site(), "editor": editor}
    status = 200 if editor else 403
    return render(request, "web/sign_in.html", page, status=status)


@require_safe
def ask_for_link(request: HttpRequest) -> HttpResponse:
    return render(request, "web/ask_for_link.html")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return HttpResponseRedirect("/desk/login/")


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"live": True, "ready": True})


def refused(request: HttpRequest, status: int, why: str) -> HttpResponse:
    """A request that could not be read, in the form its sender reads."""
    if request.path.startswith("/api/"):
        title = HTTPStatus(status).phrase
        problem = {
            "type": "about:blank",
            "title": title,
            "status": status,
            "detail": why,
        }
        return JsonResponse(
            problem, status=status, content_type="application/problem+json"
        )
    page = {"site": queries.the_site(), "why": why}
    return render(request, "web/refused.html", page, status=status)


def server_error(request: HttpRequest) -> HttpResponse:
    """Says so without asking the database, which may be what is broken."""
    return render(request, "web/500.html", status=500)
