"""The log's files, made from the database."""

import json
from collections.abc import Iterator
from typing import Any

from commonwire.moderation.log import tiles
from commonwire.moderation.log.checkpoints import Checkpoint
from commonwire.moderation.log.entries import entry_of
from commonwire.moderation.log.keys import the_signer
from commonwire.moderation.log.merkle import HASH_SIZE
from commonwire.moderation.log.tiles import Tile
from commonwire.moderation.models import Decision, LogEntry, LogHead, LogTile


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
    """Where what the pages are made from is not what the log has. Pages show the rows of
    decisions; the log knows their entries."""
    rows = Decision.objects.order_by("number").select_related("rule", "undoes")
    logged = LogEntry.objects.order_by("number").iterator()
    for decision in rows.iterator(chunk_size=1_000):
        known = next(logged, None)
        if known is None or known.number > decision.number:
            yield f"the log has no entry of decision {decision.number}"
            return
        if known.number < decision.number:
            yield f"the row of decision {known.number} is missing"
            return
        yield from _row_faults(decision, json.loads(bytes(known.entry)))
    if missing := next(logged, None):
        yield f"the row of decision {missing.number} is missing"


def _row_faults(decision: Decision, entry: dict[str, Any]) -> Iterator[str]:
    told = entry_of(decision)
    if told["part"] is None:
        told["part"] = entry["part"]  # comments go with a post that is withdrawn
    if decision.reason_removed_under_id:
        told["reason"] = entry["reason"]
    if told["reason"] != entry["reason"]:
        yield f"the reason of entry {decision.number} was changed: its words are others"
    for name in told.keys() - {"reason"}:
        if told[name] != entry.get(name):
            yield f"the row of decision {decision.number} has another “{name}” than its entry"


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
