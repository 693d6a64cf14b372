"""Whether what a copy's JSON says of a decision is what the log committed to: the entry
itself, and the reason's words, of which the entry holds only a salted hash."""

import json
import re
from hashlib import sha256
from typing import Any, NamedTuple

from commonwire.moderation.log.canonical import spells

LARGEST_DECISION = 1_000_000
_COMMITMENT = re.compile(r"sha256:[0-9a-f]{64}")
_PARTS = {"index", "entry", "reason"}


class Said(NamedTuple):
    """What came of a look at one decision. ``removed``: the rule under which its reason
    is said to be taken out; some entry of the log has to say so too."""

    fault: str | None = None
    removed: str | None = None


def address(number: int) -> str:
    return f"/log/{number}/decision.json"


def commitment(salt: bytes, text: str) -> str:
    """What an entry says of a reason, so that the words can go and the entry stay."""
    return "sha256:" + sha256(salt + text.encode()).hexdigest()


def look(number: int, entry: bytes, data: bytes) -> Said:
    """At a decision's own file."""
    where = address(number)
    try:
        return look_at(number, entry, parsed(data), where)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Said(f"{where} is not as a decision's file is")


def parsed(data: bytes) -> Any:
    """JSON in which no name stands twice: two readers could see two reasons in it."""
    return _decoder.decode(data.decode())


def look_at(number: int, entry: bytes, told: Any, where: str) -> Said:
    """At a decision in JSON, wherever it stands; raises what a wrong shape raises."""
    if told.keys() != _PARTS:
        raise ValueError("other parts than a decision has")
    if not spells(told["entry"], entry.decode()):
        return Said(f"{where} shows another entry {number} than the log has")
    if told["index"] != number or isinstance(told["index"], bool):
        return Said(f"{where} says that it is of entry {told['index']}, not {number}")
    return _of_reason(number, told["entry"].get("reason"), told["reason"], where)


def _of_reason(number: int, committed: Any, reason: Any, where: str) -> Said:
    if committed is None or reason is None:
        if committed is reason:
            return Said()
        which = "lacks the reason" if reason is None else "has a reason of its own"
        return Said(f"{where} {which} of entry {number}")
    if not _COMMITMENT.fullmatch(committed):
        return Said(f"entry {number} commits to its reason in an unknown way")
    if reason.keys() == {"removed"} and isinstance(reason["removed"], str):
        return Said(removed=reason["removed"])
    if reason.keys() != {"salt", "text"}:
        raise ValueError("other parts than a reason has")
    if not fits(committed, reason["salt"], reason["text"]):
        return Said(changed(number, where))
    return Said()


def fits(committed: str, salt: str, text: str) -> bool:
    return commitment(bytes.fromhex(salt), text) == committed


def changed(number: int, where: str) -> str:
    return f"the reason of entry {number} was changed in {where}: its words are others"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


_decoder = json.JSONDecoder(object_pairs_hook=_once)
