"""How the C library keeps the memory of large pictures.

A photograph's pixels are tens of megabytes in one block. Unless told otherwise the
library gives each back to the kernel and asks for the next anew, all zeros, one page
after the other: a tenth of the time that a photograph takes.
"""

import ctypes
from typing import Final

_M_TRIM_THRESHOLD: Final = -1
_M_TOP_PAD: Final = -2
_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8
_MEGABYTE: Final = 1024**2
_libc: Final = ctypes.CDLL(None)


def keep_what_is_freed() -> None:
    """For the rest of this process, which is to be a short one. Elsewhere than in the
    GNU C library it is nothing."""
    mallopt = getattr(_libc, "mallopt", None)
    if mallopt is None:
        return
    mallopt(_M_MMAP_THRESHOLD, 1024 * _MEGABYTE)
    mallopt(_M_TRIM_THRESHOLD, 1024 * _MEGABYTE)
    mallopt(_M_TOP_PAD, 64 * _MEGABYTE)
    # Two encoders wait for each other less than for memory that nothing was in yet.
    mallopt(_M_ARENA_MAX, 1)
