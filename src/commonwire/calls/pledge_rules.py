"""Pure questions about pledges."""

import re
from datetime import datetime

from django.utils.translation import gettext as _

from commonwire.calls.models import Call
from commonwire.calls.states import CallState

_SPACES = re.compile(r"\s+")


def why_closed(call: Call, now: datetime) -> str:
    """Why nobody can pledge on it any more; empty while they can."""
    if call.takes_part(now):
        return ""
    state = call.state(now)
    if state == CallState.CALLED_OFF:
        return _(
            "This call was called off, so it takes no more pledges. Its page says why."
        )
    if state == CallState.ENDED:
        return _(
            "The day of this call is over, so it takes no more pledges. If you did what "
            "it asked, write a report or a comment about it."
        )
    return _("This call is in no list just now, and takes no pledges meanwhile.")


def place_key(place: str) -> str:
    """The same for one place, however it is written."""
    return _SPACES.sub(" ", place.casefold()).strip(" .,")


def has_begun(call: Call, now: datetime) -> bool:
    return call.starts_at <= now
