"""What `commonwire check` says of mail."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Info
from django.core.checks import Warning as Finding

DEPLOYMENT = "deployment"
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


def mail_is_set_up(**_asked: Any) -> list[CheckMessage]:
    if not settings.MAIL_FROM:
        return [
            Info(
                "This site sends no mail.",
                hint="Pledges stay unconfirmed, and editors or issuers confirm "
                "endorsements by hand. Set COMMONWIRE_EMAIL_URL to a mail server: "
                "docs/operating.md, “Mail”.",
                id="mail.I001",
            )
        ]
    if urlsplit(settings.SITE_URL).hostname in _THIS_MACHINE:
        return [
            Finding(
                f"Links in mails lead to {settings.SITE_URL}, which is this machine.",
                hint="Set COMMONWIRE_SITE_URL to the address that readers use.",
                id="mail.W001",
            )
        ]
    return []
