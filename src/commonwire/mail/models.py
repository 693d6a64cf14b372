from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonwire.kit.fates import wiped

_SENT = wiped("once it is sent, or given up after two days")
_LINK = wiped("thirty days after it was made")


class OutgoingMail(models.Model):
    """A mail that the worker is to send. The row is gone as soon as it is sent.

    ``seed``: what the link's token is made from, together with the site's secret, which
    is not in the database. So no row ever opens what a link opens.
    """

    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    seed = models.CharField(max_length=32, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    try_at = models.DateTimeField(default=timezone.now, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("mail that waits to be sent")

    class Fates:
        id = _SENT
        to = _SENT
        subject = _SENT
        body = _SENT
        seed = _SENT
        written_at = _SENT
        try_at = _SENT
        tries = _SENT

    def __str__(self) -> str:
        return f"mail {self.pk}"


class OneTimeLink(models.Model):
    """What a link in a mail confirms. Only a hash of its token is kept; a used one stays
    for a while, so that it can be said that it was used."""

    token_hash = models.CharField(max_length=64, unique=True)
    # A name in the setting CONFIRMATIONS, and the number of what it is about.
    purpose = models.CharField(max_length=20)
    about = models.BigIntegerField()
    made_at = models.DateTimeField(default=timezone.now, db_index=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("one-time link")

    class Fates:
        id = _LINK
        token_hash = _LINK
        purpose = _LINK
        about = _LINK
        made_at = _LINK
        used_at = _LINK

    def __str__(self) -> str:
        return f"link {self.pk}"
