"""iCalendar files (RFC 5545, RFC 7986): of every calendar page and of every event.

The lines are written here: icalendar, which reads what comes in, took seven times as long
for five thousand events.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from commonwire.calendar import vtimezone
from commonwire.calendar.models import Event, Occurrence
from commonwire.calendar.queries import NOTHING_MORE, Extra, extras_of
from commonwire.calendar.states import ACCESS, Answer
from commonwire.kit.address import absolute
from commonwire.kit.mail_mask import mask
from commonwire.kit.markup import to_plain

FOLD = 75
# How often programs need to look.
REFRESH = "PT1H"
Off = Mapping[int, str]
NOTHING_OFF: Off = {}
_ESCAPED = str.maketrans(
    {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None}
)


@dataclass(frozen=True)
class Head:
    """What a calendar says of itself. ``path``: of its page."""

    name: str
    path: str
    file: str = "calendar.ics"


@dataclass(frozen=True)
class Entry:
    """A VEVENT of something that is no event here. ``zone``: that its times are said
    in, in these years; empty when they are not."""

    lines: tuple[str, ...]
    zone: str
    first: int
    last: int


def render(
    head: Head,
    dates: Iterable[Occurrence],
    *,
    own: Entry | None = None,
    off: Off = NOTHING_OFF,
) -> bytes:
    """``dates`` with their event and its post; before them what the calendar is of, if
    that has a time itself. ``off``: what has to be said of events, by their numbers,
    whose call was called off.

    They are tentative then, and say it first: programs take what is cancelled out of a
    calendar without a word, and whether it takes place all the same is for those to say
    who hold it. Few programs show that something is tentative, so the words are there.
    """
    rows = list(dates)
    lines = [*_head(head, rows)]
    zones = _zones(rows)
    if own and own.zone:
        first, last = zones.get(own.zone, (own.first, own.last))
        zones[own.zone] = min(first, own.first), max(last, own.last)
    for zone, years in zones.items():
        lines += vtimezone.lines(zone, *years)
    lines += own.lines if own else ()
    extras = extras_of(row.event_id for row in rows)
    for row in rows:
        extra = extras.get(row.event_id, NOTHING_MORE)
        lines += _event(row, extra, off.get(row.event_id, ""))
    lines.append("END:VCALENDAR")
    return "".join(map(_folded, lines)).encode()


def _head(head: Head, rows: list[Occurrence]) -> Iterator[str]:
    host = urlsplit(settings.SITE_URL).hostname
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//Commonwire//{text(head.name)}//EN"
    yield "CALSCALE:GREGORIAN"
    yield f"UID:{host}{head.path}"
    yield f"NAME:{text(head.name)}"
    yield f"X-WR-CALNAME:{text(head.name)}"
    yield f"URL:{absolute(head.path)}"
    yield f"SOURCE;VALUE=URI:{absolute(head.path)}{head.file}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}"
    yield f"X-PUBLISHED-TTL:{REFRESH}"
    if rows:
        yield f"LAST-MODIFIED:{utc(max(_changed(row) for row in rows))}"


def _event(row: Occurrence, extra: Extra, off: str) -> Iterator[str]:
    event, post = row.event, row.event.post
    changed = utc(_changed(row))
    yield "BEGIN:VEVENT"
    yield f"UID:{text(row.uid)}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"CREATED:{utc(post.published_at)}"
    yield f"SEQUENCE:{event.sequence + row.sequence}"
    yield f"STATUS:{_status(row, off)}"
    yield from _times(row)
    title = " ".join(filter(None, (off, mask(post.title))))
    yield f"SUMMARY;LANGUAGE={post.language}:{text(title)}"
    told = "\n\n".join(filter(None, (off, _description(row))))
    yield f"DESCRIPTION;LANGUAGE={post.language}:{text(told)}"
    yield f"URL:{absolute(row.path if row.number > 1 else post.path)}"
    yield "CLASS:PUBLIC"
    yield "TRANSP:OPAQUE"
    yield from _place(event)
    yield from _rest(event, extra)
    yield "END:VEVENT"


def _status(row: Occurrence, off: str) -> str:
    if row.cancelled_at:
        return "CANCELLED"
    return "TENTATIVE" if off else "CONFIRMED"


def _times(row: Occurrence) -> Iterator[str]:
    event = row.event
    if event.all_day:
        yield f"DTSTART;VALUE=DATE:{row.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{row.last_day + timedelta(days=1):%Y%m%d}"
        return
    yield from hours(row.begins, row.ends, event.zone)


def hours(begins: datetime | None, ends: datetime | None, zone: str) -> Iterator[str]:
    """By the clocks of the zone; programs take an hour that comes twice for one or the
    other, so that it is told in UTC."""
    moments = {"DTSTART": begins, "DTEND": ends}
    told = {name: moment for name, moment in moments.items() if moment}
    twice = any(_comes_twice(moment) for moment in told.values())
    for name, moment in told.items():
        if twice:
            yield f"{name}:{utc(moment)}"
        else:
            yield f"{name};TZID={zone}:{moment:%Y%m%dT%H%M%S}"


def _comes_twice(moment: datetime) -> bool:
    """Only then do its two readings differ: no moment of a row is in a skipped hour."""
    return moment.utcoffset() != moment.replace(fold=1 - moment.fold).utcoffset()


def _place(event: Event) -> Iterator[str]:
    place = ", ".join(filter(None, (event.place, event.address)))
    if place:
        yield f"LOCATION:{text(mask(place))}"
    if event.latitude is not None and event.longitude is not None:
        yield f"GEO:{event.latitude:.6f};{event.longitude:.6f}"


def _rest(event: Event, extra: Extra) -> Iterator[str]:
    if event.online_url:
        yield f"CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO:{_uri(event.online_url)}"
    if extra.sections:
        yield f"CATEGORIES:{','.join(map(text, extra.sections))}"
    if extra.picture:
        yield f"IMAGE;VALUE=URI;DISPLAY=FULLSIZE:{absolute(extra.picture)}"


def _description(row: Occurrence) -> str:
    event, post = row.event, row.event.post
    told = [row.note, post.summary or to_plain(post.body)[:1_000]]
    known = {name: getattr(event, name) for name in ACCESS}
    access = [
        f"{ACCESS[name]}: {Answer(answer).label}"
        for name, answer in known.items()
        if answer != Answer.UNKNOWN
    ]
    told += [". ".join(filter(None, [*access, event.accessibility]))]
    told += [event.languages, event.price, event.contact, absolute(post.path)]
    return "\n\n".join(mask(each) for each in told if each)


def _changed(row: Occurrence) -> datetime:
    return max(row.changed_at, row.event.changed_at)


def utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def text(words: str) -> str:
    """As a line may hold it; what cannot be seen is no part of it."""
    escaped = words.translate(_ESCAPED)
    if escaped.isprintable():
        return escaped
    return "".join(each for each in escaped if each >= " " or each == "\t")


def _uri(address: str) -> str:
    return "".join(letter for letter in address if letter > " ")


def _folded(line: str) -> str:
    """In pieces of 75 bytes, no letter broken."""
    if line.isascii():
        rest = range(FOLD, len(line), FOLD - 1)
        more = (line[start : start + FOLD - 1] for start in rest)
        return "\r\n ".join([line[:FOLD], *more]) + "\r\n"
    pieces, piece, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > FOLD:
            pieces.append(piece)
            piece, size = " ", 1
        piece += letter
        size += width
    return "\r\n".join([*pieces, piece]) + "\r\n"


def _zones(rows: Iterable[Occurrence]) -> dict[str, tuple[int, int]]:
    """The zones that times are said in, with their first and last year."""
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        if not row.event.all_day:
            first, last = row.day.year, row.last_day.year
            known = found.get(row.event.zone, (first, last))
            found[row.event.zone] = (min(first, known[0]), max(last, known[1]))
    return dict(sorted(found.items()))
