"""The release of a call: a draft that says what the call says, for its author to change."""

from typing import Any

from django.utils import timezone

from commonwire.calls.actions.releasing import RELEASE_OF, sign_of
from commonwire.calls.facts import CallFacts, facts_of
from commonwire.calls.models import Call
from commonwire.calls.queries import with_call
from commonwire.calls.releases import pieces
from commonwire.publishing import patience, typed
from commonwire.publishing.actions import drafts
from commonwire.publishing.models import Key


def draft_release(call: Call, key: Key) -> str:
    """The token of a draft of a press release, which goes under the call's key."""
    facts = facts_of(with_call(call.post))
    tidied, _removed = typed.clean(_typed(call, facts))
    now = timezone.now()
    signs = {
        "begun": True,
        "opened": patience.form_token(now),
        "key": key.pk,
        RELEASE_OF: sign_of(call.post, pieces(facts), now),
    }
    _draft, token = drafts.start_draft(typed=tidied, signs=signs)
    return token


def _typed(call: Call, facts: CallFacts) -> dict[str, Any]:
    post = call.post
    contacts = [{**each, "press_only": ""} for each in call.contacts]
    contacts += [{**each, "press_only": "on"} for each in post.press_contacts]
    release: dict[str, Any] = {
        "kind": "release",
        **_embargo(call),
        "subheadline": facts.when,
        "contacts": contacts,
    }
    return {
        "kind": "release",
        "title": post.title,
        "byline": post.byline or facts.issuer,
        "summary": post.summary,
        "body": _body(facts, pieces(facts), post.body),
        "language": post.language,
        "related_url": facts.address,
        "topics": [each.slug for each in post.sections if each.kind == "topic"],
        "regions": [each.slug for each in post.sections if each.kind == "region"],
        "release": release,
    }


def _embargo(call: Call) -> dict[str, str]:
    """A release of what nobody may know yet is under the same embargo."""
    until = call.post.embargo_until
    if until is None:
        return {"status": "immediate"}
    local = until.astimezone(call.when.tzinfo)
    return {
        "status": "embargoed",
        "embargo_at": f"{local:%Y-%m-%dT%H:%M}",
        "embargo_zone": call.when.zone,
    }


def _body(facts: CallFacts, there: dict[str, str], text: str) -> str:
    parts = [there["off"], text, there["asks"], there["demands"]]
    if facts.endorsed:
        parts.append(f"{facts.word('endorsed')}: {facts.endorsed_in_full}.")
    return "\n\n".join(part for part in parts if part)
