from datetime import datetime, timedelta

from django.conf import settings

from commonwire.mail import tokens
from commonwire.mail.models import OneTimeLink

LINK_LIFE = timedelta(days=7)


def is_on() -> bool:
    """Whether this site can send mail; where it cannot, pages ask for no address."""
    return bool(settings.MAIL_FROM)


def link_of(token: str) -> OneTimeLink | None:
    return OneTimeLink.objects.filter(token_hash=tokens.hash_of(token)).first()


def is_too_late(link: OneTimeLink, now: datetime) -> bool:
    return now - link.made_at > LINK_LIFE
