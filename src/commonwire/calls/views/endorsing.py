"""`/organisations/room/…/calls/`: what an organisation is asked, and what it endorses.
Its steward answers for it, and for no other."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.calls.actions import endorsing, issuing
from commonwire.calls.call_queries import coming
from commonwire.calls.forms.endorsement import AuthorityForm
from commonwire.calls.models import Call, Endorsement, Issuer
from commonwire.calls.models.endorsement import LIVE
from commonwire.calls.stewardship import Acting
from commonwire.calls.views.inside import Reply, in_room, room_page
from commonwire.kit.numbers import row_number
from commonwire.publishing.views.see_other import SeeOther


@in_room
def calls(request: HttpRequest, acting: Acting, token: str) -> Reply:
    wrong = ""
    if request.method == "POST":
        try:
            _answer(acting, request.POST)
            return SeeOther(f"{request.path}?said=done")
        except endorsing.Refused as error:
            wrong = str(error)
    own = acting.organisation.endorsements.select_related("call__post")
    invited = acting.organisation.issued.filter(accepted_at=None).select_related("post")
    page: dict[str, Any] = {
        "wrong": wrong,
        "said": _("Done.") if request.GET.get("said") == "done" else "",
        "asked": own.filter(state="invited", call__post__embargo_until=None),
        "claimed": own.filter(
            state__in=["waiting", "unconfirmed"], call__post__embargo_until=None
        ),
        "given": own.filter(state="confirmed"),
        "issuing": invited.filter(post__embargo_until=None, post__withdrawn_at=None),
        "coming": coming_calls(acting),
        "open": open_calls(),
        "status": 422 if wrong else 200,
    }
    return room_page(request, acting, token, "calls/of_organisation.html", **page)


def coming_calls(acting: Acting) -> list[Call]:
    """Those that it could endorse and does not."""
    there = acting.organisation.endorsements.filter(state__in=LIVE)
    known = set(there.values_list("call_id", flat=True))
    return [call for call in open_calls() if call.pk not in known]


def open_calls() -> list[Call]:
    return [call for call in coming(timezone.now()) if call.takes_part()]


@in_room
def endorse(request: HttpRequest, acting: Acting, token: str, post_id: int) -> Reply:
    found = Call.objects.select_related("post").filter(post_id=post_id)
    call = found.filter(post__embargo_until=None).first()
    if call is None or not call.post.may_be_read:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = AuthorityForm(sent, initial=_claimed(acting, call))
    page: dict[str, Any] = {"call": call, "post": call.post, "form": form, "wrong": ""}
    if request.method == "POST" and form.is_valid():
        try:
            endorsing.endorse(call=call, acting=acting, authority=form.authority)
            return SeeOther(f"/organisations/room/{token}/calls/?said=done")
        except endorsing.Refused as error:
            page["wrong"] = str(error)
    page["status"] = 422 if form.errors or page["wrong"] else 200
    return room_page(request, acting, token, "calls/endorse_as.html", **page)


def _claimed(acting: Acting, call: Call) -> dict[str, Any]:
    """What somebody wrote at the form, for its steward to look through."""
    rows = acting.organisation.endorsements.filter(call=call)
    said = rows.filter(state__in=["waiting", "unconfirmed"])
    found: dict[str, Any] = said.values(*AuthorityForm.base_fields).first() or {}
    return {name: str(value or "") for name, value in found.items()}


def _answer(acting: Acting, sent: Any) -> None:
    verb, number = sent.get("do", ""), row_number(sent.get("row", "")) or 0
    if verb in {"issue", "not issue"}:
        _answer_issuing(acting, verb, number)
        return
    rows = acting.organisation.endorsements
    endorsement: Endorsement | None = rows.filter(pk=number).first()
    if endorsement is None:
        raise endorsing.Refused(_("This is not there any more."))
    if verb == "decline":
        endorsing.decline(endorsement=endorsement, acting=acting)
    elif verb == "not true":
        endorsing.refuse(endorsement=endorsement, acting=acting)
    elif verb == "again":
        endorsing.give_again(endorsement=endorsement, acting=acting)
    elif verb == "withdraw":
        endorsing.take_back(endorsement=endorsement, acting=acting)


def _answer_issuing(acting: Acting, verb: str, number: int) -> None:
    issuer: Issuer | None = acting.organisation.issued.filter(pk=number).first()
    if issuer is None:
        raise endorsing.Refused(_("This is not there any more."))
    if verb == "issue":
        issuing.issue(post=issuer.post, by=acting)
    else:
        issuing.decline(issuer=issuer, by=acting)
