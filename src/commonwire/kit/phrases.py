"""Six-word key phrases from the EFF's long list (7,776 words, 12.9 bits each)."""

import hashlib
import hmac
import re
from functools import cache
from pathlib import Path

WORDS_IN_PHRASE = 6
_LIST = Path(__file__).with_name("eff_large_wordlist.txt")
_LETTERS = re.compile("[a-z]+")


@cache
def words() -> tuple[str, ...]:
    return tuple(_LIST.read_text(encoding="ascii").split())


def derive(secret: bytes, seed: str) -> str:
    """The phrase that belongs to ``seed``: the same one every time, and only with
    ``secret``.

    A published draft's page can so show its phrase again after a double click or a
    reload, although nothing that gives the phrase away is stored.
    """
    digest = hmac.digest(secret, f"phrase:{seed}".encode(), hashlib.sha512)
    number = int.from_bytes(digest)  # 512 bits: the remainder is as good as even
    chosen = []
    for _ in range(WORDS_IN_PHRASE):
        number, index = divmod(number, len(words()))
        chosen.append(words()[index])
    return " ".join(chosen)


def normalise(typed: str) -> str:
    """The letters of what was typed: case, hyphens and what else stands between or
    before the words do not matter."""
    return " ".join(_LETTERS.findall(typed.lower()))


def keyed_hash(secret: bytes, phrase: str) -> str:
    """What is stored instead of the phrase. 77 bits of chance and a key that is not in
    the database: guessing is hopeless, so no slow hash is needed."""
    return hmac.digest(secret, f"key:{phrase}".encode(), hashlib.sha256).hex()
