"""One organisation at the desk: its page, and the acts whose buttons stand on it."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonwire.accounts.permissions import Permission, needs
from commonwire.calls import queries
from commonwire.calls.forms.organisation import OrganisationForms
from commonwire.calls.forms.stewards import InvitationForm
from commonwire.calls.models import Affiliation, Organisation
from commonwire.kit.numbers import row_number
from commonwire.moderation.actions import organisations as acts
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.forms.organisations import (
    EndForm,
    MergeForm,
    PlaceForm,
    ReasonForm,
)

# The forms of the page, each with the word of its button.
FORMS: dict[str, type[Form]] = {
    "verify": ReasonForm,
    "doubt": ReasonForm,
    "place": PlaceForm,
    "leave": EndForm,
    "merge": MergeForm,
    "dissolve": EndForm,
    "invite": InvitationForm,
    "end-steward": Form,
}


def body_page(
    request: HttpRequest, organisation: Organisation, **page: Any
) -> HttpResponse:
    """What is given beside the organisation is what came of a form that was sent."""
    today = timezone.localdate()
    faulty = bool(page) and not page.get("link")
    page = {
        "forms": OrganisationForms(organisation),
        "organisation": organisation,
        "above": queries.places_above(organisation, today),
        "below": queries.places_below(organisation, today),
        "stewards": queries.stewards_of(organisation),
        "said": request.GET.get("said") == "changed" and _("Saved."),
        "known": Organisation.objects.order_by("name").exclude(pk=organisation.pk)[
            :500
        ],
        **{_named(word): _form(word) for word in FORMS},
        **page,
    }
    status = 422 if faulty else 200
    return render(request, "desk/organisation.html", page, status=status)


def _form(word: str, typed: Any = None) -> Form:
    """Several stand on one page: each control has a name of its own there."""
    return FORMS[word](typed, auto_id=f"id_{word}_%s")


def _named(word: str) -> str:
    return f"form_{word.replace('-', '_')}"


@needs(Permission.ORGANISE)
@require_POST
def act_on_organisation(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    if word not in FORMS:
        raise Http404
    form = _form(word, request.POST)
    shown = {_named(word): form}
    if not form.is_valid():
        return body_page(request, organisation, **shown)
    try:
        link = _act(request, organisation, word, form.cleaned_data)
    except Refused as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, refused.words)
        return body_page(request, organisation, **shown)
    if link:
        return body_page(request, organisation, link=link)
    return HttpResponseRedirect(f"/desk/organisations/{pk}/?said=changed")


def _act(
    request: HttpRequest, organisation: Organisation, word: str, data: dict[str, Any]
) -> str:
    """The path of a one-time link, if that came of it."""
    by: Any = request.user
    about = {"by": by, "organisation": organisation}
    if word == "invite":
        return acts.invite_steward(**about, label=data["label"])
    if word == "leave":
        acts.leave(by=by, place=_place(request, organisation), on=data["on"])
    elif word == "end-steward":
        acts.end_steward(by=by, steward=_steward(request, organisation))
    elif word == "place":
        acts.place(**about, parent=data["other"], since=data["since"])
    elif word == "merge":
        acts.merge(**about, into=data["other"], on=data["on"])
    else:
        _SIMPLE[word](**about, **data)
    return ""


_SIMPLE: dict[str, Any] = {
    "verify": acts.verify,
    "doubt": acts.doubt,
    "dissolve": acts.dissolve,
}


def _place(request: HttpRequest, organisation: Organisation) -> Affiliation:
    """One above it, or one below it."""
    number = row_number(request.POST.get("place", "")) or 0
    own: list[Affiliation] = [
        *organisation.affiliations.all(),
        *organisation.branches.all(),
    ]
    found = next((each for each in own if each.pk == number), None)
    if found is None or found.until:
        raise Http404
    return found


def _steward(request: HttpRequest, organisation: Organisation) -> Any:
    number = row_number(request.POST.get("steward", "")) or 0
    return get_object_or_404(queries.stewards_of(organisation), pk=number)
