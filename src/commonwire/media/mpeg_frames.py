"""Where the frames of an MP3 begin that has something else before them: a server's answer,
zeros, what was left of a file that was cut. Players skip it, and so does FFmpeg.
"""

from typing import Final

# So far FFmpeg looks for the first frame.
JUNK: Final = 64 * 1024
# So many frames in a row that fit are no accident.
_IN_A_ROW: Final = 4
_HEADER: Final = 4
_NEW: Final = 3
_RATES: Final = (44_100, 48_000, 32_000)
# Thousands of bits a second, of MPEG 1 and of 2 and 2.5.
_BITS: Final = {
    True: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_SLOWER: Final = {3: 1, 2: 2, 0: 4}


def are_in(head: bytes) -> bool:
    """Whether MP3 frames begin somewhere in the beginning of a file."""
    place = head.find(b"\xff")
    while 0 <= place < JUNK:
        if _many_at(head, place):
            return True
        place = head.find(b"\xff", place + 1)
    return False


def _many_at(head: bytes, place: int) -> bool:
    first = _kind_and_length(head, place)
    found = first
    for _number in range(_IN_A_ROW - 1):
        if found is None:
            return False
        place += found[1]
        found = _kind_and_length(head, place)
        if found is None or first is None or found[0] != first[0]:
            return False
    return True


def _kind_and_length(head: bytes, place: int) -> tuple[int, int] | None:
    """What all frames of a file share, and how long this one is."""
    header = int.from_bytes(head[place : place + _HEADER])
    version, layer = header >> 19 & 3, header >> 17 & 3
    bits, rate, padding = header >> 12 & 15, header >> 10 & 3, header >> 9 & 1
    is_frame = header >> 21 == 0x7FF and version in _SLOWER and layer == 1  # noqa: PLR2004
    if not is_frame or not 0 < bits <= len(_BITS[True]) or rate >= len(_RATES):
        return None
    hertz = _RATES[rate] // _SLOWER[version]
    is_new = version == _NEW
    length = (144 if is_new else 72) * 1000 * _BITS[is_new][bits - 1] // hertz
    return header >> 17 << 2 | rate, length + padding
