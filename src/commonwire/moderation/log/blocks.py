"""One bundle of entries against the tile of their hashes: which entry is wrong, and how."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
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

    @property
    def proven(self) -> dict[int, bytes]:
        """The entries by their numbers: wherever one stands, its hash says which it is.
        Without hashes they are believed to be in their places."""
        entries, first = self.entries or [], self.tile.first
        if self.hashes is None:
            return dict(enumerate(entries, first))
        numbers = {found: number for number, found in enumerate(self.hashes, first)}
        leaves = zip(self.leaves or (), entries, strict=True)
        return {numbers[leaf]: entry for leaf, entry in leaves if leaf in numbers}


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


def entry_faults(block: Block, leaves: Sequence[bytes]) -> list[str]:
    """What is wrong with entries whose tile is right. One that is gone or too many moves
    all behind it, which is told shorter; of two that changed places, both are named."""
    placed = list(_by_place(block, leaves))
    shorter = list(_by_neighbours(block, leaves))
    return placed if len(placed) <= 2 * len(shorter) else shorter


def _by_place(block: Block, leaves: Sequence[bytes]) -> Iterator[str]:
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


def _by_neighbours(block: Block, leaves: Sequence[bytes]) -> Iterator[str]:
    hashes, first = block.hashes or [], block.tile.first
    places = {found: place for place, found in enumerate(hashes)}
    there = set(leaves)
    same = SequenceMatcher(None, hashes, leaves, autojunk=False)
    for kind, start, end, at, to in same.get_opcodes():
        if kind == "equal":
            continue
        changed = 0
        for place, leaf in zip(range(start, end), leaves[at:to], strict=False):
            if leaf in places or hashes[place] in there:
                break
            changed += 1
            yield _misplaced(first + place, None, gone=True, known=False)
        for place in range(start + changed, end):
            if hashes[place] not in there:
                yield f"entry {first + place} was dropped"
        for place in range(at + changed, to):
            meant = places.get(leaves[place])
            said = _said_number((block.entries or [])[place])
            yield _too_many(first + end, said if meant is None else first + meant)


def _too_many(before: int, belongs: int | None) -> str:
    if belongs is None:
        return f"a forged entry stands before entry {before}"
    # Which of two alike in a row is the second, nobody can tell.
    before += belongs == before
    return f"entry {belongs} is not in its one place: it stands where entry {before} belongs"


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
