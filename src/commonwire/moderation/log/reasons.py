"""Whether what `/log/<n>/decision.json` says is what the log committed to: the entry
itself, and the reason's words, of which the entry holds only a salted hash."""

import json
import re
from hashlib import sha256
from typing import Any

from commonwire.moderation.log.canonical import canonical

LARGEST_DECISION = 1_000_000
_COMMITMENT = re.compile(r"sha256:[0-9a-f]{64}")


def address(number: int) -> str:
    return f"/log/{number}/decision.json"


def commitment(salt: bytes, text: str) -> str:
    """What an entry says of a reason, so that the words can go and the entry stay."""
    return "sha256:" + sha256(salt + text.encode()).hexdigest()


def fault(number: int, entry: bytes, data: bytes) -> str | None:
    """What is wrong with a decision's file; None when nothing is."""
    try:
        told = json.loads(data)
        if canonical(told["entry"]) != entry:
            return f"{address(number)} shows another entry than the log has"
        if told["index"] != number:
            return f"{address(number)} says that it is of entry {told['index']}"
        return _of_reason(number, told["entry"].get("reason"), told["reason"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return f"{address(number)} is not as a decision's file is"


def is_removed(data: bytes) -> bool:
    """Whether a file, in which there is no fault, says that the reason was removed."""
    return "removed" in (json.loads(data)["reason"] or {})


def _of_reason(number: int, committed: Any, reason: Any) -> str | None:
    if committed is None or reason is None:
        if committed is reason:
            return None
        which = "lacks its reason" if reason is None else "has a reason of its own"
        return f"{address(number)} {which}"
    if not _COMMITMENT.fullmatch(committed):
        return f"entry {number} commits to its reason in an unknown way"
    if reason.keys() == {"removed"} and isinstance(reason["removed"], str):
        return None
    if commitment(bytes.fromhex(reason["salt"]), reason["text"]) != committed:
        return f"the reason of entry {number} was changed: its words are others"
    return None
