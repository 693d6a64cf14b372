"""`/press/<post>/`: the contacts of a release that are for the press alone. One click and
a proof of work, or a moment's wait: a harvester has neither."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.publishing import patience, queries, work
from commonwire.publishing.fares import Fare
from commonwire.publishing.models import Post
from commonwire.publishing.release import Contact


@csrf_exempt  # no cookie stands behind this form: there is nothing to forge
@require_http_methods(["GET", "HEAD", "POST"])
def press_contacts(request: HttpRequest, post_id: int) -> HttpResponse:
    post = Post.objects.filter(pk=post_id).first()
    if post is None or not (post.press_contacts and (post.listed or post.raw)):
        raise Http404
    page: dict[str, Any] = {"post": post, "site": queries.the_site()}
    if request.method == "POST":
        page["said"] = refusal(request)
        if not page["said"]:
            page["contacts"] = [Contact(**each) for each in post.press_contacts]
    page["opened"] = patience.form_token(timezone.now())
    status = 422 if page.get("said") else 200
    response = render(request, "publishing/press.html", page, status=status)
    response["Cache-Control"] = "no-store"
    return response


def refusal(request: HttpRequest) -> str:
    """Why they are not shown yet; empty when they are."""
    fare = work.check(request.POST.get("altcha", ""))
    if not isinstance(fare, Fare):
        opened = patience.opened(request.POST.get("opened", ""))
        waited = opened.fare(timezone.now()) if opened else None
        if waited is None:
            return _("Not yet: wait some seconds on this page, then press it again.")
        fare = waited
    return "; ".join(doubt.words for doubt in work.use(fare))
