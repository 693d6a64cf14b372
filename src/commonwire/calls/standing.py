"""Where a call stands, in few words: called off, over, today, or in how many days."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils import timezone

from commonwire.calls.models import Call, CallEvent, CallRelease
from commonwire.calls.words import day_in, word
from commonwire.publishing.models import Post
from commonwire.publishing.states import Kind


def called_off(call: Call, language: str, said: str = "called-off") -> str:
    """“Called off on January 3, 2026. The ice is too thin.”; empty when it is not."""
    if not call.called_off_at:
        return ""
    return f"{_off(call, language, said)} {call.called_off_because}".strip()


def called_off_post(post: Post) -> str:
    """The same of one, a local event, or a release that was made of one."""
    look = _LOOKS.get(post.kind)
    return look([post.pk]).get(post.pk, "") if look else ""


def called_off_posts(numbers: Sequence[int]) -> dict[int, str]:
    """Which of these posts were called off, or are of a call that was, in few words:
    wherever they are of many."""
    found: dict[int, str] = {}
    for look in _LOOKS.values() if numbers else ():
        found |= look(numbers)
    return found


def _calls(numbers: Sequence[int]) -> dict[int, str]:
    calls = Call.objects.filter(post__in=numbers).exclude(called_off_at=None)
    return {
        call.post_id: _off(call, call.post.language)
        for call in calls.select_related("post")
    }


def _events(numbers: Sequence[int]) -> dict[int, str]:
    """Who holds one says whether it takes place all the same."""
    told = CallEvent.objects.exclude(listed_at=None).exclude(agreed_at=None)
    under = told.filter(post__in=numbers).exclude(call__called_off_at=None)
    under = under.select_related("call", "post")
    return {row.post_id: _above_is_off(row.call, row.post) for row in under}


def _releases(numbers: Sequence[int]) -> dict[int, str]:
    """Of an embargoed call nobody may know."""
    made = CallRelease.objects.filter(post__in=numbers, of__embargo_until=None)
    made = made.exclude(of__call__called_off_at=None)
    made = made.select_related("of__call", "post")
    return {row.post_id: _above_is_off(row.of.call, row.post) for row in made}


_LOOKS: dict[str, Callable[[Sequence[int]], dict[int, str]]] = {
    Kind.CALL: _calls,
    Kind.EVENT: _events,
    Kind.RELEASE: _releases,
}
MAY_BE_OFF = frozenset(_LOOKS)


def ended_posts(numbers: Sequence[int]) -> dict[int, str]:
    """Which of these are calls that took place."""
    calls = Call.objects.filter(post__in=numbers, ends_at__lte=timezone.now())
    over = calls.filter(called_off_at=None).select_related("post")
    return {call.post_id: word(call.post.language, "ended") for call in over}


def _off(call: Call, language: str, said: str = "called-off") -> str:
    day = timezone.localdate(call.called_off_at, call.when.tzinfo)
    return word(language, said) % day_in(language, day)


def _above_is_off(call: Call, post: Post) -> str:
    return _off(call, post.language, "above-is-off")


def standing(call: Call, language: str, now: datetime) -> str:
    if call.called_off_at:
        return called_off(call, language)
    if call.ends_at <= now:
        return word(language, "ended")
    if call.starts_at <= now:
        return word(language, "now")
    days = call.when.days_left(now)
    if days <= 1:
        return word(language, "tomorrow" if days == 1 else "today")
    return word(language, "days") % days
