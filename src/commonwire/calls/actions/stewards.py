"""Who may act for an organisation: invited by a one-time link, let in with a key, and
taken back."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from commonwire.accounts.actions import add_token
from commonwire.accounts.models import ApiToken, Editor, new_token, token_hash
from commonwire.calls import queries, stewardship
from commonwire.calls.models import Organisation, OrganisationToken, Steward
from commonwire.calls.stewardship import Acting

LINK_LIFE = timedelta(days=7)
# Who presses the button twice sees the same key, and not that the link was used.
_AGAIN = timedelta(minutes=2)


@dataclass(frozen=True)
class Joined:
    steward: Steward
    phrase: str


@transaction.atomic
def invite(*, by: Acting, label: str) -> str:
    """The path of a one-time link for a colleague of the organisation that acts."""
    return _link(by.organisation, label, invited_by=by.steward)


@transaction.atomic
def invite_first(*, by: Editor | None, organisation: Organisation, label: str) -> str:
    """As `invite`, for an editor; None when the operator does it."""
    return _link(organisation, label, invited_by_editor=by)


def _link(organisation: Organisation, label: str, **by: Steward | Editor | None) -> str:
    token = new_token()
    Steward.objects.create(
        organisation=organisation,
        label=label,
        link_hash=token_hash(token),
        link_expires_at=timezone.now() + LINK_LIFE,
        **by,
    )
    return f"/organisations/join/{token}/"


@transaction.atomic
def join(*, token: str) -> Joined | None:
    """A steward's key, made of the link that lets them in; None when the link was used
    or is too old. The phrase is stored nowhere."""
    now = timezone.now()
    steward = queries.good_links(token).select_for_update(of=("self",)).first()
    if steward is None:
        return None
    phrase = stewardship.phrase_for(token)
    if steward.joined_at is None:
        steward.phrase_hash = stewardship.hash_of(phrase)
        steward.joined_at, steward.link_expires_at = now, now + _AGAIN
        steward.save()
    return Joined(steward, phrase)


@transaction.atomic
def take_back(*, by: Acting | Editor, steward: Steward) -> None:
    """Their key, or their link while it is unused, opens nothing from now on."""
    if isinstance(by, Acting):
        by.check(steward.organisation_id)
    steward.phrase_hash = steward.link_hash = ""
    steward.link_expires_at = None
    steward.ended_at = timezone.now()
    steward.save()


@transaction.atomic
def add_organisations_token(*, name: str, organisation: Organisation) -> str:
    """A program's way to act for it, returned once. Raises accounts' NameTaken."""
    token = add_token(name=name, editor=None)
    made = ApiToken.objects.get(token_hash=token_hash(token))
    OrganisationToken.objects.create(token=made, organisation=organisation)
    return token


def sweep_links() -> None:
    """Links that are too old, and those that were never used with their rows."""
    old = Steward.objects.filter(link_expires_at__lt=timezone.now())
    old.filter(joined_at=None).delete()
    old.exclude(joined_at=None).update(link_hash="", link_expires_at=None)
