"""An organisation's program endorses a call, gives its endorsement again for the call as
it is now, and withdraws it: the acts of its steward's room."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Status
from pydantic import BaseModel, Field

from commonwire.calls.actions import endorsing
from commonwire.calls.api.routes import router
from commonwire.calls.api.senders import acting_of, call_at, organisation
from commonwire.calls.forms.endorsement import AuthorityForm
from commonwire.calls.models import Endorsement
from commonwire.calls.models.endorsement import LINE_LENGTH, LIVE, NOTE_LENGTH
from commonwire.calls.states import EndorsementState, How
from commonwire.publishing.api.describing import extra
from commonwire.publishing.api.problems import Fault, Problem, not_found, of_fields
from commonwire.publishing.sent import Sent, Text, text

_PATH = "/posts/{int:post_id}/endorsement"
_TOLD = extra(
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    security=("Bearer",),
)


class EndorsementSent(Sent):
    how: Text = Field(
        "",
        description="How it was decided; has to be given.",
        json_schema_extra={"enum": ["", *How.values]},
    )
    office: Text = text("Who authorised it: the office; has to be given.", LINE_LENGTH)
    officer: Text = text("Their name, for the issuer and the editors.", LINE_LENGTH)
    decided_on: Text = text("The day, `2027-01-09`; today if left out.")
    note: Text = text("A public sentence of the organisation.", NOTE_LENGTH)


class EndorsementShown(BaseModel):
    organisation: str = Field(description="The slug of its page.")
    state: str = Field(
        description="`confirmed`, or `invited`, `waiting`, `unconfirmed` while it has "
        "not said anything itself; afterwards `withdrawn`, `declined` or `refused`."
    )
    version: int = Field(description="Of the call, for which it was given.")
    newest: int = Field(description="The call's version now. Higher: send it again.")


@router.get(
    _PATH,
    response=EndorsementShown,
    auth=organisation,
    tags=["take part"],
    operation_id="getEndorsement",
    openapi_extra=_TOLD,
)
def get_endorsement(request: HttpRequest, post_id: int) -> dict[str, Any]:
    """Where the organisation of the token stands with this call."""
    return _shown(_own(request, post_id))


@router.post(
    _PATH,
    response={201: EndorsementShown},
    auth=organisation,
    tags=["take part"],
    operation_id="endorseCall",
    openapi_extra=_TOLD,
)
def endorse_call(
    request: HttpRequest, post_id: int, sent: EndorsementSent
) -> Status[dict[str, Any]]:
    """The organisation of the token endorses the call: it stands at once. So it accepts
    an invitation, too, and gives its endorsement again for the call as it is now."""
    call = call_at(post_id)
    form = AuthorityForm(sent.model_dump())
    if not form.is_valid():
        raise of_fields(
            Fault(name, str(words))
            for name, found in form.errors.items()
            for words in found
        )
    acting = acting_of(request)
    try:
        made = endorsing.endorse(call=call, acting=acting, authority=form.authority)
    except endorsing.Refused as refused:
        raise Problem(HTTPStatus.CONFLICT, str(refused)) from refused
    return Status(HTTPStatus.CREATED, _shown(made))


@router.delete(
    _PATH,
    response=EndorsementShown,
    auth=organisation,
    tags=["take part"],
    operation_id="withdrawEndorsement",
    openapi_extra=_TOLD,
)
def withdraw_endorsement(request: HttpRequest, post_id: int) -> dict[str, Any]:
    """Withdraw it: the call's page says since when. An invitation is declined by it,
    and what a stranger wrote at the form in its name is said to be untrue."""
    found = _own(request, post_id)
    act = _ENDS.get(found.state)
    if act is None:
        words = _("It is “%(state)s” already.") % {"state": found.get_state_display()}
        raise Problem(HTTPStatus.CONFLICT, words)
    try:
        return _shown(act(endorsement=found, acting=acting_of(request)))
    except endorsing.Refused as refused:
        raise Problem(HTTPStatus.CONFLICT, str(refused)) from refused


_ENDS: dict[str, Callable[..., Endorsement]] = {
    EndorsementState.CONFIRMED: endorsing.take_back,
    EndorsementState.INVITED: endorsing.decline,
    EndorsementState.WAITING: endorsing.refuse,
    EndorsementState.UNCONFIRMED: endorsing.refuse,
}


def _own(request: HttpRequest, post_id: int) -> Endorsement:
    """What stands, or else what there was last."""
    rows = acting_of(request).organisation.endorsements.filter(call=call_at(post_id))
    rows = rows.select_related("call", "organisation").order_by("-pk")
    found: Endorsement | None = rows.filter(state__in=LIVE).first() or rows.first()
    if found is None:
        raise not_found(_("Your organisation has nothing to do with this call yet."))
    return found


def _shown(endorsement: Endorsement) -> dict[str, Any]:
    body = endorsement.organisation
    return {
        "organisation": body.slug if body else "",
        "state": endorsement.state,
        "version": endorsement.version,
        "newest": endorsement.call.version,
    }
