"""`/organisations/room/…`: six words open the organisation's own room, where its
stewards change what it says of itself, and let in and take back other stewards."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonwire.calls import call_queries, changing, logos, queries, stewardship
from commonwire.calls.actions import issuing, organisations, stewards
from commonwire.calls.forms.organisation import OrganisationForms
from commonwire.calls.forms.places import LeavingForm
from commonwire.calls.forms.stewards import InvitationForm
from commonwire.calls.stewardship import Acting
from commonwire.calls.views.inside import Reply, door_page, in_room, room_page
from commonwire.kit.buckets import network_of
from commonwire.publishing import sources
from commonwire.publishing.queries import the_site
from commonwire.publishing.views import entrance
from commonwire.publishing.views.see_other import SeeOther


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> Reply:
    """Every wrong phrase gets the same answer."""
    if request.method != "POST":
        return door_page(request)
    if not stewardship.may_try(network_of(request.META)):
        error = _("Too many tries came from your network. Try again in an hour.")
        return door_page(request, error, status=429)
    steward = stewardship.by_phrase(request.POST.get("key", ""))
    if steward is None:
        error = _(
            "No organisation is kept under these words, or not any more. Check each "
            "word: a key is six words with spaces between them."
        )
        return door_page(request, error, status=422)
    return SeeOther(f"/organisations/room/{stewardship.room_pass(steward)}/")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> Reply:
    """Only the button uses the link up: mail programs and chats fetch what is sent
    through them."""
    page: dict[str, Any] = {"site": the_site()}
    page["invited"] = queries.good_links(token).first()
    joined = stewards.join(token=token) if request.method == "POST" else None
    if joined is not None:
        page |= {"phrase": joined.phrase, "steward": joined.steward}
        return render(request, "organisations/joined.html", page)
    good = page["invited"] is not None and request.method != "POST"
    status = 200 if good else 403
    return render(request, "organisations/join.html", page, status=status)


@in_room
def room(request: HttpRequest, acting: Acting, token: str) -> Reply:
    own = acting.organisation
    return room_page(
        request,
        acting,
        token,
        "organisations/room.html",
        said=_said(request.GET.get("said", "")),
        issued=queries.issued_by(own),
        changed=call_queries.endorsed_before(own).count(),
        above=queries.places_above(own, timezone.localdate()),
    )


@in_room
def publish(request: HttpRequest, acting: Acting, token: str) -> Reply:
    """The publish form with what the organisation says in all its releases, or that of
    an event under a call; the draft remembers for whom it is."""
    if request.method != "POST":
        return SeeOther(f"/organisations/room/{token}/")
    under = entrance.under(request)
    draft_token = issuing.begin_draft(by=acting, under=under)
    return SeeOther(f"/publish/{draft_token}/")


@in_room
def change(request: HttpRequest, acting: Acting, token: str) -> Reply:
    """What it says of itself. When a colleague saved meanwhile, theirs stands, what was
    typed is kept in the form, and both are shown."""
    own = acting.organisation
    page: dict[str, Any] = {}
    forms = OrganisationForms(own, request.POST if request.method == "POST" else None)
    if forms.about.is_bound and forms.is_valid:
        try:
            changing.save(own, forms, request.POST, request.FILES)
            return SeeOther(f"/organisations/room/{token}/?said=changed")
        except logos.NoLogo as no_logo:
            page = {"logo_fault": no_logo.words}
        except organisations.Overtaken:
            forms = changing.again(own, request.POST)
            page = {"overtaken": True, "theirs": changing.theirs(own, forms)}
    page |= {"forms": forms, "status": 422 if forms.about.is_bound else 200}
    return room_page(request, acting, token, "organisations/change.html", **page)


@in_room
def sources_page(request: HttpRequest, acting: Acting, token: str) -> Reply:
    """How often links that carry its name were taken."""
    counts = sources.counts_of(sources.of_code(acting.organisation.slug))
    template = "organisations/sources.html"
    return room_page(request, acting, token, template, counts=counts)


@in_room
def stewards_page(request: HttpRequest, acting: Acting, token: str) -> Reply:
    form, link = InvitationForm(), ""
    if request.method == "POST":
        form = InvitationForm(request.POST)
        if form.is_valid():
            link = stewards.invite(by=acting, label=form.cleaned_data["label"])
            form = InvitationForm()
    page = {
        "form": form,
        "link": link,
        "stewards": queries.stewards_of(acting.organisation),
        "said": _said(request.GET.get("said", "")),
    }
    status = 422 if form.errors else 200
    template = "organisations/stewards.html"
    return room_page(request, acting, token, template, status=status, **page)


@in_room
def take_back(request: HttpRequest, acting: Acting, token: str, number: int) -> Reply:
    """Another's key, or one's own; asks once."""
    steward = queries.stewards_of(acting.organisation).filter(pk=number).first()
    if steward is None:
        raise Http404
    if request.method == "POST":
        stewards.take_back(by=acting, steward=steward)
        if steward == acting.steward:
            return SeeOther("/organisations/room/")
        return SeeOther(f"/organisations/room/{token}/stewards/?said=taken-back")
    template = "organisations/take_back.html"
    return room_page(request, acting, token, template, steward=steward)


@in_room
def leave(request: HttpRequest, acting: Acting, token: str, number: int) -> Reply:
    """It left the body that it stood under; the page keeps that it was there."""
    above = queries.places_above(acting.organisation, timezone.localdate())
    place = next((each for each in above if each.pk == number), None)
    if place is None:
        raise Http404
    form = LeavingForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        organisations.end_affiliation(affiliation=place, on=form.cleaned_data["on"])
        return SeeOther(f"/organisations/room/{token}/?said=left")
    status = 422 if form.errors else 200
    page = {"form": form, "place": place, "status": status}
    return room_page(request, acting, token, "organisations/leave.html", **page)


def _said(said: str) -> str:
    sentences = {
        "changed": _("Saved. The public page says it now."),
        "taken-back": _("This key opens nothing any more."),
        "left": _("Saved. The page says until when you stood there."),
        "verified": _("Verified. The public page says it now."),
    }
    return sentences.get(said, "")
