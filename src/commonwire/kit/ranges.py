"""Parts of files, as HTTP asks for them (RFC 9110, 14)."""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

CHUNK: Final = 256 * 1024
# No number of a byte has more digits.
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class Part(NamedTuple):
    """The first and the last byte."""

    first: int
    last: int


NOWHERE: Final = Part(-1, -1)


def part(wanted: str, size: int) -> Part | None:
    """What a Range header asks for of a file; None for all of it, NOWHERE for bytes that
    it has not. Several parts at once get the whole."""
    match = _RANGE.fullmatch(wanted.strip())
    if match is None:
        return None
    first, last = match.groups()
    if not first and not last:
        return None
    if not first:
        length = int(last)
        start, end = max(0, size - length), size - 1 if length else -1
    else:
        start, end = int(first), min(int(last) if last else size - 1, size - 1)
    return Part(start, end) if start <= end else NOWHERE


def chunks(file: Any, first: int, length: int) -> Iterator[bytes]:
    """The bytes, a few at a time; closes the file."""
    with file:
        file.seek(first)
        while length > 0:
            data = file.read(min(CHUNK, length))
            if not data:
                return
            length -= len(data)
            yield data
