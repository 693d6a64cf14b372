"""The name of a camera from what its files say of its maker and its model."""

import re
from typing import Final

# What companies add to their names, and nobody says.
_OF_COMPANIES: Final = frozenset(
    {"ag", "camera", "co", "company", "computer", "corp", "corporation", "electronics"}
    | {"gmbh", "imaging", "inc", "international", "limited", "ltd", "optical"}
)
_WORD: Final = re.compile(r"[^\W_]+")


def name(make: str, model: str) -> str:
    """As people say it: "Nikon D850", not "NIKON CORPORATION NIKON D850"."""
    make, model = " ".join(make.split()), " ".join(model.split())
    if not model:
        return make
    maker = _without_company(make)
    if _is_said(maker, model):
        return model
    return f"{maker} {model}".strip()


def _without_company(make: str) -> str:
    """The words before the first that only companies have; never nothing."""
    words = make.split()
    for number, word in enumerate(words):
        parts = {part.lower() for part in _WORD.findall(word)}
        if number and parts <= _OF_COMPANIES:
            return " ".join(words[:number])
    return make


def _is_said(maker: str, model: str) -> bool:
    """Whether the model begins with a word of the maker's: "Kodak" of "Eastman Kodak"."""
    first = _WORD.search(model)
    words = [word.lower() for word in _WORD.findall(maker)]
    return first is not None and first[0].lower() in words
