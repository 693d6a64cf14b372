"""Who runs, and whether they keep up."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from commonwire.changes import cursors, running
from commonwire.changes.models import Change
from commonwire.delivery.printing import CURSOR
from commonwire.kit import shared
from commonwire.mail.models import OutgoingMail
from commonwire.media.models import Attachment
from commonwire.media.states import QUICK, State
from commonwire.web.deployment.findings import Findings, mend

LONGEST_UNPRINTED = timedelta(minutes=2)
LONGEST_UNMADE = timedelta(hours=1)
LONGEST_UNSENT = timedelta(hours=1)
_START = "Start one: `commonwire serve` has one, or run `commonwire worker` beside it."


def worker(**_asked: Any) -> Findings:
    found = []
    if not running.count(running.WORKER):
        found.append(mend("processes.W001", "No worker runs.", _START))
    changes = Change.objects.filter(pk__gt=cursors.position(CURSOR))
    first = changes.order_by("pk").first()
    if first and _age(first.at) > LONGEST_UNPRINTED:
        what = f"Pages wait to be printed for {_minutes(first.at)} minutes."
        do = "See in the worker's log why, then run: commonwire print"
        found.append(mend("processes.W002", what, do))
    waiting = Attachment.objects.filter(state=State.WAITING, kind__in=QUICK)
    since = waiting.aggregate(since=Min("created_at"))["since"]
    if since and _age(since) > LONGEST_UNMADE:
        what = f"Pictures wait to be made for {_minutes(since)} minutes."
        do = "See in the worker's log why, then run: commonwire media check"
        found.append(mend("processes.W003", what, do))
    return found


def mail(**_asked: Any) -> Findings:
    since = OutgoingMail.objects.aggregate(since=Min("written_at"))["since"]
    if since is None or _age(since) < LONGEST_UNSENT:
        return []
    if not settings.MAIL_FROM:
        do = "Set COMMONWIRE_EMAIL_URL again: docs/operating.md, “Mail”."
        return [mend("processes.W004", "Mail waits, and no server is set for it.", do)]
    what = f"Mail waits to be sent for {_minutes(since)} minutes."
    do = "See in the worker's log what the mail server answers."
    return [mend("processes.W005", what, do)]


def several(**_asked: Any) -> Findings:
    """Limits and floods are counted in memory: several processes each count alone."""
    number = running.count(running.WEB)
    if settings.CACHE_URL and shared.asked(lambda there: bool(there.ping())) is None:
        what = "The Valkey of COMMONWIRE_CACHE_URL does not answer: each counts alone."
        do = "See that it runs and can be reached from here, and its password."
        return [mend("processes.W007", what, do)]
    if number < 2 or settings.CACHE_URL:  # noqa: PLR2004
        return []
    return [
        mend(
            "processes.W006",
            f"{number} web processes each count floods and tries for themselves.",
            "Set COMMONWIRE_CACHE_URL to a Valkey that they share, or run one.",
        )
    ]


def _age(since: datetime) -> timedelta:
    return timezone.now() - since


def _minutes(since: datetime) -> int:
    return _age(since) // timedelta(minutes=1)


CHECKS = (worker, mail, several)
