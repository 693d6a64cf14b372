"""Calls in lists, and where they are named."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from commonwire.calls.models import (
    Call,
    CallEvent,
    CallRelease,
    Endorsement,
    Organisation,
)
from commonwire.publishing.models import Post
from commonwire.publishing.queries import PER_LISTING
from commonwire.publishing.queries import listed as listed_posts

MOST = 200
# An organisation's page keeps that it withdrew.
_SHOWN = ("confirmed", "withdrawn")


def listed() -> QuerySet[Call]:
    shown = Call.objects.filter(post__listed=True).select_related("post")
    return shown.prefetch_related("post__issuers__organisation")


LOOKED_BACK = timedelta(days=2)


def newest() -> QuerySet[Post]:
    return listed_posts().filter(kind="call")[:PER_LISTING]


def coming(now: datetime) -> list[Call]:
    """By their day."""
    return list(listed().filter(ends_at__gt=now).order_by("starts_at", "pk")[:MOST])


def over(now: datetime) -> list[Call]:
    """The latest first."""
    return list(listed().filter(ends_at__lte=now).order_by("-ends_at", "-pk")[:MOST])


def turned_between(before: datetime, now: datetime) -> bool:
    """Whether a call began or ended: what is printed of it says so."""
    began = Call.objects.filter(ends_at__gt=before, starts_at__range=(before, now))
    return ended_between(before, now) or began.exists()


def ended_lately(now: datetime) -> QuerySet[Call]:
    """Since a printer can have looked last."""
    found = Call.objects.filter(ends_at__lte=now, ends_at__gt=now - LOOKED_BACK)
    return found.select_related("post")


def ended_between(before: datetime, now: datetime) -> bool:
    return Call.objects.filter(ends_at__gt=before, ends_at__lte=now).exists()


def paths() -> Iterator[str]:
    for post in Post.objects.filter(kind="call").only("day", "slug").order_by("pk"):
        yield post.path


def going(now: datetime) -> QuerySet[Call]:
    """Those to come, and those that ended since a printer can have looked last."""
    found = Call.objects.filter(ends_at__gt=now - LOOKED_BACK, post__embargo_until=None)
    return found.select_related("post")


def paths_naming(organisation: int) -> list[str]:
    """Posts that an organisation issues, and calls that it endorses."""
    issued = Q(issuers__organisation=organisation)
    endorsed = Q(call__endorsements__organisation=organisation)
    found = Post.objects.filter(issued | endorsed, embargo_until=None).distinct()
    return [post.path for post in found.only("day", "slug")]


def paths_listing(event: int | None) -> list[str]:
    """The call under which an event's post stands."""
    found = CallEvent.objects.filter(post=event).exclude(listed_at=None)
    return [each.call.post.path for each in found.select_related("call__post")]


def paths_of_releases(call: int | None) -> list[str]:
    """Of those that were made of a call, by its post's number."""
    made = CallRelease.objects.filter(of=call, post__embargo_until=None)
    return [each.post.path for each in made.select_related("post")]


def releases_of_ended(now: datetime) -> list[tuple[Post, datetime]]:
    """Those that were made of calls which ended since a printer can have looked last,
    and when those ended."""
    ended = ended_lately(now).exclude(post__releases=None)
    calls = {call.post_id: call.ends_at for call in ended}
    made = CallRelease.objects.filter(of__in=calls, post__embargo_until=None)
    return [(each.post, calls[each.of_id]) for each in made.select_related("post")]


def endorsements_of(organisation: Organisation) -> list[Endorsement]:
    """Calls that it endorses, and those that it endorsed, the newest first."""
    given = organisation.endorsements.filter(
        state__in=_SHOWN, confirmed_at__isnull=False, call__post__listed=True
    )
    return list(given.select_related("call__post").order_by("-confirmed_at", "-pk"))


def endorsed_before(organisation: Organisation) -> QuerySet[Endorsement]:
    """What it gave for a coming call that has another day or demand since."""
    given = organisation.endorsements.filter(state="confirmed")
    coming = given.filter(call__ends_at__gt=timezone.now(), call__called_off_at=None)
    return coming.filter(version__lt=F("call__version"))


def endorsers_of_post(post_id: int) -> list[str]:
    """The slugs of organisations whose pages say that they endorse this call."""
    given = Endorsement.objects.filter(call__post=post_id, state__in=_SHOWN)
    return list(given.values_list("organisation__slug", flat=True).distinct())
