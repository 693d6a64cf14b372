"""Verification of a whole log: every entry against its hash, every tile against the one
above, the tree against its signed head, and against an earlier head.

Nothing is believed but the key. Two roots are computed, from the entries and from the
tiles; where they differ, the one that the head is signed for says which is wrong. Pages,
lists and feeds are compared with what is proven then.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from commonwire.moderation.log import (
    blocks,
    checkpoints,
    looking,
    merkle,
    notes,
    older,
    pages,
    tiles,
)
from commonwire.moderation.log.blocks import Block
from commonwire.moderation.log.checkpoints import Checkpoint
from commonwire.moderation.log.files import Files
from commonwire.moderation.log.looking import Look
from commonwire.moderation.log.notes import BadNote, Verifier
from commonwire.moderation.log.pages import Pages
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
    pages: int = 0
    # Decisions whose own files are not in this copy.
    absent: list[int] = field(default_factory=list)


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
    where = pages.addresses(source, head.size) if decisions else []
    total(head.size + len(where))
    walk = _Walk(source, head, since)
    level = tiles.of_level(0, head.size)
    for look in looking.looks(source, level, decisions=decisions):
        walk.take(look)
        beat(look.width)
    walk.verdict.faults += older.faults(source, head.size)
    found = Pages()
    for some in pages.look(source, where, head.size):
        found.merge(some)
        beat(some.count)
    walk.take_pages(found, pages.titles_in(source) if decisions else {})
    walk.conclude()
    return walk.verdict


class _Walk:
    """The roots of the blocks as they come, and what did not fit."""

    def __init__(
        self, source: Source, head: Checkpoint, since: Checkpoint | None
    ) -> None:
        self.files = Files(source, self._say)
        self.head, self.since = head, since
        self.verdict = Verdict(checkpoint=head)
        # Each block's root: of what its entries are, and of what its tile says.
        self.by_entries: list[bytes] = []
        self.by_tiles: list[bytes] = []
        # The hashes of the last block, and of the earlier head's last, likewise.
        self.last: list[bytes] = []
        self.earlier: tuple[list[bytes], list[bytes]] = [], []
        self.wrong: list[Block] = []
        # Blocks of which nothing could be read: whatever lies above is unproven.
        self.lost: set[int] = set()
        self.above: dict[int, bytes] = {}
        # Reasons that are said to be taken out, and what the log says of that.
        self.removed: dict[int, str] = {}
        self.removals: dict[int, str | None] = {}
        # Of pages: said last, for they are made from what is proven first.
        self.shown: list[str] = []
        self.said_removed: set[int] = set()

    def take(self, look: Look) -> None:
        self.verdict.faults += look.faults
        self.lost |= {len(self.by_entries)} if look.lost else set()
        self.by_entries.append(look.by_entries)
        self.by_tiles.append(look.by_tiles)
        if look.wrong:
            self.wrong.append(_kept(look.wrong, len(self.wrong)))
        self.last = look.by_tile
        if self.since and look.first < self.since.size:
            count = self.since.size - look.first
            self.earlier = look.by_entry[:count], look.by_tile[:count]
        self.verdict.entries += look.entries
        self.verdict.decisions += look.decisions
        self.verdict.absent += look.absent
        self.removed |= look.removed
        self.removals |= look.removals

    def take_pages(self, found: Pages, titles: dict[str, str]) -> None:
        self.shown = [*found.faults, *pages.title_faults(found, titles)]
        self.said_removed |= found.removed
        self.verdict.pages = found.count

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
        if self.lost:
            self._say(
                f"without them it cannot be proven what {CHECKPOINT} is signed for"
            )
        elif self.head.root not in {by_tiles, by_entries}:
            self._say(
                f"{CHECKPOINT} is signed for another tree than these "
                f"{self.head.size:,} entries make"
            )
        self._compare_removals()
        self.verdict.faults += self.shown
        trusted = 0 if self.head.root == by_entries else 1
        self._compare_with_earlier((self.by_entries, self.by_tiles)[trusted], trusted)

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
                if number in self.lost or one == self.by_entries[number]:
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
        if any(block * tiles.WIDTH < earlier for block in self.lost):
            return  # what it was signed for cannot be read
        whole = earlier // tiles.WIDTH
        rest = [merkle.root_of(self.earlier[trusted])] if earlier % tiles.WIDTH else []
        if merkle.root_of([*roots[:whole], *rest]) != self.since.root:
            self._say(
                f"history was rewritten: the first {earlier:,} entries are not those "
                "that the earlier checkpoint was signed for"
            )

    def _compare_removals(self) -> None:
        """Whoever says that a reason was taken out has an entry that says the same."""
        self.verdict.removed = len(self.removed)
        if self.lost:
            return  # it may have been in what is missing
        for number, rule in sorted(self.removed.items()):
            if self.removals.get(number) != rule:
                self._say(_taken_out(number))
        for number in sorted(self.said_removed - self.removals.keys()):
            if number not in self.removed:
                self._say(_taken_out(number))

    def _say(self, sentence: str) -> None:
        self.verdict.faults.append(sentence)


def _taken_out(number: int) -> str:
    return (
        f"the reason of entry {number} is said to be taken out, and no entry of this "
        "log says so"
    )


def _kept(block: Block, before: int) -> Block:
    """Of the first that are wrong, everything is kept to describe them by."""
    return block if before < MOST_DESCRIBED else Block(block.tile, None, None)
