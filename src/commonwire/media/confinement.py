"""What takes a process's powers away, through the C library and the kernel.

Every step works without privileges on a current Linux; one that the machine refuses is
left out of the list of names that comes back, and the operator is told.
"""

import contextlib
import ctypes
import os
import resource
import struct
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_DUMPABLE: Final = 4
_PR_SET_NO_NEW_PRIVS: Final = 38
_SIGKILL: Final = 9

# The same numbers on every architecture that Linux added them to.
_LANDLOCK_CREATE: Final = 444
_LANDLOCK_ADD_RULE: Final = 445
_LANDLOCK_RESTRICT: Final = 446
_READ_FILE: Final = 1 << 2
_READ_DIR: Final = 1 << 3
_WRITE_FILE: Final = 1 << 1
_REMOVE_FILE: Final = 1 << 5
_MAKE_FILE: Final = 1 << 8
# Every right on files by the interface's version; the bits are those of linux/landlock.h.
_ALL_FILE_RIGHTS: Final = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1}
_TCP: Final = 0b11
_KNOWS_TCP: Final = 4

_libc: Final = ctypes.CDLL(None, use_errno=True)


def leave_network() -> bool:
    """Enter a network of this process's own, with no way out, for all its children."""
    # A system without the call, such as macOS, has no attribute of that name.
    unshare = getattr(_libc, "unshare", None)
    if unshare is None:
        return False
    return any(
        unshare(flags) == 0 for flags in (_CLONE_NEWUSER | _CLONE_NEWNET, _CLONE_NEWNET)
    )


def limit(*, memory: int, seconds: int, file_size: int, files: int) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_NOFILE, files),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def die_with_parent() -> None:
    _prctl(_PR_SET_PDEATHSIG, _SIGKILL)


def hide_from_neighbours() -> None:
    """No debugger of the same user, no core, and nothing gained by running a program."""
    _prctl(_PR_SET_DUMPABLE, 0)
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def be_first_to_go(nice: int) -> None:
    """When the machine runs out of memory, this process and not the site; and when all
    cores are busy, by as much as ``nice`` says (0 to 19)."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    os.nice(nice)


def see_only(*, read: Iterable[Path], write: Iterable[Path]) -> bool:
    """Files outside these are out of reach from here on (Landlock)."""
    if not sys.platform.startswith("linux"):
        return False
    version = _libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
    if version < 1 or _prctl(_PR_SET_NO_NEW_PRIVS, 1) != 0:
        return False
    rights = _ALL_FILE_RIGHTS[min(version, 3)]
    handled = struct.pack("=QQ", rights, _TCP if version >= _KNOWS_TCP else 0)
    size = 16 if version >= _KNOWS_TCP else 8
    ruleset = _libc.syscall(_LANDLOCK_CREATE, handled, size, 0)
    if ruleset < 0:
        return False
    try:
        for path in read:
            # What cannot be opened now needs no leave to be read.
            with contextlib.suppress(OSError):
                _allow(ruleset, path, _READ_FILE | (_READ_DIR if path.is_dir() else 0))
        # Removing: a rendition may turn out larger than the one it was to save.
        change = _WRITE_FILE | _MAKE_FILE | _REMOVE_FILE
        for path in write:
            _allow(ruleset, path, _READ_FILE | _READ_DIR | change)
        return bool(_libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", rights, descriptor)
        _libc.syscall(_LANDLOCK_ADD_RULE, ruleset, 1, rule, 0)
    finally:
        os.close(descriptor)


def _prctl(option: int, value: int) -> int:
    prctl = getattr(_libc, "prctl", None)
    return -1 if prctl is None else int(prctl(option, value, 0, 0, 0))
