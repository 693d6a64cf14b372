"""Bundles and tiles that were not full when a copy took them, and lie there still: each
is the beginning of what has come of it. Nobody needs them, but somebody may read them."""

from collections.abc import Iterator
from pathlib import Path

from commonwire.moderation.log import tiles
from commonwire.moderation.log.files import Files
from commonwire.moderation.log.merkle import HASH_SIZE
from commonwire.moderation.log.sources import Directory, First, Source
from commonwire.moderation.log.tiles import Tile

_LARGEST = tiles.WIDTH * (tiles.LONGEST_ENTRY + 2)


def faults(source: Source, size: int) -> Iterator[str]:
    """In a copy on the disk; what is newer than its head is for the next one."""
    if isinstance(source, First):
        source = source.first
    if not isinstance(source, Directory):
        return
    files = Files(source, lambda _fault: None)  # of today's, that was said
    for tile in _partial(source.root):
        there = (size >> tiles.HEIGHT * (tile.level or 0)) - tile.first
        if tile.width >= min(there, tiles.WIDTH):
            continue
        data = source.read(tile.address, most=_LARGEST) or b""
        yield from _compared(tile, data, files, min(there, tiles.WIDTH))


def _partial(root: Path) -> Iterator[Tile]:
    for file in sorted((root / tiles.PREFIX.strip("/")).rglob("*.p/*")):
        tile = tiles.parse(f"/{file.relative_to(root)}")
        if tile is not None:
            yield tile


def _compared(tile: Tile, data: bytes, files: Files, width: int) -> Iterator[str]:
    now = Tile(tile.level, tile.number, width)
    known: list[bytes] | None
    try:
        if tile.level is None:
            known, found = files.entries(now), tiles.entries_of(tile, data)
        else:
            known = files.hashes(now)
            found = [data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE)]
    except tiles.Malformed as error:
        yield str(error)
        return
    if known is None or found == known[: tile.width]:
        return
    pairs = zip(found, known, strict=False)
    same = next((at for at, (one, other) in enumerate(pairs) if one != other), None)
    number = tile.first + (min(len(found), tile.width) if same is None else same)
    what = "entry" if tile.level in {None, 0} else "hash"
    yield f"{tile.address} is not how {now.address} begins: {what} {number} is another"
