"""A log's files, read and taken apart; what cannot be is said, and is None."""

from collections.abc import Callable
from dataclasses import dataclass

from commonwire.moderation.log import merkle, reasons, tiles
from commonwire.moderation.log.sources import Source, Unreadable
from commonwire.moderation.log.tiles import Tile

_LARGEST_TILE = tiles.WIDTH * merkle.HASH_SIZE
_LARGEST_BUNDLE = tiles.WIDTH * (tiles.LONGEST_ENTRY + 2)


@dataclass(frozen=True)
class Files:
    source: Source
    say: Callable[[str], None]

    def entries(self, bundle: Tile) -> list[bytes] | None:
        data = self._read(bundle, _LARGEST_BUNDLE)
        try:
            return None if data is None else tiles.entries_of(bundle, data)
        except tiles.Malformed as error:
            self.say(str(error))
            return None

    def hashes(self, tile: Tile) -> list[bytes] | None:
        data = self._read(tile, _LARGEST_TILE)
        try:
            return None if data is None else tiles.hashes_of(tile, data)
        except tiles.Malformed as error:
            self.say(str(error))
            return None

    def decision(self, number: int) -> bytes | None:
        try:
            return self.source.read(
                reasons.address(number), most=reasons.LARGEST_DECISION
            )
        except Unreadable as error:
            self.say(str(error))
            return None

    def _read(self, tile: Tile, most: int) -> bytes | None:
        """A partial tile may have given way to the full one, which begins the same."""
        try:
            found = self.source.read(tile.address, most=most)
            if found is None and tile.width < tiles.WIDTH:
                found = self.source.read(tile.full.address, most=most)
                found = found if found is None else _beginning(tile, found)
        except (Unreadable, tiles.Malformed) as error:
            self.say(str(error))
            return None
        if found is None:
            self.say(_missing(tile))
        return found


def _beginning(tile: Tile, full: bytes) -> bytes:
    if tile.level is not None:
        return full[: tile.width * merkle.HASH_SIZE]
    return tiles.bundle(tiles.entries_of(tile, full)[: tile.width])


def _missing(tile: Tile) -> str:
    if tile.level is not None:
        return f"{tile.address} is missing"
    last = tile.first + tile.width - 1
    return f"{tile.address} is missing: entries {tile.first} to {last} cannot be read"
