"""The log's files, made from the database."""

import json
from collections.abc import Iterator
from typing import Any

from commonwire.moderation.log import tiles
from commonwire.moderation.log.checkpoints import Checkpoint
from commonwire.moderation.log.keys import the_signer
from commonwire.moderation.log.merkle import HASH_SIZE
from commonwire.moderation.log.reasons import commitment
from commonwire.moderation.log.tiles import Tile
from commonwire.moderation.models import Decision, LogEntry, LogHead, LogTile

# What a decision's row and its entry say alike, by its name in the entry.
_TOLD = {
    "act": "act",
    "by": "signed_as",
    "post": "post_id",
    "rule": "rule__slug",
    "facts": "facts",
    "undoes": "undoes__number",
}


def size() -> int:
    return LogHead.objects.filter(pk=1).values_list("size", flat=True).first() or 0


def head() -> Checkpoint:
    """The log as it is now. What is read after its size only grows, so that entries
    which come meanwhile do no harm."""
    count = size()
    edges = {
        tile.level: tiles.hashes_of(tile, _hashes(tile))
        for tile in tiles.edge(count)
        if tile.level is not None and tile.width < tiles.WIDTH
    }
    return Checkpoint(the_signer().name, count, tiles.root(count, edges))


def checkpoint() -> bytes:
    """The log's head, signed."""
    return head().signed(the_signer())


def verifier_key() -> bytes:
    return f"{the_signer().verifier}\n".encode()


def file(tile: Tile) -> bytes | None:
    """What lies at a tile's address; None when it is not there yet, or no longer: a
    partial one gives way to the full one."""
    there = size() >> tiles.HEIGHT * (tile.level or 0)
    have = min(there - tile.first, tiles.WIDTH)
    if tile.width > have or (tile.width < tiles.WIDTH and have == tiles.WIDTH):
        return None
    return _bundle(tile) if tile.level is None else _hashes(tile)


class Database:
    """The same files for who verifies them (sources.Source), whatever lies in the
    public tree."""

    def read(self, address: str, *, most: int) -> bytes | None:  # noqa: ARG002
        if address == "/log/checkpoint":
            return checkpoint()
        if address == "/log/key":
            return verifier_key()
        tile = tiles.parse(address)
        return file(tile) if tile else None


def decision_faults() -> Iterator[str]:
    """Where the rows that pages are made from say something else than the log."""
    rows = Decision.objects.order_by("number").values(
        "number", "at", "reason", "reason_salt", *_TOLD.values()
    )
    logged = LogEntry.objects.order_by("number").iterator()
    for row in rows.iterator():
        known = next(logged, None)
        if known is None or known.number > row["number"]:
            yield f"the log has no entry of decision {row['number']}"
            return
        if known.number < row["number"]:
            yield f"the row of decision {known.number} is missing"
            return
        yield from _row_faults(row, json.loads(bytes(known.entry)))
    if missing := next(logged, None):
        yield f"the row of decision {missing.number} is missing"


def _row_faults(row: dict[str, Any], entry: dict[str, Any]) -> Iterator[str]:
    number, reason = row["number"], row["reason"]
    for name, column in _TOLD.items():
        if name in entry and entry[name] != row[column]:
            yield f"the row of decision {number} has another “{name}” than its entry"
    if "at" in entry and entry["at"] != f"{row['at']:%Y-%m-%dT%H:%M:%SZ}":
        yield f"the row of decision {number} has another time than its entry"
    if reason and commitment(bytes(row["reason_salt"]), reason) != entry["reason"]:
        yield f"the reason of entry {number} was changed: its words are others"


def _hashes(tile: Tile) -> bytes:
    held = LogTile.objects.filter(level=tile.level or 0, number=tile.number)
    row = held.values_list("hashes", flat=True).first()
    return bytes(row or b"")[: tile.width * HASH_SIZE]


def _bundle(tile: Tile) -> bytes:
    rows = LogEntry.objects.filter(
        number__gte=tile.first, number__lt=tile.first + tile.width
    )
    entries = rows.order_by("number").values_list("entry", flat=True)
    return tiles.bundle([bytes(entry) for entry in entries])
