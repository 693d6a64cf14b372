"""JSON with one spelling only (RFC 8785), of what decisions are made of: no fractions."""

import json
from typing import Any

LARGEST_NUMBER = 2**53 - 1
_spell = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), allow_nan=False
).encode


def canonical(value: Any) -> bytes:
    """The bytes that the log hashes. Refuses what two programs could spell otherwise."""
    return _spell(_ordered(value)).encode()  # refuses half a letter, as a ValueError


def _ordered(value: Any) -> Any:
    if isinstance(value, str) or value is None or isinstance(value, bool):
        return value
    if isinstance(value, dict):
        return {name: _ordered(value[name]) for name in _names(value)}
    if isinstance(value, list | tuple):
        return [_ordered(each) for each in value]
    if isinstance(value, int) and abs(value) <= LARGEST_NUMBER:
        return value
    raise ValueError(f"{value!r} has no one spelling in JSON")


def _names(value: dict[Any, Any]) -> list[str]:
    """In the order of their UTF-16 units."""
    try:
        if "".join(value).isascii():
            return sorted(value)
    except TypeError as error:
        raise ValueError("names in JSON are text") from error
    return sorted(value, key=_place)


def _place(name: str) -> bytes:
    return name.encode("utf-16-be", "surrogatepass")
