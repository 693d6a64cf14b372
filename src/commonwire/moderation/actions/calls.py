"""What editors decide about what others bring to a call: who endorses it, and which
local events stand under it. The log has numbers of it and no words."""

from django.db import transaction

from commonwire.accounts.models import Editor
from commonwire.calls.actions import endorsing, local_events, pledging
from commonwire.calls.models import CallEvent, Endorsement, Pledge
from commonwire.moderation.actions.deciding import Refused, decide
from commonwire.moderation.models import Decision
from commonwire.moderation.states import Act
from commonwire.publishing.models import Post
from commonwire.publishing.states import Author


@transaction.atomic
def confirm_endorsement(*, by: Editor, endorsement: Endorsement) -> Decision:
    """Raises Refused when somebody was quicker."""
    try:
        made = endorsing.confirm(endorsement=endorsement, by=Author.EDITOR)
    except endorsing.Refused as error:
        raise Refused("row", str(error)) from error
    return _decide(by, made.call.post, "endorsement-confirmed", made.organisation_id)


@transaction.atomic
def refuse_endorsement(*, by: Editor, endorsement: Endorsement) -> Decision:
    try:
        made = endorsing.refuse(endorsement=endorsement)
    except endorsing.Refused as error:
        raise Refused("row", str(error)) from error
    return _decide(by, made.call.post, "endorsement-refused")


@transaction.atomic
def list_event(*, by: Editor, event: CallEvent) -> Decision:
    try:
        local_events.list_event(event=event)
    except local_events.Refused as error:
        raise Refused("row", str(error)) from error
    return _decide(by, event.call.post, "event-listed")


@transaction.atomic
def refuse_event(*, by: Editor, event: CallEvent) -> Decision:
    local_events.refuse_event(event=event)
    return _decide(by, event.call.post, "event-refused")


@transaction.atomic
def remove_pledge_words(*, by: Editor, pledge: Pledge) -> Decision:
    """Somebody's name and note go from the call's page; their pledge counts on."""
    pledging.remove_words(pledge=pledge)
    return _decide(by, pledge.call.post, "pledge-words-removed")


def _decide(
    by: Editor, post: Post, what: str, organisation: int | None = None
) -> Decision:
    facts: dict[str, object] = {"what": what}
    if organisation:
        facts["organisation"] = organisation
    return decide(act=Act.LOOK_AT_CALL, by=by, post=post, facts=facts)
