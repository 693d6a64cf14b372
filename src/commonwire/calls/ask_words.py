"""Asks in words: which kind one is by its first words, and how one is said."""

import re

from commonwire.calls.states import AskKind

_FIRST_WORDS = (
    (
        "dont-shop",
        r"(?:do not|don['’]t) (?:shop|buy|spend)|boycott|no (?:compr|consum)",
    ),
    ("stay-home", r"stay home from school|keep .{1,40} home from school"),
    ("strike", r"strike|walk out|(?:do not|don['’]t) work|huelga|no trabaj"),
    ("attend", r"come|attend|march|rally|stand with|join us|ven|vengan|acud"),
    ("pledge", r"pledge|promise|promet|compromét"),
    ("display", r"display|hang|wear|put up|cuelg"),
    ("donate", r"donate|give|dona"),
    ("contact", r"call your|write to|write your|e-?mail|phone|contact|llam|escrib"),
    ("share", r"share|spread|tell (?:a|your) friend|compart|difund"),
)
_KINDS = [
    (kind, re.compile(rf"(?:{words})", re.IGNORECASE)) for kind, words in _FIRST_WORDS
]


def kind_of(text: str) -> str:
    return next((kind for kind, words in _KINDS if words.match(text)), "other")


def ask_line(kind: str, label: str, text: str) -> str:
    """Its kind and its words; not the kind again where the words say it already, and
    not “Also” for what is no kind of its own."""
    said = text.replace("'", "’").casefold().startswith(label.casefold())
    if text and (said or kind == AskKind.OTHER):
        return text
    return f"{label}: {text}" if text else label
