from datetime import datetime

from django.db import transaction
from django.utils import timezone

from commonwire.publishing.models import SpentNonce


@transaction.atomic
def spend(*, nonce: str, expires_at: datetime) -> bool:
    """Use a proof of work up; False when it was used before. Old ones are swept with
    the house: each post would wait for that."""
    _row, fresh = SpentNonce.objects.get_or_create(
        nonce=nonce, defaults={"expires_at": expires_at}
    )
    return fresh


def sweep_nonces() -> None:
    """Forget those that would be refused as too old anyway."""
    SpentNonce.objects.filter(expires_at__lt=timezone.now()).delete()
