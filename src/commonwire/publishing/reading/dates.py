"""Dates, times and zones as English and Spanish releases write them. A date without
its year is none: the year would be a guess."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_MONTHS = (
    *(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
        ]
    ),
    *(["november", "december"]),
)
_MESES = (
    *(
        [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
        ]
    ),
    *(["noviembre", "diciembre"]),
)
_NUMBERS = {name: number for number, name in enumerate(_MONTHS, 1)}
_NUMBERS |= {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
_NUMBERS |= {"sept": 9, "setiembre": 9}
_NUMBERS |= {name: number for number, name in enumerate(_MESES, 1)}
_MONTH = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|lunes|martes|mi[ée]rcoles|jueves"
    r"|viernes|s[áa]bado|domingo)"
)
_DATE = re.compile(
    rf"(?:\b{_WEEKDAY},?\s+)?(?:\b(?P<m1>{_MONTH})\b\.?\s+(?P<d1>[0-9]{{1,2}})"
    r"(?:st|nd|rd|th)?\b(?:,?\s+(?P<y1>[12][0-9]{3})\b)?"
    r"|\b(?P<d2>[0-9]{1,2})(?:st|nd|rd|th|\.º|º)?\s+(?:de\s+)?"
    rf"(?P<m2>{_MONTH})\b\.?(?:,?\s+(?:del?\s+)?(?P<y2>[12][0-9]{{3}})\b)?"
    r"|\b(?P<iso>[12][0-9]{3}-[0-9]{2}-[0-9]{2})\b"
    r"|\b(?P<n1>[0-9]{1,2})[/.](?P<n2>[0-9]{1,2})[/.](?P<y3>[12][0-9]{3})\b)",
    re.IGNORECASE,
)
_NOON = r"(?P<noon>(?:12\s+)?(?:noon|midday|mediod[ií]a))"
_TIME = re.compile(
    rf"{_NOON}|(?P<midnight>midnight|medianoche)"
    r"|\b(?P<h1>[0-9]{1,2})(?:[:.](?P<n1>[0-9]{2}))?\s*(?P<half>[ap])\.?\s?m\b\.?"
    r"|\b(?P<h2>[0-9]{1,2})[:.h](?P<n2>[0-9]{2})(?:\s*h(?:ou)?rs)?\b"
    r"|\ba\s+las\s+(?P<h3>[0-9]{1,2})\b(?:[:.](?P<n3>[0-9]{2}))?"
    r"|\b(?P<h4>[0-9]{1,2})\s*h(?:oras|rs)?\b"
    r"|\b(?P<h5>[0-9]{2})(?P<n5>[0-9]{2})\s*h(?:ou)?rs?\b",
    re.IGNORECASE,
)
# What stands for a zone: the place whose clocks it is, and the hours from UTC that its
# letters fix, if they do.
_ZONES: tuple[tuple[str, str, float | None], ...] = (
    (r"EST", "America/New_York", -5),
    (r"EDT", "America/New_York", -4),
    (r"ET|Eastern(?:\s+Time)?|hora\s+del\s+Este", "America/New_York", None),
    (r"CST", "America/Chicago", -6),
    (r"CDT", "America/Chicago", -5),
    (r"CT|Central(?:\s+Time)?", "America/Chicago", None),
    (r"MST", "America/Denver", -7),
    (r"MDT", "America/Denver", -6),
    (r"MT|Mountain(?:\s+Time)?", "America/Denver", None),
    (r"PST", "America/Los_Angeles", -8),
    (r"PDT", "America/Los_Angeles", -7),
    (r"PT|Pacific(?:\s+Time)?", "America/Los_Angeles", None),
    (r"GMT", "Europe/London", 0),
    (r"BST", "Europe/London", 1),
    (r"UK\s+time|London(?:\s+time)?", "Europe/London", None),
    (r"UTC|Z", "UTC", 0),
    (r"CET|MEZ", "Europe/Berlin", 1),
    (r"CEST|MESZ", "Europe/Berlin", 2),
    (r"hora\s+(?:peninsular|de\s+Madrid|española)", "Europe/Madrid", None),
    (r"hora\s+de\s+Canarias", "Atlantic/Canary", None),
    (r"hora\s+(?:de\s+M[ée]xico|del\s+centro)", "America/Mexico_City", None),
    (r"hora\s+(?:de\s+)?Argentina", "America/Argentina/Buenos_Aires", None),
    (r"hora\s+de\s+Chile", "America/Santiago", None),
    (r"hora\s+de\s+(?:Colombia|Bogot[áa])", "America/Bogota", None),
    (r"AEST", "Australia/Sydney", 10),
    (r"AEDT", "Australia/Sydney", 11),
    (r"JST", "Asia/Tokyo", 9),
)
_ZONE = re.compile(
    rf"\b(?:{'|'.join(pattern for pattern, _name, _hours in _ZONES)})\b", re.IGNORECASE
)
_DAY_ALONE = re.compile(rf"\b{_WEEKDAY}\b", re.IGNORECASE)
# How a day begins that somebody names, beside its number.
WHEN = rf"(?:{_WEEKDAY}|{_MONTH})\b"
_FIXED = re.compile(r"\b(?:UTC|GMT)\s?(?P<sign>[+−-])(?P<hours>[0-9]{1,2})(?::?00)?\b")
_AT = re.compile(
    r"[\s,;|·]*(?:at|from|starting(?:\s+at)?|desde|de|a\s+partir\s+de)?\s*",
    re.IGNORECASE,
)
_TO = re.compile(r"\s*(?:to|until|till|hasta|[-–—])\s*", re.IGNORECASE)
_HALF_DAY = 12
_WHOLE_DAY = 24 * 60
# What stands between a day, a time and a zone.
_SMALL = re.compile(
    r"\b(?:at|on|the|from|local|time|hours?|hrs?|h|a|las?|el|del?|hora)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Found:
    """``day``: None when its year is not said."""

    day: date | None
    start: int
    end: int


@dataclass(frozen=True)
class Moment:
    """``at``: local, as ``2026-03-03T06:00``; ``zone``: empty when none is said."""

    at: str
    zone: str


def dates(text: str) -> list[Found]:
    return [
        Found(_day(match), match.start(), match.end()) for match in _DATE.finditer(text)
    ]


def first_full(text: str) -> date | None:
    return next((found.day for found in dates(text) if found.day), None)


def first_after(text: str, issued: date) -> date | None:
    """The first day whose year is not said, in the year of what says it."""
    days = (_day(match, str(issued.year)) for match in _DATE.finditer(text))
    return next((day for day in days if day and day > issued), None)


def moment(text: str) -> Moment | None:
    """A day with its time of day; a time alone or a day alone is no moment."""
    day = next((found for found in dates(text) if found.day), None)
    if day is None or day.day is None:
        return None
    rest = text[: day.start] + " " + text[day.end :]
    match = _TIME.search(_FIXED.sub("", rest))
    clock = _clock(match) if match else None
    if match is None or clock is None:
        return None
    if match["midnight"]:  # of the day that ends, as newsrooms count
        clock = _WHOLE_DAY
    at = datetime.combine(day.day, datetime.min.time()) + timedelta(minutes=clock)
    # “10:00 GMT (5 a.m. ET)”: the first time has the first zone.
    again = _TIME.search(rest, match.end())
    zone = _zone(rest[: again.start()], at) if again else ""
    return Moment(at.isoformat(timespec="minutes"), zone or _zone(rest, at))


def without(text: str) -> str:
    """What is left when nothing says when."""
    for pattern in (_DATE, _FIXED, _TIME, _ZONE, _DAY_ALONE, _SMALL):
        text = pattern.sub(" ", text)
    return text


def is_only_time(text: str) -> bool:
    """Whether it says when, and nothing else; or nothing at all."""
    return not re.search(r"[^\W\d_]", without(text))


def says_time(text: str) -> bool:
    return bool(_TIME.search(text))


def says_when(text: str) -> bool:
    """Whether it names a day or a time of day."""
    return says_time(text) or bool(_DATE.search(text) or _DAY_ALONE.search(text))


def is_one_time(text: str) -> bool:
    """Whether it names one time of day, or the same one in several zones."""
    text = _DATE.sub(" ", text)
    times = len(_TIME.findall(_FIXED.sub("", text)))
    return times == 1 or times <= len(_ZONE.findall(text)) + len(_FIXED.findall(text))


def hours_after(text: str) -> tuple[str, str]:
    """From when and until when, if the text says it right after its first full date:
    what stands further on may be of anything."""
    day = next((found for found in dates(text) if found.day), None)
    if day is None:
        return "", ""
    begins = _next_time(text[day.end :], _AT)
    if begins is None:
        return "", ""
    ends = _next_time(text[day.end + begins[1] :], _TO)
    return begins[0], ends[0] if ends else ""


def _next_time(text: str, before: re.Pattern[str]) -> tuple[str, int] | None:
    """The first time of day and where it ends, with nothing but ``before`` before it."""
    match = _TIME.search(text)
    if match is None or not before.fullmatch(text[: match.start()]):
        return None
    clock = _clock(match)
    if clock is None:
        return None
    return f"{clock // 60:02}:{clock % 60:02}", match.end()


def _day(match: re.Match[str], year_if_none: str = "") -> date | None:
    if match["iso"]:
        year, month, day = match["iso"].split("-")
    elif match["y3"]:
        # Which of two numbers is the month, only a number over twelve tells.
        first, second, year = int(match["n1"]), int(match["n2"]), match["y3"]
        if first <= 12 and second <= 12 and first != second:  # noqa: PLR2004
            return None
        month, day = str(min(first, second)), str(max(first, second))
    else:
        year = match["y1"] or match["y2"] or year_if_none
        day = match["d1"] or match["d2"]
        month = str(_NUMBERS[(match["m1"] or match["m2"]).lower()])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _clock(match: re.Match[str]) -> int | None:
    """In minutes after midnight."""
    if match["noon"]:
        return _HALF_DAY * 60
    if match["midnight"]:
        return 0
    hours = int(next(match[f"h{n}"] for n in range(1, 6) if match[f"h{n}"]))
    if match["half"]:
        if not 1 <= hours <= _HALF_DAY:
            return None
        hours = hours % _HALF_DAY + (_HALF_DAY if match["half"].lower() == "p" else 0)
    minutes = int(match["n1"] or match["n2"] or match["n3"] or match["n5"] or 0)
    return hours * 60 + minutes if hours < 24 and minutes < 60 else None  # noqa: PLR2004


def _zone(text: str, at: datetime) -> str:
    fixed = _FIXED.search(text)
    if fixed:
        return _etc(float(fixed["hours"]) * (1 if fixed["sign"] == "+" else -1))
    for pattern, name, hours in _ZONES:
        # Letters are a zone in capitals only: "et" and "pt" are words.
        exact = 0 if pattern.isupper() else re.IGNORECASE
        if re.search(rf"\b(?:{pattern})\b", text, exact):
            return name if _agrees(name, hours, at) else _etc(hours or 0)
    return ""


def _agrees(name: str, hours: float | None, at: datetime) -> bool:
    """Whether the place's clocks show on that day what the letters say: winter time
    may be written in summer, and then the letters count."""
    offset = at.replace(tzinfo=ZoneInfo(name)).utcoffset()
    return hours is None or offset == timedelta(hours=hours)


def _etc(hours: float) -> str:
    """The zone that is so many hours from UTC; its name counts the other way."""
    whole = int(hours)
    return f"Etc/GMT{-whole:+d}" if whole else "UTC"
