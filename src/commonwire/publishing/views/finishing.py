"""A draft becomes a post: paid for with work or time, its author asked what there is to
ask."""

from enum import Enum

from django.http import HttpRequest
from django.utils import timezone

from commonwire.kit.buckets import Network
from commonwire.publishing import author_queries, keys, patience, purposes
from commonwire.publishing.actions import drafts
from commonwire.publishing.actions.publish import publish_draft
from commonwire.publishing.content import Facts
from commonwire.publishing.fares import Fare, Spent
from commonwire.publishing.models import Draft
from commonwire.publishing.pictures import DraftPictures
from commonwire.publishing.screening import like
from commonwire.publishing.views.entrance import HONEYPOT


class Outcome(Enum):
    PUBLISHED = "published"
    # There is something to mend, or to answer, on the draft's page.
    ASKED = "asked"
    # Neither work nor time was paid yet.
    WAITS = "waits"


def take_signs(request: HttpRequest, draft: Draft) -> None:
    """Remember what the form says for screening; kept with the draft."""
    if request.POST.get(HONEYPOT):
        draft.signs["honeypot"] = True
    if request.POST.get("anyway"):
        draft.signs["insists"] = True


def publish(
    pictures: DraftPictures, token: str, network: Network, fare: Fare | None
) -> Outcome:
    draft, forms = pictures.draft, pictures.forms
    if not forms.is_valid:
        return Outcome.ASKED
    if purposes.lost(Draft(signs=dict(draft.signs))):
        return Outcome.ASKED
    facts = facts_of(draft, network)
    if not facts.insists and like(forms.content):
        return Outcome.ASKED
    opened = patience.opened(draft.signs.get("opened", ""))
    if not _is_paid(draft, facts) and fare is None:
        fare = opened.fare(facts.now) if opened else None
        if fare is None:
            return Outcome.WAITS
    known = author_queries.key(draft.signs.get("key"))
    phrase_hash = known.phrase_hash if known else keys.hash_of(keys.phrase_for(token))
    try:
        publish_draft(
            draft=draft,
            content=forms.content,
            facts=facts,
            phrase_hash=phrase_hash,
            fare=None if _is_paid(draft, facts) else fare,
        )
    except Spent:
        return Outcome.WAITS
    return Outcome.PUBLISHED


def facts_of(draft: Draft, network: Network) -> Facts:
    """How a draft came, for screening."""
    opened = patience.opened(draft.signs.get("opened", ""))
    return Facts(
        network=network,
        now=timezone.now(),
        honeypot_filled=bool(draft.signs.get("honeypot")),
        opened_at=opened.at if opened else draft.created_at,
        insists=bool(draft.signs.get("insists")),
        signs=draft.signs,
    )


def _is_paid(draft: Draft, facts: Facts) -> bool:
    """With work before, or because the draft itself is old enough."""
    aged = facts.now - draft.created_at >= patience.needed()
    return drafts.PAID in draft.signs or aged
