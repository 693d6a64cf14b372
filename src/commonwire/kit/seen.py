"""On which state of a thing a form was opened, so that whoever saves it later does not
undo, unseen, what somebody else saved in between."""

import json
from hashlib import sha256
from typing import Any

_LENGTH = 32


class Overtaken(ValueError):
    """Somebody else changed it since the form was opened; nothing was changed."""


def mark_of(*values: Any) -> str:
    """Of what the form shows: the same for the same values."""
    told = json.dumps(values, sort_keys=True, default=str)
    return sha256(told.encode()).hexdigest()[:_LENGTH]


def check(seen: str, now: str) -> None:
    """Raises Overtaken. ``seen``: the mark that came with the form; programs, which send
    only what they change, have none."""
    if seen and seen != now:
        raise Overtaken
