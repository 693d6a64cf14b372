"""What the worker does with mail that waits. No line of the log names an address."""

import logging
import smtplib
from datetime import datetime, timedelta
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F

from commonwire.mail.actions import text_of
from commonwire.mail.models import OutgoingMail

log = logging.getLogger(__name__)
AT_ONCE = 50
_PERMANENT = range(500, 600)
# After the first failure, then twice as long each time.
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=2)


def send_due(now: datetime) -> int:
    """Try what is due; how many rows are gone, and have to leave the database's own log,
    too. A mail that was sent when the machine was cut off is sent twice, never not at
    all."""
    due = OutgoingMail.objects.filter(try_at__lte=now).order_by("try_at", "pk")
    return sum(_send(mail) for mail in due[:AT_ONCE] if _claim(mail, now))


def _claim(mail: OutgoingMail, now: datetime) -> bool:
    """Put the next try off before this one: other workers leave it alone meanwhile."""
    wait = min(FIRST_WAIT * 2 ** min(mail.tries, 10), LONGEST_WAIT)
    mine = OutgoingMail.objects.filter(pk=mail.pk, tries=mail.tries)
    return bool(mine.update(tries=F("tries") + 1, try_at=now + wait))


def _send(mail: OutgoingMail) -> bool:
    """Whether its row is gone."""
    try:
        _message(mail).send()
    except (smtplib.SMTPException, OSError, ValueError) as error:
        # The error's own words may hold the address.
        name = type(error).__name__
        if not _is_permanent(error):
            log.warning("a mail could not be sent (%s); it is tried again", name)
            return False
        log.warning("a mail was refused for good (%s); it is deleted", name)
    OutgoingMail.objects.filter(pk=mail.pk).delete()
    return True


def _is_permanent(error: Exception) -> bool:
    """That mailbox, or this mail, will never do; a server that does not know us may."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code in _PERMANENT for code, _words in error.recipients.values())
    return isinstance(error, ValueError)


def _message(mail: OutgoingMail) -> EmailMessage:
    host = urlsplit(settings.SITE_URL).hostname
    return EmailMessage(
        subject=mail.subject,
        body=text_of(mail),
        from_email=settings.MAIL_FROM,
        to=[mail.to],
        connection=get_connection(),
        # Django's own number would name this machine.
        headers={
            "Message-ID": make_msgid(domain=host),
            "Auto-Submitted": "auto-generated",
        },
    )
