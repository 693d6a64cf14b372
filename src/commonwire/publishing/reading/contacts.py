"""Whom to ask: names, offices, bodies, telephones and mail addresses of a block."""

import re
from dataclasses import dataclass, replace

from commonwire.publishing.reading import people

_MAIL = re.compile(r"[\w.+-]+(?:@| \[at\] )[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w/])\+?\(?[0-9][0-9 ().–/-]{5,22}[0-9](?!\w)")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_NAMED = re.compile(
    r"\b(?:tel[ée]?(?:phone|fono)?|phone|mobile|cell|m[óo]vil|e-?mail|correo|fax)\b"
    r"\s*[.:]*\s*",
    re.IGNORECASE,
)
_JOINTS = re.compile(r"\s+(?:at|on|or|via|by|en el|al|o)\s*(?=[;,]|\Z)", re.IGNORECASE)
_TOKENS = re.compile(r"\s*[,;|()\t]\s*|\s+[–—-]\s+")
_PRONOUNS = re.compile(
    r"\(\s*(?:she|he|they|ella|[ée]l|elle)(?:\s*/\s*\w+)+\s*\)", re.IGNORECASE
)
_BETWEEN = re.compile(r"\b(?:and|or|at|on|via|by|y|o|en|al|the|el|la)\b", re.IGNORECASE)
# Nobody's name, and no body's.
_DESK = re.compile(
    r"(?:press|media|communications)\s+(?:office|desk|team|unit)"
    r"|(?:oficina|gabinete|equipo|departamento)\s+de\s+(?:prensa|comunicaci[óo]n)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]{2,}")
_SEVEN = 7
# A longer row is text.
LONGEST = 400


@dataclass(frozen=True)
class Contact:
    name: str = ""
    office: str = ""
    organisation: str = ""
    phone: str = ""
    email: str = ""

    @property
    def is_reachable(self) -> bool:
        return bool(self.phone or self.email)


def reaches(text: str) -> bool:
    """Whether it has a telephone number or a mail address."""
    short = len(text) <= LONGEST
    return short and (bool(_MAIL.search(text)) or bool(_phones(text)))


def only_reaches(text: str) -> bool:
    """Whether it has nothing else."""
    if not reaches(text):
        return False
    rest = _MAIL.sub("", _NAMED.sub("", text))
    for phone in _phones(rest):
        rest = rest.replace(phone, "")
    return not re.search(r"\w", rest)


def contacts(rows: list[tuple[str, bool]]) -> list[Contact]:
    """``rows``: each with whether an empty line was before it."""
    found: list[Contact] = []
    for text, gap in rows:
        told = _row(text)
        if told is None:
            continue
        if found and not _begins(found[-1], told, gap=gap):
            found[-1] = _merged(found[-1], told)
        else:
            found.append(told)
    return [each for each in found if each.name or each.is_reachable]


def not_in(found: list[Contact], rows: list[str]) -> list[str]:
    """The rows with a word that is in none of the contacts."""
    told = " ".join(value for each in found for value in vars(each).values())
    kept = set(_words(told))
    return [
        text
        for text in rows
        if not kept.issuperset(_words(_BETWEEN.sub(" ", _NAMED.sub(" ", text))))
    ]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace(" [at] ", "@").lower())


def _begins(last: Contact, told: Contact, *, gap: bool) -> bool:
    if gap and last.is_reachable and (told.name or told.organisation):
        return True
    both = {"name", "office", "organisation", "phone", "email"}
    clash = any(getattr(last, each) and getattr(told, each) for each in both)
    return clash and bool(told.name or (last.is_reachable and told.is_reachable))


def _merged(last: Contact, told: Contact) -> Contact:
    news = {k: v for k, v in vars(told).items() if v and not getattr(last, k)}
    return replace(last, **news)


def _row(text: str) -> Contact | None:
    mails, rest = _MAIL.findall(text), _MAIL.sub(";", text)
    phones = _phones(rest)
    for phone in phones:
        rest = rest.replace(phone, ";")
    called = _PRONOUNS.findall(rest)
    rest = _NAMED.sub("", _LINK.sub("", _PRONOUNS.sub(";", rest)))
    rest = _JOINTS.sub("", rest.strip(" .;,"))
    contact = Contact(
        phone=phones[0] if phones else "",
        email=mails[0].replace(" [at] ", "@") if mails else "",
    )
    for token in _TOKENS.split(rest):
        contact = _told(contact, _JOINTS.sub("", token.strip(" .:*_–-")))
    if contact.name and called:
        contact = replace(contact, name=f"{contact.name} {called[0]}")
    return contact if contact != Contact() else None


def _told(contact: Contact, token: str) -> Contact:
    """A contact with one word more about it."""
    token = re.sub(r"\A(?:the|el|la)\s+", "", token)
    if not re.search(r"[^\W\d_]{2}", token) or re.search(r"[<>@]", token):
        return contact
    desk = bool(_DESK.fullmatch(token))
    if desk or (not contact.name and people.is_name(token)):
        return replace(contact, **{"office" if desk else "name": token})
    if people.is_office(token) and not contact.office and not people.is_body(token):
        office, organisation = people.split_office(token)
        contact = replace(contact, office=office)
        return replace(contact, organisation=organisation) if organisation else contact
    if contact.name and not contact.office and token[0].islower():
        return replace(contact, office=token)
    if not contact.organisation and token[0].isupper():
        return replace(contact, organisation=token)
    return contact


def _phones(text: str) -> list[str]:
    found = [match.strip() for match in _PHONE.findall(text)]
    return [each for each in found if sum(map(str.isdigit, each)) >= _SEVEN]
