"""What is not public any more leaves the corrections that kept it as a difference."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from commonwire.kit.mail_mask import mask
from commonwire.publishing.release import Contact

_GAP = "…"


@dataclass(frozen=True)
class Withheld:
    """Of a field: what only some are told. ``words`` say so in its place. ``secrets``
    go from every text; with a line of the field goes, too, who is one of ``people``.
    ``whole``: nothing that the field ever said is kept."""

    words: str = ""
    secrets: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    whole: bool = False

    def without(self, text: str) -> str:
        """What a correction may keep of the field."""
        if self.whole:
            return ""
        marks = (*self.secrets, *self.people)
        return "\n".join(line for line in text.split("\n") if not _has(line, marks))


def contacts_withheld(
    public: Iterable[Contact], press: Iterable[Contact], words: str
) -> Withheld | None:
    """Of those for the press alone, all that no contact for everybody has, too."""
    shown = {value for each in public for value in _ways(each) | {each.name}}
    secrets = {way for each in press for way in _ways(each)} - shown - {""}
    people = {each.name for each in press} - shown - {""}
    if not secrets and not people:
        return None
    return Withheld(words, tuple(sorted(secrets)), tuple(sorted(people)))


def blotted(text: str, secrets: Iterable[str]) -> str:
    for secret in secrets:
        text = _pattern(secret).sub(_GAP, text)
    return text


def said_in(text: str, secret: str) -> bool:
    return _pattern(secret).search(text) is not None


def _ways(contact: Contact) -> set[str]:
    """To reach somebody; mail as it was typed and as it is shown."""
    return {contact.phone, contact.email, mask(contact.email)}


def _has(line: str, marks: Iterable[str]) -> bool:
    return any(said_in(line, mark) for mark in marks)


def _pattern(secret: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(secret)}(?!\w)", re.IGNORECASE)
