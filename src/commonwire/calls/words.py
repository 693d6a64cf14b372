"""The few words that outputs of a call add to what it says, in its own language."""

from datetime import date

from django.utils import formats, translation

from commonwire.calls.languages import NAMES, WORDS

_WORDS = {
    language: dict(zip(NAMES, words, strict=True)) for language, words in WORDS.items()
}
# An ask's kind whose name is another word's already.
_ASKS = {"contact": "write"}


def word(language: str, name: str) -> str:
    return _WORDS.get(language.partition("-")[0], _WORDS["en"])[name]


def ask_label(language: str, kind: str) -> str:
    return word(language, _ASKS.get(kind, kind))


def day_in(language: str, day: date) -> str:
    with translation.override(language):
        return str(formats.date_format(day, "DATE_FORMAT"))
