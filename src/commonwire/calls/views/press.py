"""`/organisations/press/<slug>/`: a contact that is for the press alone, behind a click
and a proof of work."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.calls.models import Organisation
from commonwire.publishing import patience
from commonwire.publishing.queries import the_site
from commonwire.publishing.views.press import refusal


@csrf_exempt  # no cookie stands behind this form: there is nothing to forge
@require_http_methods(["GET", "HEAD", "POST"])
def press_contact(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None or not organisation.press_contact:
        raise Http404
    page: dict[str, Any] = {"organisation": organisation, "site": the_site()}
    if request.method == "POST":
        page["said"] = refusal(request)
        if not page["said"]:
            page["contact"] = organisation.contact
    page["opened"] = patience.form_token(timezone.now())
    status = 422 if page.get("said") else 200
    return render(request, "organisations/press.html", page, status=status)
