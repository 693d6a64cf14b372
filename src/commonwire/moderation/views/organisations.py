"""`/desk/organisations/`: adding them, changing them, their place and their end."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from commonwire.accounts.permissions import Permission, needs
from commonwire.calls import changing, logos
from commonwire.calls.actions.organisations import Overtaken, Told
from commonwire.calls.forms.organisation import OrganisationForms
from commonwire.calls.models import Organisation
from commonwire.moderation.actions import organisations as acts
from commonwire.moderation.views.body import body_page

_MOST_LISTED = 200


@needs(Permission.ORGANISE)
@require_http_methods(["GET", "HEAD"])
def organisation_list(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:100]
    found = Organisation.objects.order_by("name", "pk")
    if asked:
        found = found.filter(Q(name__icontains=asked) | Q(area__icontains=asked))
    total = found.count()
    page = {"found": found[:_MOST_LISTED], "asked": asked, "total": total}
    return render(request, "desk/organisations.html", page)


@needs(Permission.ORGANISE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_organisation(request: HttpRequest) -> HttpResponse:
    forms = OrganisationForms(None, request.POST or None)
    page: dict[str, Any] = {"forms": forms, "organisation": None}
    if request.method == "POST" and forms.is_valid:
        try:
            with transaction.atomic():
                told = {**forms.about.told}
                made = acts.add(by=_editor(request), told=Told(**told))
                forms.about.cleaned_data["seen"] = made.version
                changing.save(made, forms, request.POST, request.FILES)
            return HttpResponseRedirect(f"/desk/organisations/{made.pk}/")
        except logos.NoLogo as no_logo:
            page["logo_fault"] = no_logo.words
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/organisation_new.html", page, status=status)


@needs(Permission.ORGANISE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """What it says of itself; its place and its stewards have forms of their own."""
    organisation = get_object_or_404(Organisation, pk=pk)
    if request.method != "POST":
        return body_page(request, organisation)
    forms = OrganisationForms(organisation, request.POST)
    if not forms.is_valid:
        return body_page(request, organisation, forms=forms)
    try:
        with transaction.atomic():
            changing.save(organisation, forms, request.POST, request.FILES)
            acts.changed(by=_editor(request), organisation=organisation)
    except logos.NoLogo as no_logo:
        return body_page(request, organisation, forms=forms, logo_fault=no_logo.words)
    except Overtaken:
        forms = changing.again(organisation, request.POST)
        theirs = changing.theirs(organisation, forms)
        return body_page(
            request, organisation, forms=forms, overtaken=True, theirs=theirs
        )
    return HttpResponseRedirect(f"/desk/organisations/{pk}/?said=changed")


def _editor(request: HttpRequest) -> Any:
    return request.user
