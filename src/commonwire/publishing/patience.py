"""Time instead of work, for whoever has no scripts or a slow device.

A form says when it was opened, and a waiting room's address until when it is closed:
both signed, so that nothing is stored while somebody waits, and both good once. In
quiet times nobody notices: people take longer to read their preview.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.publishing.fares import Fare
from commonwire.publishing.models import Draft
from commonwire.publishing.pressure import pressure

# The least that a person needs; with the pressure it grows to the most.
LEAST = timedelta(seconds=3)
MOST = timedelta(minutes=2)
OLDEST_FORM = timedelta(days=2)
ROOM_LIFE = timedelta(hours=12)
_FORM_SALT = "form opened"
_ROOM_SALT = "waiting room"
# Those of two machines that answer.
CLOCKS_DIFFER = timedelta(minutes=1)


def needed() -> timedelta:
    return min(MOST, LEAST * pressure())


@dataclass(frozen=True)
class Opened:
    """A form that somebody opened."""

    nonce: str
    at: datetime

    def fare(self, now: datetime) -> Fare | None:
        """When it was opened long enough ago."""
        if now - self.at < needed():
            return None
        return Fare(self.nonce, self.at + OLDEST_FORM)


def form_token(now: datetime) -> str:
    return signing.dumps([_nonce(), now.isoformat()], salt=_FORM_SALT)


def opened(token: str) -> Opened | None:
    """None for what is forged, strange or too old: then the draft's own age counts. And
    for what was opened before the clock was set back, or nobody could wait for it."""
    try:
        nonce, at = signing.loads(token, salt=_FORM_SALT, max_age=OLDEST_FORM)
        found = Opened(nonce, datetime.fromisoformat(at))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return found if found.at - timezone.now() < CLOCKS_DIFFER else None


@dataclass(frozen=True)
class Room:
    """A waiting room, open after ``opens_at``, for one draft, once."""

    nonce: str
    opens_at: datetime

    def left(self, now: datetime) -> int:
        """Whole seconds until it opens."""
        return max(0, -int((now - self.opens_at) // timedelta(seconds=1)))

    @property
    def fare(self) -> Fare:
        return Fare(self.nonce, self.opens_at + ROOM_LIFE)


class NoRoom(Exception):
    """There is no such waiting room; says why."""


def room_token(draft: Draft, since: datetime) -> str:
    """``since``: from when the time counts."""
    opens_at = since + needed()
    what = [draft.pk, _nonce(), int(opens_at.timestamp()) + 1]
    return signing.dumps(what, salt=_ROOM_SALT)


def room(token: str, draft: Draft, now: datetime) -> Room:
    try:
        pk, nonce, opens_at = signing.loads(token, salt=_ROOM_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise NoRoom(
            _("The address of the waiting room was not whole, so this is a new one.")
        ) from None
    if pk != draft.pk:
        raise NoRoom(
            _("That waiting room was for another draft, so this is a new one.")
        )
    found = Room(nonce, datetime.fromtimestamp(opens_at, UTC))
    if now - found.opens_at > ROOM_LIFE:
        raise NoRoom(_("You waited here half a day ago; wait once more, a moment."))
    return found


def _nonce() -> str:
    return secrets.token_urlsafe(12)
