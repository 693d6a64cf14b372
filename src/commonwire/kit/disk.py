"""Whether something failed because the disk is full."""

import errno
from collections.abc import Iterator
from typing import Final

from django.db import OperationalError

# What the system says when a file finds no room.
FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# What SQLite and PostgreSQL say of it.
_SAID: Final = ("disk is full", "No space left on device")


def is_full(error: BaseException) -> bool:
    return any(_says_full(each) for each in _chain(error))


def _says_full(error: BaseException) -> bool:
    if isinstance(error, OperationalError):
        return any(words in str(error) for words in _SAID)
    return isinstance(error, OSError) and error.errno in FULL


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """What was raised, and what that came from."""
    while error is not None:
        yield error
        error = error.__cause__
