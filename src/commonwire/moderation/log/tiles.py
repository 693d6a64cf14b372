"""The tree and its entries as files (C2SP tlog-tiles): tiles of 256 hashes and bundles
of 256 entries, each at an address that never changes what it says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from commonwire.moderation.log.merkle import (
    EMPTY_ROOT,
    HASH_SIZE,
    node_hash,
    root_of,
)

WIDTH = 256
HEIGHT = 8
LONGEST_ENTRY = 2**16 - 1
ENTRIES = "entries"
PREFIX = "/log/tile/"
PATTERN = re.compile(
    PREFIX + r"(?P<level>entries|0|[1-9]|[1-5][0-9]|6[0-3])/"
    r"(?P<number>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)


class Malformed(ValueError):
    """A file is not what its address says."""


@dataclass(frozen=True)
class Tile:
    """One file: ``level`` is None for a bundle of entries."""

    level: int | None
    number: int
    width: int = WIDTH

    @property
    def address(self) -> str:
        level = ENTRIES if self.level is None else self.level
        partial = f".p/{self.width}" if self.width < WIDTH else ""
        return f"{PREFIX}{level}/{_spelled(self.number)}{partial}"

    @property
    def full(self) -> "Tile":
        return Tile(self.level, self.number)

    @property
    def first(self) -> int:
        """The number of the first hash, among those of its level."""
        return self.number * WIDTH


def address(*, level: str, number: str, width: str | None) -> str:
    """Of what PATTERN found."""
    return f"{PREFIX}{level}/{number}" + (f".p/{width}" if width else "")


def parse(path: str) -> Tile | None:
    """The tile at an address; None for one that no tile has."""
    match = PATTERN.fullmatch(path)
    if match is None:
        return None
    level = None if match["level"] == ENTRIES else int(match["level"])
    number = int(match["number"].replace("/", "").replace("x", ""))
    tile = Tile(level, number, int(match["width"] or WIDTH))
    return tile if tile.address == path else None


def _spelled(number: int) -> str:
    """1234067 is x001/x234/067."""
    parts = [f"{number % 1000:03}"]
    while number := number // 1000:
        parts.insert(0, f"x{number % 1000:03}")
    return "/".join(parts)


def of_level(level: int | None, size: int) -> Iterator[Tile]:
    """All tiles of a level, or all bundles, in a tree of that size."""
    full, width = divmod(size >> HEIGHT * (level or 0), WIDTH)
    for number in range(full):
        yield Tile(level, number)
    if width:
        yield Tile(level, full, width)


def levels(size: int) -> range:
    """The levels that a tree of that size has tiles on."""
    return range(-(-size.bit_length() // HEIGHT))


def edge(size: int) -> Iterator[Tile]:
    """What the last entry of a tree of that size lies under: the last tile of each
    level, which may not be full, and the full one before it."""
    for level in (None, *levels(size)):
        full, width = divmod(size >> HEIGHT * (level or 0), WIDTH)
        if full:
            yield Tile(level, full - 1)
        if width:
            yield Tile(level, full, width)


def completed_by(number: int) -> Iterator[Tile]:
    """The tiles and the bundle that an entry is the last of."""
    size = number + 1
    if size % WIDTH == 0:
        yield Tile(None, number // WIDTH)
    for level in levels(size):
        below = WIDTH ** (level + 1)
        if size % below == 0:
            yield Tile(level, size // below - 1)


def root(size: int, edges: Mapping[int, Sequence[bytes]]) -> bytes:
    """The tree's root, from each level's last tile: its hashes of which no full tile
    was made yet."""
    found: bytes | None = None
    for level in levels(size):
        width = (size >> HEIGHT * level) % WIDTH
        for subtree in _perfect(edges.get(level, ())[:width]):
            found = subtree if found is None else node_hash(subtree, found)
    return EMPTY_ROOT if found is None else found


def _perfect(hashes: Sequence[bytes]) -> Iterator[bytes]:
    """The roots of the perfect subtrees that hashes make up, from the right."""
    after = len(hashes)
    while after:
        count = after & -after
        yield root_of(hashes[after - count : after])
        after -= count


def hashes_of(tile: Tile, data: bytes) -> list[bytes]:
    """The hashes that a tile holds; a longer file than its width is not this tile."""
    if len(data) != tile.width * HASH_SIZE:
        raise Malformed(
            f"{tile.address} has {len(data):,} bytes, "
            f"not {tile.width} hashes of {HASH_SIZE}"
        )
    return [data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE)]


def bundle(entries: Sequence[bytes]) -> bytes:
    """Entries in a row, each after its length."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def entries_of(tile: Tile, data: bytes) -> list[bytes]:
    """The entries in a bundle, which may be more or fewer than there should be."""
    found: list[bytes] = []
    at = 0
    while at < len(data):
        start = at + 2
        at = start + int.from_bytes(data[at:start], "big")
        if start > len(data) or at > len(data):
            number = tile.first + len(found)
            raise Malformed(f"{tile.address} is cut short within entry {number}")
        found.append(data[start:at])
    return found
