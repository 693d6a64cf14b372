"""Changes whose transactions have not ended yet.

SQLite lets one transaction write at a time: numbers are given in the order in which
they become visible. On PostgreSQL a change can be committed after one with a higher
number, and a reader that has passed that one would never see it. So whoever records a
change shares a lock, from before it has its number until its transaction has ended; a
reader that misses a number waits for those who hold it now.
"""

import time

from django.db import connection

from commonwire.changes import locks

_PATIENCE_SECONDS = 1.0
_LOOK_SECONDS = 0.002


def is_ordered() -> bool:
    """Whether numbers become visible in their order."""
    return connection.vendor == "sqlite"


def begin() -> None:
    """The caller's transaction is about to be given a change's number."""
    if not is_ordered():
        locks.share(locks.RECORDING)


def wait() -> bool:
    """Until those who record a change just now have committed it or given it up; False
    when one of them takes too long. Who comes meanwhile is not waited for."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    left = locks.holders(locks.RECORDING)
    while left:
        if time.monotonic() > deadline:
            return False
        time.sleep(_LOOK_SECONDS)
        left &= locks.holders(locks.RECORDING)
    return True
