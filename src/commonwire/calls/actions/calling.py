"""A call becomes one with its post, changes, is called off and taken up again."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.calendar.actions.scheduling import renew
from commonwire.calls.actions.endorsing import Refused
from commonwire.calls.actions.releasing import now_said
from commonwire.calls.actions.touching import touch, touch_releases
from commonwire.calls.content import CallContent, DemandContent
from commonwire.calls.facts import put
from commonwire.calls.models import (
    Ask,
    Call,
    CallRelease,
    CallVersion,
    Demand,
    DemandChange,
    Issuer,
)
from commonwire.calls.readable import CALLED_OFF
from commonwire.calls.standing import called_off
from commonwire.calls.states import DemandStatus
from commonwire.publishing.models import Correction, Post
from commonwire.publishing.states import Author

_DEMAND_WORDS = ("text", "addressee", "status")


def create(*, post: Post, content: CallContent) -> Call:
    """In the transaction that publishes the post, or holds it."""
    call = Call(post=post)
    _put(call, content)
    call.save()
    _put_asks(call, content)
    today = timezone.localdate(post.published_at, call.when.tzinfo)
    for position, told in enumerate(content.demands, 1):
        _add_demand(call, told, position, position, today)
    _begin_version(call, post.published_at)
    invite_issuers(post, content.issuers)
    return call


def change(
    *, post: Post, content: CallContent, by: str = Author.AUTHOR, now: datetime
) -> Call:
    """In the transaction that corrects the post, which is locked. Another date or
    another demand is another version, and those who endorsed the one before are asked
    again."""
    call = Call.objects.select_for_update().get(post=post)
    before = _said_to_releases(post)
    call.post = post
    _put(call, content)
    call.save()
    _put_asks(call, content)
    _put_demands(call, content.demands, by, now)
    invite_issuers(post, content.issuers)
    if post.embargo_until:
        # Nobody has read or endorsed it: the one version there is is written anew.
        call.versions.all().delete()
        _begin_version(call, now)
    else:
        _renew(call, now)
    if before != _said_to_releases(post):
        touch_releases(post)
    return call


def _said_to_releases(post: Post) -> dict[str, str]:
    """What those that were made of it have of it, if there are any."""
    there = CallRelease.objects.filter(of=post).exists()
    return now_said(Post.everything.get(pk=post.pk)) if there else {}


@transaction.atomic
def call_off(*, call: Call, because: str, by: str = Author.AUTHOR) -> Call:
    """It stays where it is and says so everywhere. Twice is the same as once."""
    call = Call.objects.select_for_update().select_related("post").get(pk=call.pk)
    if call.called_off_at:
        return call
    call.called_off_at = timezone.now()
    call.called_off_by = by
    call.called_off_because = because
    call.save()
    touch(call)
    _renew_events(call)
    touch_releases(call.post)
    return call


@transaction.atomic
def take_up(*, call: Call, note: str = "") -> Call:
    """What its author called off by mistake takes place; that it was called off stays in
    its history, with both days. Raises Refused."""
    call = Call.objects.select_for_update().select_related("post").get(pk=call.pk)
    if not can_be_taken_up(call):
        raise Refused(_("This call is over, or was not called off by its author."))
    said = called_off(call, call.post.language)
    Correction.objects.create(
        post=call.post,
        by=Author.AUTHOR,
        note=note,
        before={CALLED_OFF: said},
        after={CALLED_OFF: ""},
        made_at=timezone.now(),
    )
    call.called_off_at, call.called_off_by, call.called_off_because = None, "", ""
    call.save()
    touch(call)
    _renew_events(call)
    touch_releases(call.post)
    return call


def can_be_taken_up(call: Call) -> bool:
    own = call.called_off_by == Author.AUTHOR
    return own and call.ends_at > timezone.now()


@transaction.atomic
def set_status(
    *,
    demand: Demand,
    status: DemandStatus,
    day: date,
    note: str = "",
    by: str = Author.AUTHOR,
) -> DemandChange | None:
    """What became of a demand, since when; None when nothing is different."""
    demand = Demand.objects.select_for_update().get(pk=demand.pk)
    if (demand.status, demand.since) == (status, day):
        return None
    told = {"status": demand.status}
    demand.status, demand.since = status, day
    demand.save()
    made = DemandChange.objects.create(
        demand=demand,
        by=by,
        before=told,
        after={"status": status.value},
        day=day,
        note=note,
        made_at=timezone.now(),
    )
    _renew(demand.call, made.made_at)
    touch(demand.call)
    touch_releases(demand.call.post)
    return made


@transaction.atomic
def agree_translation(*, translation: Call, agrees: bool) -> Call:
    """The author of a call says whether another is that call in another language."""
    translation = Call.objects.select_for_update().get(pk=translation.pk)
    source = translation.translates
    translation.translation_agreed_at = timezone.now() if agrees else None
    if not agrees:
        translation.translates = None
    translation.save()
    for call in _family(source or translation) | {translation}:
        touch(call)
    return translation


def _family(source: Call) -> set[Call]:
    return {source, *source.translations.exclude(translation_agreed_at=None)}


def wipe(*, post: Post) -> None:
    """With its post withdrawn, nothing of a call is left; its local events stand by
    themselves."""
    for call in Call.objects.filter(post=post):
        events = _events(call)
        call.delete()
        for event in events:
            renew(post=event)
        touch_releases(post)


def _renew_events(call: Call) -> None:
    """Their pages, lists and calendars say that it was called off, or do not any more."""
    for event in _events(call):
        renew(post=event)


def _events(call: Call) -> list[Post]:
    rows = call.local_events.exclude(listed_at=None).select_related("post")
    return [row.post for row in rows]


def _put(call: Call, content: CallContent) -> None:
    put(call, content)
    if call.translates_id != content.translates:
        call.translates_id = content.translates
        call.translation_agreed_at = None


def invite_issuers(post: Post, organisations: tuple[int, ...]) -> None:
    """Each is named when its steward has accepted; who is not told any more is out."""
    post.issuers.exclude(organisation__in=organisations).delete()
    there = {each.organisation_id: each for each in post.issuers.all()}
    for position, number in enumerate(organisations):
        issuer = there.get(number) or Issuer(post=post, organisation_id=number)
        issuer.position = position
        issuer.save()


def _put_asks(call: Call, content: CallContent) -> None:
    """An ask that stays keeps its row, for pledges point at it; one that goes keeps it
    too, out of sight."""
    there = {(ask.kind, ask.text): ask for ask in call.asks.all()}
    for ask in there.values():
        ask.dropped = True
    for position, told in enumerate(content.asks, 1):
        key = (told.kind, told.text)
        ask = there.setdefault(key, Ask(call=call, kind=told.kind, text=told.text))
        ask.position, ask.dropped = position, False
    for ask in there.values():
        ask.save()


def _put_demands(
    call: Call, told: tuple[DemandContent, ...], by: str, now: datetime
) -> None:
    """What is not told any more is dropped, not deleted: its address stays."""
    today = timezone.localdate(now, call.when.tzinfo)
    there = {demand.number: demand for demand in call.demands.all()}
    free = max(there, default=0)
    for position, each in enumerate(told, 1):
        demand = there.pop(each.number, None)
        if demand is None:
            free += 1
            _add_demand(call, each, free, position, today)
            continue
        demand.position = position
        _alter(demand, vars(each), each.since or today, by, now)
    for number, demand in there.items():
        demand.position = len(told) + number
        gone = {"status": DemandStatus.DROPPED.value}
        _alter(demand, gone, today, by, now)


def _add_demand(
    call: Call, told: DemandContent, number: int, position: int, today: date
) -> None:
    Demand.objects.create(
        call=call,
        number=number,
        position=position,
        text=told.text,
        addressee=told.addressee,
        status=told.status,
        since=told.since or today,
    )


def _alter(
    demand: Demand, told: dict[str, Any], day: date, by: str, now: datetime
) -> None:
    before, after = {}, {}
    for name in _DEMAND_WORDS:
        if name in told and told[name] != getattr(demand, name):
            before[name], after[name] = getattr(demand, name), told[name]
            setattr(demand, name, told[name])
    if "status" in after:
        demand.since = day
    demand.save()
    if after and not demand.call.post.embargo_until:
        DemandChange.objects.create(
            demand=demand, by=by, before=before, after=after, day=day, made_at=now
        )


def _demands_now(call: Call) -> list[list[Any]]:
    standing = call.demands.exclude(status=DemandStatus.DROPPED)
    return [[each.number, each.text, each.addressee] for each in standing]


def _version_of(call: Call) -> CallVersion:
    return CallVersion(
        call=call,
        number=call.version,
        when=call.when.stored,
        demands=_demands_now(call),
    )


def _renew(call: Call, now: datetime) -> None:
    """Begin another version when the date or a demand is another."""
    if _version_of(call).facts == call.versions.get(number=call.version).facts:
        return
    call.version += 1
    call.save(update_fields=["version"])
    _begin_version(call, now)


def _begin_version(call: Call, at: datetime) -> None:
    version = _version_of(call)
    version.made_at = at
    version.save()
