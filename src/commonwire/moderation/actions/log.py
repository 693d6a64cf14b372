"""Appending to the public log. Nothing here changes what is in it, and nothing else
writes to its tables."""

import json

from django.db import transaction

from commonwire.moderation.log import merkle, tiles
from commonwire.moderation.models import LogEntry, LogHead, LogTile


def take_number() -> int:
    """The number that the next entry will have. It is the caller's until its transaction
    ends: who asks meanwhile waits."""
    return _held_head().size


def append(entry: bytes) -> int:
    """Add an entry, which says its own number as ``n``, in the caller's transaction; one
    row of each level of the tree is written at most."""
    head = _held_head()
    number = head.size
    if len(entry) > tiles.LONGEST_ENTRY:
        raise ValueError(f"an entry has {tiles.LONGEST_ENTRY:,} bytes at most")
    if json.loads(entry)["n"] != number:
        raise ValueError(f"this entry has another number than {number}")
    LogEntry.objects.create(number=number, entry=entry)
    _grow(number, merkle.leaf_hash(entry))
    LogHead.objects.filter(pk=head.pk).update(size=number + 1)
    return number


def _held_head() -> LogHead:
    """The log's one row, locked: PostgreSQL locks it, and SQLite has let this
    transaction write since it began."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a decision is one transaction")
    held = LogHead.objects.select_for_update()
    head = held.filter(pk=1).first()
    if head is None:
        LogHead.objects.get_or_create(pk=1)
        head = held.get(pk=1)
    return head


def _grow(place: int, found: bytes) -> None:
    """Lay a hash at its place on level 0; each tile that it fills is a hash above."""
    level = 0
    while True:
        hashes = _lay(level, place, found)
        if len(hashes) < tiles.WIDTH * merkle.HASH_SIZE:
            return
        whole = tiles.Tile(level, place // tiles.WIDTH)
        found = merkle.root_of(tiles.hashes_of(whole, hashes))
        level, place = level + 1, whole.number


def _lay(level: int, place: int, found: bytes) -> bytes:
    number, width = divmod(place, tiles.WIDTH)
    if width == 0:
        LogTile.objects.create(level=level, number=number, hashes=found)
        return found
    tile = LogTile.objects.get(level=level, number=number)
    hashes = bytes(tile.hashes) + found
    if len(hashes) != (width + 1) * merkle.HASH_SIZE:
        raise ValueError(f"{tile} does not fit the log's size; `commonwire log verify`")
    LogTile.objects.filter(pk=tile.pk).update(hashes=hashes)
    return hashes
