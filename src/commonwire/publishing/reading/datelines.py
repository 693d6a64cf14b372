"""``RIVERTON, March 3 —``: where and when a release begins."""

import re

from commonwire.publishing.reading import dates, embargoes, labels
from commonwire.publishing.reading.embargoes import Says

_SEPARATOR = re.compile(r"[*_]*\s*(?:\.?\s?[–—]|\.-|\s--|\s-(?=\s)|\.(?=\s))[*_]*\s*")
_LONGEST = 110
_MOST_WORDS = 9
_SMALL = {
    "a",
    "de",
    "del",
    "la",
    "las",
    "los",
    "el",
    "of",
    "the",
    "upon",
    "on",
    "y",
    "and",
}
_NAME = r"[A-ZÁÉÍÓÚÑ][a-záéíóúñü’'-]+"
_PLACE = re.compile(
    rf"(?P<place>{_NAME}(?:\s+(?:(?:de|del|la|of|upon)\s+)*{_NAME}){{0,2}})"
    r"\s+[–—]\s+(?=[A-ZÁÉÍÓÚÑ].{50})"
)
_STATES = re.compile(
    r",\s*(?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn"
    r"|Miss|Mo|Mont|Neb|Nev|N\.[CDHJMY]|Okla|Ore|Pa|R\.I|S\.[CD]|Tenn|Vt|Va|Wash|W\.Va"
    r"|Wis|Wyo)\Z"
)
_WIRE = re.compile(r"/[^/\n]{1,30}/|\([A-Z ]{2,20}\)")


def split(text: str, *, leads: bool = False) -> tuple[str, str] | None:
    """A dateline and the text after it; None when the text begins without one.
    ``leads``: it is the first paragraph, and a place alone before a dash is one, too."""
    if leads and (match := _PLACE.match(text)):
        return match["place"], text[match.end() :]
    begins = text[:_LONGEST]
    for match in _SEPARATOR.finditer(begins):
        head, rest = begins[: match.start()].strip(" *_"), text[match.end() :]
        shouts = head.isupper() and text.isupper()  # a headline with a dash in it
        stop = match[0].strip() == "."
        if rest.strip() and not shouts and _is_one(head, after_stop=stop):
            return head, rest
    return None


def is_whole(text: str) -> bool:
    """Whether a row is a place with a day, and nothing else."""
    found = [each for each in dates.dates(text) if each.day]
    text = text.rstrip(" .*_")
    # A label, such as “Status: …”, or one in words of its own.
    if ":" in text or embargoes.says(text) is not Says.NOTHING:
        return False
    if len(found) != 1 or found[0].end < len(text):
        return False
    return _is_place(text[: found[0].start]) and bool(text[: found[0].start].strip())


def _is_one(head: str, *, after_stop: bool) -> bool:
    found = dates.dates(head)
    told = labels.label(head) or embargoes.says(head) is not Says.NOTHING
    if told and not is_whole(head):
        return False
    if after_stop:
        # Only a whole date makes a full stop the end of a dateline.
        return bool(found) and found[-1].day is not None and is_whole(head)
    place = head
    for each in reversed(found):
        place = place[: each.start] + place[each.end :]
    place = _WIRE.sub("", place)
    if not _is_place(place):
        return False
    letters = [word for word in re.findall(r"[^\W\d_]+", place) if len(word) > 1]
    capitals = bool(letters) and letters[0].isupper()
    named = capitals or bool(_STATES.search(head))
    return bool(found) or named or (head.startswith("(") and head.endswith(")"))


def _is_place(text: str) -> bool:
    words = re.findall(r"[^\s,()./]+", text)
    if not 0 < len(words) <= _MOST_WORDS:
        return False
    return (
        all(
            word[0].isupper() or word.lower() in _SMALL or not word[0].isalpha()
            for word in words
        )
        and words[0][0].isalpha()
    )
