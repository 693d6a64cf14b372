"""JSON with one spelling only (RFC 8785), of what decisions are made of: no fractions."""

import json
from typing import Any

LARGEST_NUMBER = 2**53 - 1


def canonical(value: Any) -> bytes:
    """The bytes that the log hashes. Refuses what two programs could spell otherwise."""
    ordered = json.dumps(
        _ordered(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    return ordered.encode()  # refuses half a letter, as a ValueError


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("names in JSON are text")
        return {key: _ordered(value[key]) for key in sorted(value, key=_place)}
    if isinstance(value, list | tuple):
        return [_ordered(each) for each in value]
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int) and abs(value) <= LARGEST_NUMBER:
        return value
    raise ValueError(f"{value!r} has no one spelling in JSON")


def _place(name: str) -> bytes:
    """Names are in the order of their UTF-16 units."""
    return name.encode("utf-16-be", "surrogatepass")
