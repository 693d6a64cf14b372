"""The public log's proof as files: its signed head, its tiles and its bundles of entries
(C2SP tlog-tiles). A copy of them proves itself; docs/log.md says how."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from commonwire.changes.models import Change
from commonwire.delivery.pages.family import Family, page
from commonwire.moderation.log import checkpoints, stored, tiles


def is_of_log(change: Change) -> bool:
    return change.kind == "decision.made"


class Checkpoint(Family):
    """How many entries the log has and their root, signed; and the key to check it."""

    pattern = re.compile(r"/log/(?P<name>checkpoint|key)")

    def render(self, **groups: Any) -> bytes | None:
        if groups["name"] == "key":
            return stored.verifier_key()
        return stored.checkpoint()

    def before(self, path: str, body: bytes) -> Iterable[str]:
        """Who has read a checkpoint finds what it was made of."""
        if path == "/log/checkpoint":
            for tile in tiles.edge(checkpoints.read_unverified(body).size):
                yield tile.address

    def at_once(self, change: Change) -> Iterable[str]:
        return ("/log/checkpoint",) if is_of_log(change) else ()

    def stale(self, change: Change) -> Iterable[str]:
        if is_of_log(change):
            return ("/log/checkpoint",)
        # Copies of the tree are made by those who do not ask us for what is missing.
        return self.every() if change.kind == "site.changed" else ()

    def every(self) -> Iterator[str]:
        yield from ("/log/key", "/log/checkpoint")


class Tiles(Family):
    """What lies at such an address never changes. Those that are not full yet are laid
    down with the checkpoint, and go when they are full."""

    pattern = tiles.PATTERN

    def render(self, **groups: Any) -> bytes | None:
        tile = tiles.parse(tiles.address(**groups))
        return stored.file(tile) if tile else None

    def compresses(self, path: str) -> bool:
        """Hashes do not get smaller."""
        return path.startswith(f"{tiles.PREFIX}{tiles.ENTRIES}/")

    def at_once(self, change: Change) -> Iterable[str]:
        return self.stale(change)

    def stale(self, change: Change) -> Iterable[str]:
        if is_of_log(change):
            for tile in tiles.completed_by(change.facts["number"]):
                yield tile.address

    def forgotten(self, change: Change) -> Iterable[str]:
        if is_of_log(change):
            for tile in tiles.completed_by(change.facts["number"]):
                for width in range(1, tiles.WIDTH):
                    yield tiles.Tile(tile.level, tile.number, width).address

    def every(self) -> Iterator[str]:
        for tile in _tiles():
            yield tile.address


class LogFiles(Family):
    """`/log/files/`: a link to each file of the proof. A program that copies a site by
    following links finds them nowhere else."""

    pattern = re.compile(r"/log/files/")

    def render(self, **groups: Any) -> bytes | None:
        paths = [tile.address for tile in _tiles()]
        return page("public/log_files.html", {"path": "/log/files/", "tiles": paths})

    def forgotten(self, change: Change) -> Iterable[str]:
        return self.every() if is_of_log(change) else ()

    def every(self) -> Iterator[str]:
        yield "/log/files/"


def _tiles() -> Iterator[tiles.Tile]:
    size = stored.size()
    for level in (None, *tiles.levels(size)):
        yield from tiles.of_level(level, size)
