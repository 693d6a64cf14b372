"""What a container says beside what it shows, in plain words.

Only for telling the contributor: nothing but frames crosses into a rendition.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from av.container import InputContainer
from av.stream import Disposition, Stream

from commonwire.media import cameras
from commonwire.media import messages as say
from commonwire.media.exchange import MAX_DETAIL, Trace

# By the last word of a key: `com.apple.quicktime.model` and `model` say the same.
_WORDS: Final = {
    "location": say.GPS,
    "iso6709": say.GPS,
    "xyz": say.GPS,
    "make": say.CAMERA,
    "model": say.CAMERA,
    "manufacturer": say.CAMERA,
    "serial": say.SERIAL,
    "serial_number": say.SERIAL,
    "creation_time": say.TAKEN,
    "creationdate": say.TAKEN,
    "date": say.TAKEN,
    "year": say.TAKEN,
    "software": say.SOFTWARE,
    "encoder": say.SOFTWARE,
    "version": say.SOFTWARE,
    "tool": say.SOFTWARE,
    "title": say.AUTHOR,
    "artist": say.AUTHOR,
    "author": say.AUTHOR,
    "album": say.AUTHOR,
    "album_artist": say.AUTHOR,
    "composer": say.AUTHOR,
    "performer": say.AUTHOR,
    "publisher": say.AUTHOR,
    "copyright": say.AUTHOR,
    "description": say.AUTHOR,
    "synopsis": say.AUTHOR,
    "displayname": say.AUTHOR,
    "encoded_by": say.OWNER,
    "username": say.OWNER,
    "comment": say.COMMENT,
    "identifier": say.LINKED,
    "uuid": say.LINKED,
}
# What every container says of itself, written by the program and the same in all.
_STRUCTURE: Final = {
    "major_brand",
    "minor_version",
    "compatible_brands",
    "handler_name",
    "vendor_id",
    "language",
    "duration",
    "bps",
    "number_of_frames",
    "number_of_bytes",
    "timecode",
    "rotate",
    "track",
    "variant_bitrate",
}
_POSITION: Final = re.compile(r"([+-]\d{1,2}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)")
_DAY: Final = re.compile(r"(\d{4})[-:](\d{2})[-:](\d{2})")
# Cameras without a clock say 1904 or 1970.
_FIRST_YEAR: Final = 1971


def found_in(container: InputContainer) -> list[Trace]:
    """In the order of PHRASES; of several details, the first."""
    found: dict[str, str] = {}
    for phrase, detail in _all(container):
        found[phrase] = found.get(phrase) or detail
    return [
        Trace(phrase, found[phrase][:MAX_DETAIL])
        for phrase in say.PHRASES
        if phrase in found
    ]


def _all(container: InputContainer) -> Iterator[tuple[str, str]]:
    yield from _fields(container.metadata)
    sounds = 0
    for stream in container.streams:
        yield from _fields(stream.metadata)
        yield from _track(stream)
        sounds += stream.type == "audio"
    if sounds > 1:
        yield say.MORE_SOUND, ""


def _track(stream: Stream) -> Iterator[tuple[str, str]]:
    name = stream.metadata.get("handler_name", "").strip()
    if stream.type == "video" and stream.disposition & Disposition.attached_pic:
        yield say.THUMBNAIL, ""
    elif stream.type in {"data", "attachment", "unknown"}:
        yield say.DATA, name
    elif stream.type == "subtitle":
        yield say.SUBTITLES, ""


def _fields(metadata: dict[str, str]) -> Iterator[tuple[str, str]]:
    camera = _camera(metadata)
    for key, value in metadata.items():
        words = key.lower().replace("-eng", "")
        phrase = _WORDS.get(_last_word(key))
        if words in _STRUCTURE or words.startswith("_statistics") or not value.strip():
            continue
        if phrase is None:
            # `com.apple.quicktime.location.accuracy.horizontal` and whatever comes.
            phrase = say.GPS if "location" in words else say.FIELDS
        detail = camera if phrase == say.CAMERA else _detail(phrase, value)
        if phrase != say.TAKEN or detail:
            yield phrase, detail


def _camera(metadata: dict[str, str]) -> str:
    told = {_last_word(key): value for key, value in metadata.items()}
    make = told.get("make") or told.get("manufacturer") or ""
    return cameras.name(make, told.get("model", ""))


def _last_word(key: str) -> str:
    return re.split(r"[.:]", key.lower().replace("-eng", ""))[-1]


def _detail(phrase: str, value: str) -> str:
    if phrase == say.GPS:
        return _position(value)
    if phrase == say.TAKEN:
        return _day(value)
    return value if phrase in {say.SOFTWARE, say.AUTHOR, say.OWNER} else ""


def _position(value: str) -> str:
    """Rounded to about a kilometre: enough to know it by."""
    match = _POSITION.match(value.strip())
    return f"{float(match[1]):.2f}, {float(match[2]):.2f}" if match else ""


def _day(value: str) -> str:
    match = _DAY.match(value.strip())
    if match is None:
        return value if value.isdecimal() and int(value) >= _FIRST_YEAR else ""
    try:
        day = datetime(*map(int, match.groups()), tzinfo=UTC)  # type: ignore[arg-type,misc]
    except ValueError:
        return ""
    return f"{day.day} {day:%b %Y}" if day.year >= _FIRST_YEAR else ""
