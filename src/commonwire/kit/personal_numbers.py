"""What leads to one person without being words: bank accounts, places on the map, number
plates, handles. For texts that must not tell who somebody is, or where."""

import re
from collections.abc import Iterator

_ACCOUNT = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}\b")
_SHORTEST_ACCOUNT = 15
# Four digits behind the point are ten metres; fewer are prices and counts.
_DECIMAL = re.compile(
    r"(?<![\w.,])([+-]?\d{1,2}\.\d{4,})°?\s?[NS]?\s?[,;/ ]\s?([+-]?\d{1,3}\.\d{4,})(?!\w)"
)
_DEGREES = re.compile(
    r"\b\d{1,2}°\s?\d{1,2}(?:\.\d+)?\s?['\u2019\u2032](?:\s?\d{1,2}(?:\.\d+)?\s?[\"\u201d\u2033])?\s?[NS]\b"
)
_HANDLE = re.compile(r"(?<![\w.@/])@[A-Za-z_][\w.]+\w")
# A person's page at a service, and a name beside the service's.
_PROFILE = re.compile(
    r"(?<![\w.-])(?:www\.|m\.)?(?:t\.me|telegram\.me|signal\.me|wa\.me|instagram\.com|facebook\.com"
    r"|fb\.com|twitter\.com|x\.com|tiktok\.com|linkedin\.com/in|threads\.net|vk\.com)/@?[\w#][\w.-]{2,}",
    re.IGNORECASE,
)
_AT_SERVICE = re.compile(
    r"\b(?i:signal|telegram|threema|discord|snapchat|wickr)\b\W{1,3}"
    r"(?P<name>(?=[\w.]*[A-Za-z]{3})\w[\w.]*?(?:[._]\d{2,}|\d{2,}|#\d{4}))\b"
)
_GERMAN_PLATE = re.compile(
    r"(?<![\w-])(?!(?:DIN|ISO|CO)-)[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?[1-9]\d{0,3}[EH]?(?![\w-])"
)
# Forms that little else has: of the United Kingdom, of France and Italy, of California.
_PLATE = re.compile(
    r"(?<![\w-])(?:[A-HJ-PR-Y][A-Z]\d{2} ?[A-Z]{3}|[A-Z]{2}-\d{3}-[A-Z]{2}|[1-9][A-Z]{3}\d{3})(?![\w-])"
)
# Four digits and three consonants are a time and its zone, too, but not of a car.
_CAR = r"(?i:car|cars|van|truck|lorry|vehicle|motorbike|motorcycle|coche|furgoneta|moto|voiture)"
_PLATE_OF_CAR = re.compile(
    rf"\b{_CAR}\W{{1,3}}(?:\w{{1,10}}\W{{1,2}}){{0,2}}?(?P<plate>\d{{4}}[ -]?[B-DF-HJ-NP-TV-Z]{{3}})\b"
)
_NAMED_PLATE = re.compile(
    r"\b(?i:number plates?|licen[cs]e plates?|plates?|kennzeichen|matrícula|immatriculation)"
    r"\W{1,3}(?:\w{1,10}\W{1,2}){0,2}?"
    r"(?P<plate>(?=[A-Z0-9 -]*\d)(?=[A-Z0-9 -]*[A-Z])[A-Z0-9]{1,4}(?:[ -]?[A-Z0-9]{1,4}){1,2})\b"
)


def first_account(text: str) -> str:
    """The first IBAN; its check digits tell it from other words of its shape."""
    for match in _ACCOUNT.finditer(text):
        for words in _beginnings(match[0]):
            if _adds_up(re.sub("[ -]", "", words)):
                return words
    return ""


def _beginnings(words: str) -> Iterator[str]:
    """All of it, and without what stands behind it."""
    yield words
    for space in reversed([match.start() for match in re.finditer("[ -]", words)]):
        yield words[:space]


def _adds_up(account: str) -> bool:
    """ISO 13616: the number that it spells is 1 more than a multiple of 97."""
    turned = account[4:] + account[:4]
    digits = "".join(str(int(sign, 36)) for sign in turned)
    return len(account) >= _SHORTEST_ACCOUNT and int(digits) % 97 == 1


def first_place(text: str) -> str:
    """The first coordinates that name a house or a corner."""
    for match in _DECIMAL.finditer(text):
        if abs(float(match[1])) <= 90 and abs(float(match[2])) <= 180:  # noqa: PLR2004
            return match[0]
    found = _DEGREES.search(text)
    return found[0] if found else ""


def first_plate(text: str) -> str:
    found = _GERMAN_PLATE.search(text) or _PLATE.search(text)
    if found:
        return found[0]
    named = _NAMED_PLATE.search(text) or _PLATE_OF_CAR.search(text)
    return named["plate"] if named else ""


def first_handle(text: str) -> str:
    found = _HANDLE.search(text) or _PROFILE.search(text)
    if found:
        return found[0]
    named = _AT_SERVICE.search(text)
    return named["name"] if named else ""
