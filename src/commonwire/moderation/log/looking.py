"""A look at each bundle of entries, at its tile of hashes and at the decisions' own
files: all that grows with the log, and so on every core of the machine."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from commonwire.moderation.log import blocks, merkle, reasons, shared
from commonwire.moderation.log.blocks import Block
from commonwire.moderation.log.files import Files
from commonwire.moderation.log.sources import Source
from commonwire.moderation.log.tiles import Tile

_REMOVAL = "remove-text"


@dataclass
class Look:
    """What one bundle and its tile came to: the hashes and the root that its entries
    make, and those that its tile says."""

    first: int
    width: int
    by_entry: list[bytes] = field(default_factory=list)
    by_tile: list[bytes] = field(default_factory=list)
    by_entries: bytes = b""
    by_tiles: bytes = b""
    entries: int = 0
    decisions: int = 0
    faults: list[str] = field(default_factory=list)
    # Reasons that are said to be taken out, and those that entries say were: the rule.
    removed: dict[int, str] = field(default_factory=dict)
    removals: dict[int, str | None] = field(default_factory=dict)
    # Decisions whose own files are not in this copy.
    absent: list[int] = field(default_factory=list)
    # Neither the entries nor their hashes could be read.
    lost: bool = False
    # All of it, where entries and tile differ.
    wrong: Block | None = None


def looks(source: Source, tiles: Iterable[Tile], *, decisions: bool) -> Iterator[Look]:
    """In order."""
    return shared.each(source, _look, list(tiles), decisions)


def _look(source: Source, decisions: bool, tile: Tile) -> Look:  # noqa: FBT001 - told
    look = Look(tile.first, tile.width)
    files = Files(source, look.faults.append)
    bundle = Tile(None, tile.number, tile.width)
    block = Block(tile, files.entries(bundle), files.hashes(tile))
    leaves, hashes = block.leaves, block.hashes
    known = [each for each in (leaves, hashes) if each is not None] or [[]]
    look.by_entry, look.by_tile = known[0], known[-1]
    look.by_entries = look.by_tiles = merkle.root_of(known[0])
    if leaves != hashes:
        look.by_tiles = merkle.root_of(known[-1])
        look.wrong = block
    look.entries = len(leaves or ())
    look.lost = leaves is None and hashes is None
    for number, entry in block.proven.items():
        _look_at(look, number, entry, files if decisions else None)
    return look


def _look_at(look: Look, number: int, entry: bytes, files: Files | None) -> None:
    try:
        told = blocks.content(number, entry)
    except blocks.Wrong as error:
        look.faults.append(str(error))
        return
    if told.get("act") == _REMOVAL:
        with suppress(KeyError, TypeError):  # then it takes nothing out
            look.removals[told["facts"]["of"]] = told["rule"]
    if files is None:
        return
    data = files.decision(number)
    if data is None:
        look.absent.append(number)
        return
    said = reasons.look(number, entry, data)
    if said.fault:
        look.faults.append(said.fault)
        return
    look.decisions += 1
    if said.removed is not None:
        look.removed[number] = said.removed
