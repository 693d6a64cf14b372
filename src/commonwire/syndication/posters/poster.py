"""A poster as PDF. Whatever was typed fits on its page: sizes shrink, then words go."""

import re
from pathlib import Path
from typing import Any, Final

from commonwire.kit.languages import base
from commonwire.kit.line_breaks import is_wide
from commonwire.syndication import qr
from commonwire.syndication.posters.facts import Poster
from commonwire.syndication.posters.words import words
from commonwire.syndication.typesetting import how_set, pdf

_TEMPLATE: Final = Path(__file__).with_name("poster.typ")
# Of headlines, in parts of their letters' size, above what a font says of itself.
_LEADING: Final = {
    **dict.fromkeys(("ar", "fa", "ps", "ug", "ur"), -0.4),
    **dict.fromkeys(("hi", "mr", "ne", "sa"), -0.05),
    **dict.fromkeys(("zh", "ja", "ko"), 0.12),
}
_USUAL_LEADING: Final = -0.24
# A strip has room for as much of the headline.
LONGEST_STRIP: Final = 70
_LONGEST: Final = {
    "kicker": 40,
    "headline": 200,
    "text": 600,
    "by": 100,
    "when": 120,
    "where": 160,
    "off": 160,
    "site": 60,
}
# Of asks and demands.
LONGEST_ITEM: Final = 160
# A word may be broken after so many letters, or it would run off the page.
LONGEST_WORD: Final = 20
_MAY_BREAK: Final = "\u200b"
_UNBROKEN = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
# What turns or hides the letters around it is no part of a headline.
_INVISIBLE = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def render(poster: Poster, paper: str) -> bytes:
    return pdf(_TEMPLATE, _data(poster), paper)


def _data(poster: Poster) -> dict[str, Any]:
    said = words(poster.language)
    return {
        **how_set(poster.language),
        "leading": _LEADING.get(base(poster.language), _USUAL_LEADING),
        **{
            name: breakable(shortened(getattr(poster, name), longest))
            for name, longest in _LONGEST.items()
        },
        "day": poster.day,
        "words": _words(breakable(poster.headline)),
        "lists": [
            [breakable(head), [breakable(shortened(i, LONGEST_ITEM)) for i in items]]
            for head, items in poster.lists
        ],
        "address": poster.address,
        "shown": re.sub(r"(?<=[/_-])|(?<=\S{9})", _MAY_BREAK, poster.shown_address),
        "short": breakable(shortened(poster.headline, LONGEST_STRIP)),
        "scan": said["scan"],
        "more": said["more"],
        "qr": qr.drawn_tight(poster.address, small=False),
        "qr_small": qr.drawn_tight(poster.address, small=True),
    }


def shortened(text: str, longest: int) -> str:
    """On one line, and at a word's end where there is one near."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    whole = re.sub(r"\s+\S{0,30}$", "", cut)
    return f"{whole.rstrip(' ,;:.')}…"


def _words(text: str) -> list[str]:
    """What may not be broken: of letters that are set one by one, each."""
    parts = re.split(rf"[\s{_MAY_BREAK}]+", text)
    return [part for part in parts if part and not any(map(is_wide, part))]


def breakable(text: str) -> str:
    text = _INVISIBLE.sub(" ", text).replace(_MAY_BREAK, "")
    return _UNBROKEN.sub(lambda found: _broken(found[0]), text).strip()


def _broken(word: str) -> str:
    if any(map(is_wide, word)):
        return word
    pieces = range(0, len(word), LONGEST_WORD)
    return _MAY_BREAK.join(word[at : at + LONGEST_WORD] for at in pieces)
