"""How much work a file is by its own account, so that what is short waits for nothing
long: a clip from the street for no meeting of an hour.

Measured in seconds of film of 1080 lines.
"""

from typing import Final

from commonwire.media.exchange import Options
from commonwire.media.models import Attachment
from commonwire.media.states import QUICK, Kind

# A film or a recording that is more work is made behind the others.
SHORT: Final = 300
_PIXELS: Final = 1920 * 1080
# Looking for faces is as much again.
_WITH_FACES: Final = 2
_SOUND: Final = 1 / 20
# What a first attempt may take of the processors: of a picture or a document; and of
# what plays for each second of effort, which is several times what any took. Who tells
# less than is there, or nothing, waits with the long ones.
QUICK_SECONDS: Final = 15
_LEAST_SECONDS: Final = 60
_FOR_EACH: Final = 20
_MOST_SECONDS: Final = 1800


def is_long(attachment: Attachment) -> bool:
    """Pictures and documents show it only when they are made."""
    return attachment.kind not in QUICK and _of(attachment) > SHORT


def first_seconds(attachment: Attachment) -> int:
    """Of the processors, before others go first; 0: as many as it takes."""
    if attachment.heavy:
        return 0
    if attachment.kind in QUICK:
        return QUICK_SECONDS
    return min(_MOST_SECONDS, _LEAST_SECONDS + round(_FOR_EACH * _of(attachment)))


def _of(attachment: Attachment) -> float:
    if attachment.kind == Kind.SOUND:
        return attachment.seconds * _SOUND
    size = max(1.0, attachment.width * attachment.height / _PIXELS)
    faces = _WITH_FACES if Options.read(attachment.options).faces else 1
    return attachment.seconds * size * faces
