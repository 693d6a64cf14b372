"""Letters as they look: the same for texts that nobody could tell apart.

Letters that only look like Latin ones, invisible signs between letters, wide and
mathematical alphabets and stacked marks are how one text is made to look like many, and
one name like another.
"""

import unicodedata
from collections.abc import Iterable

MOST_BY_ONE = 10
_LOOKS = {
    **dict(
        zip(
            map(ord, "авекмнорстухіјѕһԁӏԛԝցοαεικνρτυχγ"),
            "abekmhopctyxijshdlqwgoaeiknptuxy",
            strict=True,
        )
    ),
    **dict(zip(map(ord, "ɑɡɩıʀɴᴏ"), "agiirno", strict=True)),
}


def fold(text: str) -> str:
    """Case, marks, width and look-alikes do not count."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text).casefold()
    if not spread.isascii():
        spread = _without(spread, filter(_is_unseen, set(spread)))
    # Hangul is put together again.
    return unicodedata.normalize("NFC", spread.translate(_LOOKS))


def _without(text: str, signs: Iterable[str]) -> str:
    """A text's letters are many and its signs are few: asked one by one, the letters
    would take longer than all the rest of screening."""
    unwanted = list(signs)
    if len(unwanted) > MOST_BY_ONE:
        return text.translate(dict.fromkeys(map(ord, unwanted)))
    for sign in unwanted:
        text = text.replace(sign, "")
    return text


def _is_unseen(sign: str) -> bool:
    """Marks above and below, and what joins or parts letters without being seen."""
    return sign > "\x7f" and unicodedata.category(sign) in {"Mn", "Me", "Cf", "Cc"}
