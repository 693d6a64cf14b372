"""An organisation's program puts an event that has its page under a call; a new one is
published under it with `under`."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Status
from pydantic import BaseModel, Field

from commonwire.calls.actions import local_events
from commonwire.calls.api.routes import router
from commonwire.calls.api.senders import acting_of, call_at, organisation
from commonwire.publishing.api.describing import extra
from commonwire.publishing.api.problems import Problem, of_field
from commonwire.publishing.models import Post
from commonwire.publishing.sent import Sent


class LocalEventSent(Sent):
    event: int = Field(description="The number of a post of the kind `event`.")


class LocalEventShown(BaseModel):
    call: int
    event: int
    listed: bool = Field(
        description="Whether the call's page lists it: at once when a verified "
        "organisation adds its own, else when the issuer or an editor has looked."
    )


@router.post(
    "/posts/{int:post_id}/events",
    response={201: LocalEventShown},
    auth=organisation,
    tags=["take part"],
    operation_id="addLocalEvent",
    openapi_extra=extra(
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        security=("Bearer",),
    ),
)
def add_local_event(
    request: HttpRequest, post_id: int, sent: LocalEventSent
) -> Status[dict[str, Any]]:
    """Put an event under the call. Of one that is not the organisation's own, the event's
    page tells when its author has agreed."""
    call = call_at(post_id)
    found = Post.objects.filter(pk=sent.event, kind="event", withdrawn_at=None).first()
    if found is None or not found.may_be_read:
        raise of_field("event", _("There is no event of this number."))
    acting = acting_of(request).organisation
    own = found.issuers.filter(organisation=acting).exclude(accepted_at=None)
    try:
        made = local_events.add(call=call, post=found, agreed=own.exists())
    except local_events.Refused as refused:
        raise Problem(HTTPStatus.CONFLICT, str(refused)) from refused
    shown = {"call": post_id, "event": found.pk, "listed": made.listed_at is not None}
    return Status(HTTPStatus.CREATED, shown)
