"""Names of people, what they are, and of which body."""

import re
from dataclasses import dataclass

_UP = "A-ZÁÉÍÓÚÑÜÄÖÅØÇ"
_CAP = rf"(?:[{_UP}][\w’'-]*[\w’']|[{_UP}]\.)"
_TITLE = r"(?:(?:Dr|Dra|Rev|Reverend|Prof|Professor|Sr|Sra|Mr|Mrs|Ms)\.?\s+)"
_LINK = r"(?:\s+(?:de|del|de\s+la|la|van|von|bin|al|y))?"
NAME = rf"{_TITLE}?{_CAP}(?:{_LINK}\s+{_CAP}){{1,3}}"
_WHOLE_NAME = re.compile(NAME)
_NAME_AT_END = re.compile(rf"(?:\A|\s)(?P<name>{NAME})\Z")
_BODIES = (
    r"union|league|association|network|council|coalition|alliance|federation|committee"
    r"|local|guild|branch|society|campaign|forum|centre|center|neighbou?rs|families"
    r"|foundation|fund|section|movement|assembly|congress|office|party|institute|group"
    r"|sindicato|asamblea|plataforma|coordinadora|federaci[óo]n|uni[óo]n|red|colectivo"
    r"|asociaci[óo]n|comit[ée]|movimiento|consejo|fundaci[óo]n|central|frente|mesa"
)
_IS_BODY = re.compile(rf"\b(?:{_BODIES})s?\b", re.IGNORECASE)
_OFFICES = (
    r"secretary|officer|president|chair\w*|treasurer|director|coordinator|organi[sz]er"
    r"|spokes\w+|steward|delegate|manager|editor|founder|agent|representative|lead"
    r"|portavoz|secretari[oa]|president[ea]|delegad[oa]|coordinador[a]?|responsable"
    r"|vocal|tesorer[oa]|director[a]?|abogad[oa]|lawyer|press"
)
_IS_OFFICE = re.compile(rf"\b(?:{_OFFICES})\b", re.IGNORECASE)
_OF = re.compile(
    rf"\s+(?:of|at|with|for|from|del|de)\s+(?:the\s+|las?\s+|los\s+)?(?=[{_UP}])"
)
_FROM_BODY = re.compile(
    rf"(?:of|from|with|del|de)\s+(?:the\s+|las?\s+|los\s+)?(?P<body>[{_UP}].*)"
)
_CAPITALS = re.compile(rf"(?:(?:{_CAP}|[0-9]+|of|the)\s+)*(?:{_CAP}|[0-9]+)(?=\s)")


@dataclass(frozen=True)
class Person:
    name: str
    office: str = ""
    organisation: str = ""


def is_name(text: str) -> bool:
    whole = bool(_WHOLE_NAME.fullmatch(text))
    return whole and not is_body(text) and not _IS_OFFICE.search(text)


def is_body(text: str) -> bool:
    return bool(_IS_BODY.search(text))


def is_office(text: str) -> bool:
    return bool(_IS_OFFICE.search(text)) and not text[:1].isdigit()


def person(text: str) -> Person | None:
    """Somebody as sentences name them: ``Union chair Ana Ro``, ``Ana Ro, chair of the
    Union``, ``Ana Ro of the Union``."""
    head, comma, rest = text.strip(" ,").partition(",")
    head = re.sub(r"\A(?:el|la|the|by)\s+", "", head.strip())
    match = _WHOLE_NAME.match(head)
    tail = head[match.end() :].strip() if match else head
    if match and (not tail or (of := _FROM_BODY.fullmatch(tail))):
        body = of["body"] if tail and of else ""
        # What follows a further comma is about something else.
        return _with_office(match[0], rest.partition(",")[0] if comma else "", body)
    ended = _NAME_AT_END.search(head)
    if ended is None:
        return None
    office, organisation = _described(head[: ended.start()].strip())
    told = _with_office(ended["name"], rest.partition(",")[0] if comma else "", "")
    return Person(told.name, told.office or office, told.organisation or organisation)


def _with_office(name: str, words: str, body: str) -> Person:
    words = "" if words.strip().isdigit() else words  # an age
    office, organisation = split_office(words.strip(" :"))
    return Person(name, office, organisation or body.strip(" ."))


def split_office(words: str) -> tuple[str, str]:
    """``president of the Union`` in its two parts."""
    of = _FROM_BODY.fullmatch(words)
    if of:
        return "", of["body"].strip(" .")
    match = _OF.search(words)
    if match is None or words.startswith(("who ", "que ", "quien ")):
        return words.strip(" ."), ""
    return words[: match.start()].strip(), words[match.end() :].strip(" .")


def _described(words: str) -> tuple[str, str]:
    """What stands before a name: ``Local 17 business agent``. One capital alone may
    only begin the sentence, so it stays."""
    match = _CAPITALS.match(f"{words} ")
    if match is None or " " not in match[0].strip() or match[0].strip() == words:
        return words, ""
    return words[match.end() :].strip(), match[0].strip()
