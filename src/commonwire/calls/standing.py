"""Where a call stands, in few words: called off, over, today, or in how many days."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from commonwire.calls.models import Call, CallEvent
from commonwire.calls.words import day_in, word
from commonwire.publishing.models import Post
from commonwire.publishing.states import Kind


def called_off(call: Call, language: str, said: str = "called-off") -> str:
    """“Called off on January 3, 2026. The ice is too thin.”; empty when it is not."""
    if not call.called_off_at:
        return ""
    return f"{_off(call, language, said)} {call.called_off_because}".strip()


def called_off_post(post: Post) -> str:
    """The same of one."""
    wanted = [post.pk] if post.kind in {Kind.CALL, Kind.EVENT} else []
    return called_off_posts(wanted).get(post.pk, "")


def called_off_posts(numbers: Sequence[int]) -> dict[int, str]:
    """Which of these posts were called off, or are local events of a call that was, in
    few words: wherever they are of many."""
    if not numbers:
        return {}
    calls = Call.objects.filter(post__in=numbers).exclude(called_off_at=None)
    found = {
        call.post_id: _off(call, call.post.language)
        for call in calls.select_related("post")
    }
    told = CallEvent.objects.exclude(listed_at=None).exclude(agreed_at=None)
    under = told.filter(post__in=numbers).exclude(call__called_off_at=None)
    under = under.select_related("call", "post")
    return found | {row.post_id: _above_is_off(row) for row in under}


def _off(call: Call, language: str, said: str = "called-off") -> str:
    day = timezone.localdate(call.called_off_at, call.when.tzinfo)
    return word(language, said) % day_in(language, day)


def _above_is_off(event: CallEvent) -> str:
    """Who holds the event says whether it takes place all the same."""
    return _off(event.call, event.post.language, "above-is-off")


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
