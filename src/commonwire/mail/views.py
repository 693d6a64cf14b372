"""The page behind a link in a mail. Programs that look at mail open every link in it, so
looking confirms nothing: a button does."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.mail import actions
from commonwire.mail.actions import NoGood
from commonwire.mail.confirmations import Question, confirmation_for
from commonwire.mail.queries import is_too_late, link_of
from commonwire.publishing.queries import the_site


@csrf_exempt  # the address is the secret; no cookie stands behind it
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    try:
        if request.method == "POST":
            instead = request.POST.get("do") == "instead"
            done = actions.confirm(token=token, instead=instead)
            return _page(request, done=done)
        return _page(request, question=_question(token))
    except NoGood as error:
        link = link_of(token)
        asked = confirmation_for(link.purpose).question(link.about) if link else None
        status = HTTPStatus.GONE if link else HTTPStatus.NOT_FOUND
        return _page(request, status, refused=str(error), asked=asked)


def _question(token: str) -> Question:
    link = link_of(token)
    if link is None:
        raise NoGood(actions.unknown_link())
    if link.used_at:
        raise NoGood(actions.used_already())
    if is_too_late(link, timezone.now()):
        raise NoGood(actions.too_late())
    question = confirmation_for(link.purpose).question(link.about)
    if question is None:
        raise NoGood(actions.nothing_there())
    return question


def _page(
    request: HttpRequest, status: int = HTTPStatus.OK, **said: Any
) -> HttpResponse:
    page = {"question": None, "done": None, "refused": "", "asked": None, **said}
    page["site"] = the_site()
    return render(request, "mail/confirm.html", page, status=status)
