"""Verification of a whole log: every entry against its hash, every tile against the one
above, the tree against its signed head, and against an earlier head.

Nothing is believed but the key. Two roots are computed, from the entries and from the
tiles; where they differ, the one that the head is signed for says which is wrong.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from commonwire.moderation.log import (
    blocks,
    checkpoints,
    merkle,
    notes,
    reasons,
    tiles,
)
from commonwire.moderation.log.blocks import Block
from commonwire.moderation.log.checkpoints import Checkpoint
from commonwire.moderation.log.files import Files
from commonwire.moderation.log.notes import BadNote, Verifier
from commonwire.moderation.log.sources import Source, Unreadable
from commonwire.moderation.log.tiles import Tile

CHECKPOINT = "/log/checkpoint"
KEY = "/log/key"
LARGEST_TEXT = 100_000
# A log that is wrong from end to end is described by its beginning.
MOST_DESCRIBED = 8


class Unverifiable(Exception):
    """There is no log to verify, or no key to verify it by."""


@dataclass
class Verdict:
    """What was found. ``faults``: a sentence each, the first of them in detail."""

    checkpoint: Checkpoint | None = None
    faults: list[str] = field(default_factory=list)
    entries: int = 0
    decisions: int = 0
    removed: int = 0


def published_key(source: Source) -> Verifier:
    """The key that a copy names itself; it proves that the copy is whole, not whose."""
    try:
        told = source.read(KEY, most=LARGEST_TEXT)
        if told is None:
            raise Unverifiable(f"there is no {KEY}")
        return notes.parse_verifier(told.decode())
    except Unreadable as error:
        raise Unverifiable(str(error)) from error
    except ValueError as error:
        raise Unverifiable(f"{KEY}: {error}") from error


def read_earlier(note: bytes, verifier: Verifier) -> Checkpoint:
    """A checkpoint that was kept. The site may have had another address then, and so
    the log another name; the key is the same. Raises BadNote."""
    named = checkpoints.read_unverified(note).origin
    return checkpoints.read(note, replace(verifier, name=named))


def current(source: Source, verifier: Verifier) -> Checkpoint:
    """A log's head, its signature verified; raises BadNote and Unverifiable."""
    try:
        note = source.read(CHECKPOINT, most=LARGEST_TEXT)
    except Unreadable as error:
        raise Unverifiable(str(error)) from error
    if note is None:
        raise Unverifiable(f"there is no {CHECKPOINT}")
    found = checkpoints.read(note, verifier)
    if found.origin != verifier.name:
        raise BadNote(f"it is of another log, {found.origin}")
    return found


def verify(
    source: Source,
    verifier: Verifier,
    *,
    since: Checkpoint | None = None,
    decisions: bool = True,
    total: Callable[[int], object] = lambda _count: None,
    beat: Callable[[int], object] = lambda _count: None,
) -> Verdict:
    """Everything, once; ``total`` is told how many entries there are, ``beat`` how many
    more were done."""
    try:
        head = current(source, verifier)
    except BadNote as error:
        return Verdict(faults=[f"{CHECKPOINT}: {error}"])
    total(head.size)
    walk = _Walk(source, head, since, decisions=decisions)
    for block in walk.blocks():
        walk.take(block)
        beat(block.tile.width)
    walk.conclude()
    return walk.verdict


