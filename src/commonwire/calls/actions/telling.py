"""Whoever promised "if so many others do" is told when they do."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from commonwire.calls.actions.pledging import today
from commonwire.calls.conditions import bound
from commonwire.calls.mails import mail_words
from commonwire.calls.models import Call, Pledge
from commonwire.calls.pledge_tally import promises_of
from commonwire.kit.address import absolute
from commonwire.mail import actions as mail

AT_ONCE = 200


def tell_met() -> int:
    """One mail each, after which the address is deleted. How many were told."""
    waiting = Pledge.objects.exclude(email="").exclude(confirmed_on=None)
    calls = Call.objects.filter(
        Q(pk__in=waiting.values("call")), called_off_at=None, ends_at__gt=timezone.now()
    )
    return sum(_tell(call) for call in calls.select_related("post"))


def _tell(call: Call) -> int:
    met = {
        (each.place if each.in_place else "", each.others, each.in_place)
        for each in bound(promises_of(call))
    }
    own = Pledge.objects.filter(call=call)
    waiting = own.exclude(email="").exclude(confirmed_on=None)
    told = 0
    for pledge in waiting.order_by("pk")[:AT_ONCE]:
        place = pledge.place_key if pledge.others_in_place else ""
        if (place, pledge.others, pledge.others_in_place) in met:
            _write(call, pledge)
            told += 1
    return told


@transaction.atomic
def _write(call: Call, pledge: Pledge) -> None:
    held = Pledge.objects.select_for_update().filter(pk=pledge.pk).exclude(email="")
    if not held.exists():  # another worker has, or nobody is there to be told
        return
    subject, body = mail_words(
        call.post.language,
        "met",
        title=call.post.title,
        others=pledge.others,
        address=absolute(call.post.path),
    )
    mail.write(to=pledge.email, subject=subject, body=body)
    Pledge.objects.filter(pk=pledge.pk).update(email="", told_on=today(call))
