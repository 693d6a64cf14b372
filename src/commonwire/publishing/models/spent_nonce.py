from django.db import models

from commonwire.kit.fates import wiped

_EXPIRED = wiped("some minutes after its challenge has expired")


class SpentNonce(models.Model):
    """A proof of work that was used, remembered until it would be refused as too old."""

    nonce = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)

    class Fates:
        id = _EXPIRED
        nonce = _EXPIRED
        expires_at = _EXPIRED

    def __str__(self) -> str:
        return f"nonce {self.pk}"
