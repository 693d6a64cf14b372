"""Local events under a call: added by anybody, listed when somebody has looked."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.calendar.actions.scheduling import renew
from commonwire.calls.actions.touching import touch
from commonwire.calls.models import Call, CallEvent, Issuer
from commonwire.publishing.content import Facts
from commonwire.publishing.models import Post
from commonwire.publishing.purposes import UNDER, gathering
from commonwire.publishing.states import Kind


class Refused(ValueError):
    """It is not added; says why and what to do."""


@transaction.atomic
def add(
    *, call: Call, post: Post, agreed: bool = False, is_new: bool = False
) -> CallEvent:
    """``agreed``: whoever adds it speaks for the event; then what a verified organisation
    issued is listed at once. ``is_new``: the post is published in this transaction, and
    its page not printed yet."""
    call = Call.objects.select_for_update().select_related("post").get(pk=call.pk)
    if not call.takes_part():
        raise Refused(_("This call is over, or not open: nothing is added to it."))
    _make_room(call, post, agreed=agreed)
    now = timezone.now()
    made = CallEvent.objects.create(
        call=call, post=post, added_at=now, agreed_at=now if agreed else None
    )
    if not (agreed and _is_of_verified(post)):
        return made
    return _list(made) if is_new else list_event(event=made)


def _make_room(call: Call, post: Post, *, agreed: bool) -> None:
    """An event stands under one call, and whoever speaks for it says under which; raises
    Refused."""
    there = CallEvent.objects.select_related("call").filter(post=post).first()
    if there is None:
        return
    dead = there.refused_at is not None and there.call_id != call.pk
    if dead or (agreed and there.agreed_at is None):
        there.delete()
        if there.listed_at:
            touch(there.call)
    elif there.call_id == call.pk:
        raise Refused(_("This event was added already."))
    else:
        raise Refused(
            _(
                "This event stands under another call already. Whoever published it "
                "can take it out there, at “Your posts”."
            )
        )


def _is_of_verified(post: Post) -> bool:
    issuers = Issuer.objects.filter(post=post).exclude(accepted_at=None)
    return issuers.exclude(organisation__verified_at=None).exists()


def published(post: Post, facts: Facts) -> None:
    """In the transaction of a new post: an event for which the form named a call."""
    number = facts.signs.get(UNDER)
    call = Call.objects.filter(post=number).first() if number else None
    if call and post.kind == Kind.EVENT:
        # Called off a moment ago: its author sees that it stands nowhere.
        with suppress(Refused):
            add(call=call, post=post, agreed=True, is_new=True)


def lapsed(signs: dict[str, Any]) -> Iterator[str]:
    """Of a draft: its call gathers nothing any more."""
    if UNDER in signs and not gathering(signs[UNDER]):
        del signs[UNDER]
        yield _(
            "The call is over, or was called off meanwhile. You can publish your event; "
            "it will stand by itself and not under the call."
        )


@transaction.atomic
def list_event(*, event: CallEvent) -> CallEvent:
    """The issuer or an editor has looked. Raises Refused."""
    event = CallEvent.objects.select_for_update().get(pk=event.pk)
    if event.left_at:
        raise Refused(_("The event’s author took it out of this call."))
    _list(event)
    renew(post=event.post)
    return event


def _list(event: CallEvent) -> CallEvent:
    event.listed_at, event.refused_at = timezone.now(), None
    event.save()
    touch(event.call)
    return event


@transaction.atomic
def refuse_event(*, event: CallEvent) -> CallEvent:
    """It does not belong there; its own page stays what it is."""
    event = CallEvent.objects.select_for_update().get(pk=event.pk)
    was_listed = event.listed_at is not None
    event.listed_at, event.refused_at = None, timezone.now()
    event.save()
    if was_listed:
        touch(event.call)
        renew(post=event.post)
    return event


@transaction.atomic
def agree(*, event: CallEvent) -> CallEvent:
    """Its author says that it belongs there, though they took it out before."""
    event = CallEvent.objects.select_for_update().get(pk=event.pk)
    if event.left_at:
        event.left_at = event.refused_at = None
    if event.refused_at:
        return event
    event.agreed_at = event.agreed_at or timezone.now()
    if event.listed_at is None and _is_of_verified(event.post):
        _list(event)
    event.save()
    renew(post=event.post)
    return event


@transaction.atomic
def leave(*, event: CallEvent) -> CallEvent:
    """Its author says that it does not: neither the issuer nor an editor lists it."""
    event = refuse_event(event=event)
    event.agreed_at, event.left_at = None, event.refused_at
    event.save()
    return event
