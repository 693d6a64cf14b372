"""One bundle of entries against the tile of their hashes: which entry is wrong, and how."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from commonwire.moderation.log import merkle
from commonwire.moderation.log.canonical import Otherwise, parsed
from commonwire.moderation.log.tiles import Tile


@dataclass(frozen=True)
class Block:
    """Up to 256 entries, and the hashes that their tile has for them; None for either
    that could not be read."""

    tile: Tile
    entries: list[bytes] | None
    hashes: list[bytes] | None

    @property
    def leaves(self) -> list[bytes] | None:
        if self.entries is None:
            return None
        return [merkle.leaf_hash(entry) for entry in self.entries]


class Wrong(Exception):
    """An entry is none, though its hash is right; the message says which and why."""


def content(number: int, entry: bytes) -> dict[str, Any]:
    """What an entry says; raises Wrong."""
    try:
        told: dict[str, Any] = parsed(entry)
        said = told["n"]
    except Otherwise as error:
        raise Wrong(
            f"entry {number} is not written in the one canonical way"
        ) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Wrong(f"entry {number} is no entry of a decision") from error
    if said != number or isinstance(said, bool):
        raise Wrong(f"entry {number} is forged: it says that it is entry {said}")
    return told


def entry_faults(block: Block, leaves: Sequence[bytes]) -> Iterator[str]:
    """What is wrong with entries whose tile is right."""
    entries, hashes = block.entries or [], block.hashes or []
    places = {found: place for place, found in enumerate(hashes)}
    there = set(leaves)
    first = block.tile.first
    for place in range(max(len(leaves), len(hashes))):
        number = first + place
        if place >= len(hashes):
            yield f"entry {number} is forged: the signed tree ends before it"
        elif place >= len(leaves):
            if hashes[place] not in there:
                yield f"entry {number} was dropped"
        elif leaves[place] != hashes[place]:
            meant = places.get(leaves[place])
            belongs = _said_number(entries[place]) if meant is None else first + meant
            gone = hashes[place] not in there
            yield _misplaced(number, belongs, gone=gone, known=meant is not None)


def _misplaced(number: int, belongs: int | None, *, gone: bool, known: bool) -> str:
    if belongs in {None, number}:
        return f"entry {number} was changed: its hash is not the one in the signed tree"
    if known and gone:
        return f"entry {number} was dropped: entry {belongs} stands in its place"
    if known:
        return (
            f"entries were reordered: entry {belongs} stands in the place of {number}"
        )
    return (
        f"entry {number} was dropped: in its place stands one that says it is {belongs}"
    )


def tile_faults(block: Block, leaves: Sequence[bytes]) -> Iterator[str]:
    """What is wrong with a tile whose entries are right."""
    for place, found in enumerate(block.hashes or []):
        if place < len(leaves) and leaves[place] != found:
            number = block.tile.first + place
            yield (
                f"{block.tile.address} was changed: "
                f"its hash of entry {number} is not that entry's"
            )


def _said_number(entry: bytes) -> int | None:
    try:
        said = json.loads(entry)["n"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return said if isinstance(said, int) and not isinstance(said, bool) else None
