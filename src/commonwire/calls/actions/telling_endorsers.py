"""Who endorsed a call through the form, and confirmed their address, is told when it has
another day or demand, when it is called off, and when it takes place after all. One mail
each, when nothing more has changed for a while; stewards see it in their rooms."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from commonwire.calls import queries
from commonwire.calls.mails import mail_words
from commonwire.calls.models import Call, CallVersion, Endorsement
from commonwire.calls.states import EndorsementState
from commonwire.kit.address import absolute
from commonwire.mail import actions as mail
from commonwire.mail.queries import is_on

# Whoever corrects a call often corrects it twice.
SETTLED = timedelta(minutes=10)
AT_ONCE = 200
OFF, ON_AGAIN = "off", "on again"


def tell_endorsers() -> int:
    """How many were told."""
    if not is_on():
        return 0
    told = 0
    for endorsement in _waiting(timezone.now()):
        told += _tell(endorsement)
        if told == AT_ONCE:
            break
    return told


def _waiting(now: datetime) -> Iterator[Endorsement]:
    before = now - SETTLED
    off = Q(call__called_off_at__lte=before) & ~Q(told=OFF)
    on_again = Q(call__called_off_at=None, told=OFF)
    changed = Q(call__called_off_at=None, made_new__lte=before) & ~Q(told=OFF)
    changed &= Q(version__lt=F("call__version"))
    for endorsement in _mailboxes(now).filter(off | on_again | changed):
        if endorsement.told != _news(endorsement.call, endorsement):
            yield endorsement


def _mailboxes(now: datetime) -> QuerySet[Endorsement]:
    """Of those who may be told something: their call is still to come."""
    newest = CallVersion.objects.filter(
        call=OuterRef("call"), number=OuterRef("call__version")
    )
    return (
        Endorsement.objects.exclude(email="")
        .exclude(email_confirmed_at=None)
        .filter(state=EndorsementState.CONFIRMED, call__ends_at__gt=now)
        .filter(call__post__withdrawn_at=None, call__post__embargo_until=None)
        .exclude(organisation__in=queries.standing_stewards().values("organisation"))
        .annotate(made_new=Subquery(newest.values("made_at")[:1]))
        .select_related("call__post")
        .order_by("pk")
    )


def _news(call: Call, endorsement: Endorsement) -> str:
    if call.called_off_at:
        return OFF
    return ON_AGAIN if endorsement.told == OFF else f"version {call.version}"


@transaction.atomic
def _tell(endorsement: Endorsement) -> bool:
    """False when that mailbox got much today: it is tried again."""
    endorsement = (
        Endorsement.objects.select_for_update(of=("self",))
        .select_related("call__post")
        .get(pk=endorsement.pk)
    )
    news = _news(endorsement.call, endorsement)
    if not endorsement.email or endorsement.told == news:
        return False
    if not _write(endorsement, news):
        return False
    endorsement.told = news
    endorsement.save(update_fields=["told"])
    return True


def _write(endorsement: Endorsement, news: str) -> bool:
    post = endorsement.call.post
    name = news if news in {OFF, ON_AGAIN} else "changed"
    subject, body = mail_words(
        post.language, name, title=post.title, address=absolute(post.path)
    )
    if name != "changed":
        return mail.write(to=endorsement.email, subject=subject, body=body)
    return mail.ask_to_confirm(
        to=endorsement.email,
        subject=subject,
        body=body,
        purpose="endorse-again",
        about=endorsement.pk,
    )
