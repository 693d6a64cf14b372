"""People promise what a call asks, confirm it, do it, or take it back."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.calls import pledge_rules as rules
from commonwire.calls.mails import mail_words
from commonwire.calls.models import Ask, Call, Pledge, PledgeGoal
from commonwire.calls.pledge_queries import by_token
from commonwire.changes import locks
from commonwire.changes.record import record
from commonwire.kit.prepared import PreparedInsert
from commonwire.mail import actions as mail
from commonwire.mail.tokens import address_hash, hash_of

CONTACT_LIFE = timedelta(days=60)
UNCONFIRMED_LIFE = timedelta(days=8)
PURPOSE = "pledge"
_insert_pledge = PreparedInsert(Pledge)
_insert_ask = PreparedInsert(Pledge.asks.through)


class Closed(Exception):
    """A call takes no pledges; says why."""


class NotYet(Exception):
    """Nobody has done it before its day; says when they can say so."""


@dataclass(frozen=True)
class PledgeContent:
    """What somebody promises, after validation. ``asks`` belong to the call."""

    asks: tuple[Ask, ...]
    place: str = ""
    name: str = ""
    note: str = ""
    email: str = ""
    others: int | None = None
    others_in_place: bool = False


@transaction.atomic
def pledge(*, call: Call, content: PledgeContent, token: str) -> Pledge:
    """Once for each token: sent again, it is the pledge that there is. Raises Closed."""
    locks.take_turns("pledge", hash_of(token))
    there = by_token(token)
    if there is not None:
        return there
    if words := rules.why_closed(call, timezone.now()):
        raise Closed(words)
    made = Pledge(
        call=call,
        token_hash=hash_of(token),
        day=today(call),
        place=content.place,
        place_key=rules.place_key(content.place),
        name=content.name,
        note=content.note,
        others=content.others,
        others_in_place=content.others_in_place,
        email_hash=_hash(call, content.email),
    )
    # Whom nobody waits for is not written to again.
    made.email = content.email if content.others else ""
    _insert_pledge(made)
    through = Pledge.asks.through
    for ask in content.asks:
        _insert_ask(through(pledge=made, ask=ask))
    if content.email:
        _ask_to_confirm(made, content.email)
    count_anew(call)
    return made


@transaction.atomic
def confirm(*, pledge: Pledge) -> bool:
    """The address was theirs. It counts once: an earlier pledge that it confirmed makes
    way for this one; whether there was one."""
    locks.take_turns("mailbox", pledge.call_id, pledge.email_hash)
    same = Pledge.objects.filter(call=pledge.call, email_hash=pledge.email_hash)
    replaced, _rows = same.exclude(pk=pledge.pk).exclude(confirmed_on=None).delete()
    Pledge.objects.filter(pk=pledge.pk).update(confirmed_on=today(pledge.call))
    count_anew(pledge.call)
    return bool(replaced)


@transaction.atomic
def say_done(*, pledge: Pledge) -> None:
    """From the call's first day on; raises NotYet."""
    if not rules.has_begun(pledge.call, timezone.now()):
        words = _("The day has not come yet. Open this page again then, and say so.")
        raise NotYet(words)
    Pledge.objects.filter(pk=pledge.pk, done_on=None).update(done_on=today(pledge.call))
    count_anew(pledge.call)


@transaction.atomic
def take_back(*, pledge: Pledge) -> None:
    """Nothing of it stays."""
    pledge.delete()
    count_anew(pledge.call)


@transaction.atomic
def remove_words(*, pledge: Pledge) -> None:
    """An issuer or an editor takes somebody's name and note off the page; the pledge
    counts on."""
    Pledge.objects.filter(pk=pledge.pk).update(
        name="", note="", words_removed_on=today(pledge.call)
    )
    count_anew(pledge.call)


@transaction.atomic
def remove_place(*, call: Call, key: str) -> None:
    """What somebody wrote as an area is none: its people count on, in no area."""
    there = Pledge.objects.filter(call=call, place_key=key)
    there.update(place="", place_key="", others_in_place=False)
    count_anew(call)


@transaction.atomic
def set_goal(*, call: Call, people: int | None, in_each_area: bool = False) -> None:
    if people:
        PledgeGoal.objects.update_or_create(
            call=call, defaults={"people": people, "in_each_area": in_each_area}
        )
    else:
        PledgeGoal.objects.filter(call=call).delete()
    count_anew(call)


def wipe_pledges() -> None:
    """Sixty days after a call's last day nobody can be reached any more, and no link
    leads to anybody's pledge; what was shown, and the numbers, stay."""
    over = Call.objects.filter(ends_at__lt=timezone.now() - CONTACT_LIFE)
    kept = Pledge.objects.filter(call__in=over)
    kept.exclude(token_hash=None, email="", email_hash="").update(
        token_hash=None, email="", email_hash=""
    )
    # Their link is good no more.
    late = timezone.localdate() - UNCONFIRMED_LIFE
    nobodys = Pledge.objects.filter(confirmed_on=None, day__lt=late)
    nobodys.exclude(email="", email_hash="").update(email="", email_hash="")


def _ask_to_confirm(pledge: Pledge, email: str) -> None:
    post = pledge.call.post
    subject, body = mail_words(post.language, "pledge", title=post.title)
    mail.ask_to_confirm(
        to=email, subject=subject, body=body, purpose=PURPOSE, about=pledge.pk
    )


def _hash(call: Call, email: str) -> str:
    return address_hash(email, within=f"call {call.pk}") if email else ""


def today(call: Call) -> date:
    """As the call's own clock says."""
    return call.when.today()


def count_anew(call: Call) -> None:
    """The pages that say the number are printed within a second, once for all who come
    meanwhile."""
    record(kind="call.pledged", post_id=call.post_id, path=call.post.path)
