"""That an organisation is who it says: an editor looked, or it proved it itself."""

from django.db import transaction
from django.utils import timezone

from commonwire.calls.actions.organisations import domain_of, touch
from commonwire.calls.models import Organisation
from commonwire.calls.states import Proof


class WebsiteChanged(Exception):
    """What was proved is not the website that it has now."""


@transaction.atomic
def verify(*, organisation: Organisation, by: Proof, domain: str = "") -> Organisation:
    """``domain``: what proved it; another website has to be proved anew. Raises
    WebsiteChanged."""
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if domain and domain != domain_of(held.website):
        raise WebsiteChanged
    held.verified_by, held.verified_at = by, timezone.now()
    held.verified_domain = domain
    held.save(update_fields=["verified_by", "verified_at", "verified_domain"])
    touch(held)
    return held


@transaction.atomic
def unverify(*, organisation: Organisation) -> Organisation:
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    held.verified_by, held.verified_at, held.verified_domain = "", None, ""
    held.save(update_fields=["verified_by", "verified_at", "verified_domain"])
    touch(held)
    return held
