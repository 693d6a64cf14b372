"""What words that everybody can read must not tell: mail addresses, telephone numbers,
bank accounts, number plates, handles, where somebody lives, what an author gave the
editors in confidence.

There is no "publish it all the same": nothing that is found here is needed to say why
(docs/adr/0016).
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commonwire.kit import mail_mask, personal_numbers
from commonwire.kit.street_addresses import first_address
from commonwire.publishing.models import Post

MAIL, TELEPHONE, ADDRESS, CONTACT = "mail", "telephone", "address", "contact"
ACCOUNT, PLACE, PLATE, HANDLE = "account", "place", "plate", "handle"
# An account's digits look like a telephone number, too.
_OF_PEOPLE = (
    (ACCOUNT, personal_numbers.first_account),
    (PLACE, personal_numbers.first_place),
    (PLATE, personal_numbers.first_plate),
    (HANDLE, personal_numbers.first_handle),
)
# Seven digits and more, as telephone numbers are written; years and dates are shorter.
_NUMBER = re.compile(r"(?<![\w/])\+?\d(?:(?:[ ()./-]{0,2}|(?<=\d\d) / )\d){6,}(?!\w)")
_DATE = re.compile(
    r"\d{4}([-/])\d\d\1\d\d(?!\d)|\d{1,2}[./]\d{1,2}[./]\d{4}"
    r"|(?<!\d)(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d(?!\d)"
)
_LOCAL = r"\w[\w.+-]{0,64}"
_SIGN = rf"(?:\s?[{mail_mask.SIGNS}]\s?|\s?[\[({{<]\s?(?:at|ät|a|{mail_mask.SIGNS[0]})\s?[\])}}>]\s?)"
_DOT = r"(?:\.|\s\.\s|\s?[\[({<]\s?(?:dot|punkt|punto|point)\s?[\])}>]\s?|\sdot\s)"
_MAIL = re.compile(
    rf"{_LOCAL}{_SIGN}[\w-]+(?:{_DOT}[\w-]+)+"
    # "It stands at example.org" is no address, "jo at example dot org" is.
    rf"|{_LOCAL}\sat\s[\w-]+(?:\.[\w-]+)*\sdot\s\w+"
    r"|\w+[.\d_+][\w.+-]*\sat\s[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE,
)
_LEAST_CONTACT = 4


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What people write around the address or name that they leave with editors.
_NO_SECRETS = _words(
    """
    signal telegram whatsapp threema matrix element wire session phone telephone
    mobile call text write mail email e-mail message please only after before
    between from until evenings mornings with under name user handle contact press
    office editor editors telefon handy bitte nach teléfono correo después téléphone
    courriel après
    """
)


@dataclass(frozen=True)
class Found:
    """``words``: as they stand in the text."""

    kind: str
    words: str


def private_in(text: str, post: Post | None = None) -> Found | None:
    """The first thing in a text that nobody may be told. ``post``: what the text is
    about, with what its author gave in confidence and what its pages mask."""
    for kind, first in _OF_PEOPLE:
        words = first(text)
        if words:
            return Found(kind, words)
    undated = _DATE.sub(" ", text)
    for kind, pattern in ((MAIL, _MAIL), (TELEPHONE, _NUMBER)):
        found = pattern.search(undated)
        if found:
            return Found(kind, found[0])
    address = first_address(text)
    if address:
        return Found(ADDRESS, address)
    return _told_in_confidence(text, post) if post else None


def advice(found: Found) -> str:
    """What it is, and how to go on without it."""
    return {
        MAIL: _("“%s” is a mail address. Leave it out: “a mail address” says enough."),
        TELEPHONE: _(
            "“%s” looks like a telephone number. Leave it out: “a telephone number” "
            "says enough."
        ),
        ADDRESS: _(
            "“%s” is a street address. Leave out the house number, or call the place "
            "by its name."
        ),
        ACCOUNT: _("“%s” is a bank account. Leave it out: “an account” says enough."),
        PLACE: _(
            "“%s” is a place on the map, to a few metres. Leave it out, or call the "
            "place by its name."
        ),
        PLATE: _(
            "“%s” looks like a number plate. Leave it out: “a number plate” says enough."
        ),
        HANDLE: _("“%s” is somebody’s handle. Leave it out: “a handle” says enough."),
        CONTACT: _(
            "“%s” is what the post’s author gave to the editors alone, or what the post "
            "shows only masked. Leave it out."
        ),
    }[found.kind] % found.words


def _told_in_confidence(text: str, post: Post) -> Found | None:
    public = f"{post.title}\n{post.byline}\n{post.summary}\n{post.body}"
    secrets = [word for word in _secrets(post.contact) if not _stands_in(word, public)]
    for word in (*secrets, *_masked(public)):
        found = _stands_in(word, text)
        if found:
            return Found(CONTACT, found[0])
    return None


def _stands_in(word: str, text: str) -> re.Match[str] | None:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)


def _secrets(contact: str) -> list[str]:
    words = [word.strip(".,;:()<>") for word in contact.split()]
    return [
        word
        for word in words
        if len(word) >= _LEAST_CONTACT and word.casefold() not in _NO_SECRETS
    ]


def _masked(text: str) -> list[str]:
    """The names before the sign in mail addresses, where they are no words of their
    own."""
    pieces = mail_mask.pieces(text.replace(mail_mask.AT, "@"))
    names = [piece.text.split(mail_mask.AT)[0] for piece in pieces if piece.is_mail]
    return [name for name in names if re.search(r"\w[._\d-]\w", name)]
