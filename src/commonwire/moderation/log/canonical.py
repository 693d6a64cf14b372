"""JSON with one spelling only (RFC 8785), of what decisions are made of: no fractions."""

import json
import re
from typing import Any, NoReturn

LARGEST_NUMBER = 2**53 - 1
_FORMAT: dict[str, Any] = {
    "ensure_ascii": False,
    "separators": (",", ":"),
    "allow_nan": False,
}
_spell = json.JSONEncoder(**_FORMAT).encode
# In the order of code points, which is that of UTF-16 but for what lies past its first
# plane; and much faster, for every entry of a log is read and spelled again.
_spell_in_order = json.JSONEncoder(**_FORMAT, sort_keys=True).encode
_PAST_THE_FIRST_PLANE = re.compile("[\U00010000-\U0010ffff]")


def canonical(value: Any) -> bytes:
    """The bytes that the log hashes. Refuses what two programs could spell otherwise."""
    return _spell(_ordered(value)).encode()  # refuses half a letter, as a ValueError


def parsed(data: bytes) -> Any:
    """What bytes in the one spelling say; a ValueError when they have another."""
    text = data.decode()
    told, _end = _decoder.raw_decode(text)
    if not spells(told, text):
        raise Otherwise("it is not written in the one canonical way")
    return told


def spells(value: Any, text: str) -> bool:
    """Whether a canonical text is the spelling of this."""
    if text.isascii() or not _PAST_THE_FIRST_PLANE.search(text):
        return _spell_in_order(value) == text
    return canonical(value) == text.encode()


class Otherwise(ValueError):
    """JSON that says something, in another spelling than the one."""


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


def _whole(digits: str) -> int:
    number = int(digits)
    if abs(number) > LARGEST_NUMBER:
        _refuse(digits)
    return number


def _refuse(said: str) -> NoReturn:
    raise ValueError(f"{said} has no one spelling in JSON")


_decoder = json.JSONDecoder(
    parse_float=_refuse, parse_constant=_refuse, parse_int=_whole
)
