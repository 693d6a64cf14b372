"""Mail addresses, written so that people can read them and harvesters cannot."""

import re
from collections.abc import Iterator
from typing import NamedTuple

AT = " [at] "
# The usual sign, the full-width one of Chinese and Japanese keyboards, the small one.
SIGNS = "@\uff20\ufe6b"

# Word-like on both sides of the sign, in any script. Too much is no harm: only the
# sign itself is ever replaced. Possessive, so that long runs stay linear.
_SPECIAL = rf"\s{SIGNS}<>()\[\]{{}},;:\"“”«»„/\\|"
_LOCAL = rf"[^{_SPECIAL}]"
_LABEL = rf"[^{_SPECIAL}.?!&=#'*~`\u2018\u2019\u2010-\u206f\u3000-\u303f\uff00-\uff0f]"

_CANDIDATE = re.compile(
    # An address on the web may hold a sign: https://mastodon.example/@name
    r"(?P<web>(?:https?://|www\.)[^\s<>\"]++)"
    # A handle begins with one: @name@host.example
    rf"|(?P<handle>(?<![\w.])@[\w.-]++@{_LABEL}++(?:\.{_LABEL}++)*+)"
    rf"|(?<={_LOCAL})[{SIGNS}](?P<host>{_LABEL}++(?:\.{_LABEL}++)++)",
    re.IGNORECASE,
)
_LOCAL_CHARACTER = re.compile(_LOCAL)
_SCHEME = "mailto:"


class Piece(NamedTuple):
    text: str
    is_mail: bool


def mask(text: str) -> str:
    """``press@union.example`` becomes ``press [at] union.example``."""
    if not has_sign(text):
        return text
    return "".join(piece.text for piece in pieces(text))


def has_sign(text: str) -> bool:
    return any(sign in text for sign in SIGNS)


def pieces(text: str) -> Iterator[Piece]:
    """The text in order, with each address masked and told apart."""
    done = 0
    for match in _CANDIDATE.finditer(text):
        if match["host"] is None or not _is_host(match["host"]):
            continue
        start = _start(text, done, match.start())
        before = text[done:start]
        if before.lower().endswith(_SCHEME):
            before = before[: -len(_SCHEME)]
        if before:
            yield Piece(before, is_mail=False)
        mail = text[start : match.start()] + AT + match["host"]
        yield Piece(mail, is_mail=True)
        done = match.end()
    if done < len(text):
        yield Piece(text[done:], is_mail=False)


def _start(text: str, earliest: int, sign: int) -> int:
    """Where the address begins that has its sign here."""
    start = sign
    while start > earliest and _LOCAL_CHARACTER.match(text[start - 1]):
        start -= 1
    # Quotes and asterisks before an address are not part of what is marked.
    while start < sign - 1 and not text[start].isalnum():
        start += 1
    return start


def _is_host(host: str) -> bool:
    """Whether a label could be a top-level domain: "5@3.50" is a price."""
    return any(
        len(label) > 1 and label[0].isalpha() for label in host.split(".")[1:] if label
    )
