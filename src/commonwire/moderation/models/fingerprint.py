from django.db import models

from commonwire.kit.fates import wiped
from commonwire.publishing.models import Post

BANDS = 8
_MONTH = wiped("30 days after publication")


class Fingerprint(models.Model):
    """What a post's words come to (MinHash), to find others that say nearly the same.

    Posts that are alike have the same number in one of the bands; no word can be read
    out of them.
    """

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True)
    signature = models.BinaryField()
    band_0 = models.BigIntegerField(db_index=True)
    band_1 = models.BigIntegerField(db_index=True)
    band_2 = models.BigIntegerField(db_index=True)
    band_3 = models.BigIntegerField(db_index=True)
    band_4 = models.BigIntegerField(db_index=True)
    band_5 = models.BigIntegerField(db_index=True)
    band_6 = models.BigIntegerField(db_index=True)
    band_7 = models.BigIntegerField(db_index=True)
    at = models.DateTimeField(db_index=True)

    class Fates:
        post = _MONTH
        signature = _MONTH
        band_0 = _MONTH
        band_1 = _MONTH
        band_2 = _MONTH
        band_3 = _MONTH
        band_4 = _MONTH
        band_5 = _MONTH
        band_6 = _MONTH
        band_7 = _MONTH
        at = _MONTH

    def __str__(self) -> str:
        return f"fingerprint of {self.post_id}"