class _Walk:
    """The roots of the blocks as they come, and what did not fit."""

    def __init__(
        self,
        source: Source,
        head: Checkpoint,
        since: Checkpoint | None,
        *,
        decisions: bool,
    ) -> None:
        self.files = Files(source, self._say)
        self.source, self.head, self.since = source, head, since
        self.decisions = decisions
        self.verdict = Verdict(checkpoint=head)
        # Each block's root: of what its entries are, and of what its tile says.
        self.by_entries: list[bytes] = []
        self.by_tiles: list[bytes] = []
        # The hashes of the last block, and of the earlier head's last, likewise.
        self.last: list[bytes] = []
        self.earlier: tuple[list[bytes], list[bytes]] = [], []
        self.wrong: list[Block] = []
        self.above: dict[int, bytes] = {}

    def blocks(self) -> Iterator[Block]:
        for tile in tiles.of_level(0, self.head.size):
            bundle = Tile(None, tile.number, tile.width)
            yield Block(tile, self.files.entries(bundle), self.files.hashes(tile))

    def take(self, block: Block) -> None:
        leaves, hashes = block.leaves, block.hashes
        known = [each for each in (leaves, hashes) if each is not None] or [[]]
        self.by_entries.append(merkle.root_of(known[0]))
        if leaves == hashes:
            self.by_tiles.append(self.by_entries[-1])
        else:
            self.by_tiles.append(merkle.root_of(known[-1]))
            self.wrong.append(_kept(block, len(self.wrong)))
        self.last = known[-1]
        if self.since and block.tile.first < self.since.size:
            count = self.since.size - block.tile.first
            self.earlier = known[0][:count], known[-1][:count]
        if leaves == hashes or hashes is None:
            self._take_contents(block)
        self.verdict.entries += len(leaves or ())

    def conclude(self) -> None:
        edges = self._upper_tiles()
        by_tiles = tiles.root(self.head.size, {0: self.last, **edges})
        by_entries = merkle.root_of(self.by_entries)
        tiles_are_wrong = self.head.root == by_entries != by_tiles
        for block in self.wrong[:MOST_DESCRIBED]:
            self._describe(block, tiles_are_wrong=tiles_are_wrong)
        if len(self.wrong) > MOST_DESCRIBED:
            more = len(self.wrong) - MOST_DESCRIBED
            self._say(f"and {more} more bundles of entries are wrong")
        if self.head.root not in {by_tiles, by_entries}:
            self._say(
                f"{CHECKPOINT} is signed for another tree than these "
                f"{self.head.size:,} entries make"
            )
        trusted = 0 if self.head.root == by_entries else 1
        self._compare_with_earlier((self.by_entries, self.by_tiles)[trusted], trusted)

    def _take_contents(self, block: Block) -> None:
        for place, entry in enumerate(block.entries or ()):
            number = block.tile.first + place
            fault = blocks.content_fault(number, entry)
            if fault:
                self._say(fault)
            if self.decisions:
                self._take_decision(number, entry)

    def _take_decision(self, number: int, entry: bytes) -> None:
        data = self.files.decision(number)
        if data is None:
            return  # pages are printed when somebody asks
        fault = reasons.fault(number, entry, data)
        if fault:
            self._say(fault)
            return
        self.verdict.decisions += 1
        self.verdict.removed += reasons.is_removed(data)

    def _upper_tiles(self) -> dict[int, list[bytes]]:
        """Each level's last tile; every tile is compared with those below it."""
        last: dict[int, list[bytes]] = {}
        below = self.by_tiles
        for level in tiles.levels(self.head.size)[1:]:
            roots: list[bytes] = []
            for tile in tiles.of_level(level, self.head.size):
                meant = below[tile.first : tile.first + tile.width]
                last[level] = self.files.hashes(tile) or meant
                self._compare_tile(tile, last[level], meant)
                roots.append(merkle.root_of(last[level]))
            below = roots
        return last

    def _compare_tile(self, tile: Tile, found: list[bytes], meant: list[bytes]) -> None:
        for place, one in enumerate(found):
            number, level = tile.first + place, (tile.level or 0) - 1
            if level == 0:
                self.above[number] = one
                if one == self.by_entries[number]:
                    continue  # or the tile below is wrong, and is described
            if one != meant[place]:
                below = Tile(level, number).address
                self._say(f"{tile.address} has another hash for {below} than it makes")

    def _describe(self, block: Block, *, tiles_are_wrong: bool) -> None:
        leaves = block.leaves
        if leaves is None or block.hashes is None:
            return  # was said when it was read
        if self.above.get(block.tile.number) == merkle.root_of(leaves):
            tiles_are_wrong = True
        describe = blocks.tile_faults if tiles_are_wrong else blocks.entry_faults
        said = list(describe(block, leaves))
        for sentence in said or [f"{block.tile.address} is not of these entries"]:
            self._say(sentence)

    def _compare_with_earlier(self, roots: list[bytes], trusted: int) -> None:
        if self.since is None:
            return
        earlier, size = self.since.size, self.head.size
        if earlier > size:
            self._say(
                f"the log was cut: it had {earlier:,} entries when the earlier "
                f"checkpoint was signed, and has {size:,}"
            )
            return
        whole = earlier // tiles.WIDTH
        rest = [merkle.root_of(self.earlier[trusted])] if earlier % tiles.WIDTH else []
        if merkle.root_of([*roots[:whole], *rest]) != self.since.root:
            self._say(
                f"history was rewritten: the first {earlier:,} entries are not those "
                "that the earlier checkpoint was signed for"
            )

    def _say(self, sentence: str) -> None:
        self.verdict.faults.append(sentence)


def _kept(block: Block, before: int) -> Block:
    """Of the first that are wrong, everything is kept to describe them by."""
    return block if before < MOST_DESCRIBED else Block(block.tile, None, None)
