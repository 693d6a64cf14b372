"""Locks that all processes of a site share, wherever they run. On SQLite all of them are
on one machine, and a file's lock does."""

import contextlib
import hashlib
from collections.abc import Iterator
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections

# Any number for all of ours, and one for each lock.
_OURS = 1_129_271_127
RECORDING, PREPARING, HOUSEKEEPING, LOOKING = 1, 2, 3, 4


@contextlib.contextmanager
def held(lock: int) -> Iterator[None]:
    """Wait for it, and let nobody else in meanwhile."""
    with _locking("SELECT pg_advisory_lock(%s, %s)", lock):
        yield


@contextlib.contextmanager
def tried(lock: int) -> Iterator[bool]:
    """Whether nobody else has it: what is done under it, one process does for all."""
    with _locking("SELECT pg_try_advisory_lock(%s, %s)", lock) as answer:
        yield answer is not False


@contextlib.contextmanager
def _locking(ask: str, lock: int) -> Iterator[Any]:
    """On a connection of its own: what is done meanwhile may be many transactions. Who
    dies lets go of it."""
    if connection.vendor == "sqlite":
        yield None
        return
    holder = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        with holder.cursor() as cursor:
            cursor.execute(ask, [_OURS, lock])
            try:
                yield cursor.fetchone()[0]
            finally:
                cursor.execute("SELECT pg_advisory_unlock_all()")
    finally:
        holder.close()


def share(lock: int) -> None:
    """Until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [_OURS, lock])


def take_turns(what: str, *about: object) -> None:
    """From here to the end of the caller's transaction nobody else is at the same thing:
    what is looked for and not found is made once. On SQLite whoever writes does so
    alone."""
    if connection.vendor == "sqlite":
        return
    words = "\0".join(str(each) for each in (what, *about)).encode()
    number = int.from_bytes(hashlib.sha256(words).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def holders(lock: int) -> set[str]:
    """The transactions of others that hold it now."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLDERS, [_OURS, lock])
        return {row[0] for row in cursor.fetchall()}


_HOLDERS = """
    SELECT virtualtransaction FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid()
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND classid = %s AND objid = %s AND objsubid = 2
"""
