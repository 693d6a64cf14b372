"""A log as files: what a mirror of a site has, made without a site."""

import json
from pathlib import Path

from commonwire.moderation.log import merkle, reasons, tiles
from commonwire.moderation.log.canonical import canonical
from commonwire.moderation.log.checkpoints import Checkpoint
from commonwire.moderation.log.notes import Signer
from commonwire.moderation.log.sources import Directory

SIGNER = Signer("news.example.org/log", b"a seed of thirty-two bytes, made")
SALT = b"sixteen bytes ok"


def an_entry(number, **facts):
    """As a decision's entry: it says its own number and holds no words of anybody's."""
    reason = reasons.commitment(SALT, words(number))
    nothing = dict.fromkeys(("post", "part", "rule", "undoes"))
    told = {"n": number, "act": "hide", "by": "ada", "reason": reason, "facts": {}}
    return canonical({**nothing, "at": "2026-01-16T12:00:00Z", **told, **facts})


def words(number):
    return f"Advertising, nothing else ({number})."


def entries(count):
    return [an_entry(number) for number in range(count)]


def levels_of(entries):
    """All hashes of each level of tiles."""
    rows = [[merkle.leaf_hash(entry) for entry in entries]]
    while len(rows[-1]) >= tiles.WIDTH:
        below, whole = rows[-1], len(rows[-1]) // tiles.WIDTH
        starts = range(0, whole * tiles.WIDTH, tiles.WIDTH)
        rows.append([merkle.root_of(below[at : at + tiles.WIDTH]) for at in starts])
    return rows


class Copy:
    """A directory with a log of these entries in it."""

    def __init__(self, root, entries, *, signer=SIGNER):
        self.root, self.entries, self.signer = Path(root), list(entries), signer
        self.lay("/log/key", f"{signer.verifier}\n".encode())
        self.lay_tree()
        self.sign()

    def lay(self, address, data):
        file = self.root / address.removeprefix("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def file(self, tile):
        return self.root / tile.address.removeprefix("/")

    def lay_tree(self):
        self.lay_bundles(self.entries)
        for level, hashes in enumerate(levels_of(self.entries)):
            for tile in tiles.of_level(level, len(self.entries)):
                part = hashes[tile.first : tile.first + tile.width]
                self.lay(tile.address, b"".join(part))

    def lay_bundles(self, entries):
        """The entries alone: their hashes stay as they are. The last bundle has those
        that are left."""
        for tile in tiles.of_level(None, len(self.entries)):
            after = tile.first + tile.width
            last = after == len(self.entries)
            part = entries[tile.first : None if last else after]
            self.lay(tile.address, tiles.bundle(part))

    def sign(self, *, size=None, root=None):
        size = len(self.entries) if size is None else size
        head = Checkpoint(self.signer.name, size, root or self.root_at(size))
        self.lay("/log/checkpoint", head.signed(self.signer))
        return head

    def root_at(self, size):
        return merkle.root_of([merkle.leaf_hash(each) for each in self.entries[:size]])

    def head_at(self, size):
        return Checkpoint(self.signer.name, size, self.root_at(size))

    def lay_decision(self, number, **changes):
        self.lay(
            f"/log/{number}/decision.json",
            json.dumps(self.told(number) | changes, indent=1).encode(),
        )

    def lay_page(self, number):
        """Like a decision's page: what shows its parts is marked."""
        told = json.loads(self.entries[number])
        marked = (
            f'<bdi data-by="{number}">{told["by"]}</bdi> hid a post: '
            f'<blockquote data-reason="{number}" data-salt="{SALT.hex()}">'
            f"{words(number)}</blockquote>"
            f'<time datetime="2026-01-16T12:00:00+00:00" data-at="{number}">'
            f"Fri, Jan 16, 2026, 12:00 PM</time>"
        )
        filled = '<p class="x"><a href="/policy/">words</a> around it</p>\n' * 100
        page = f'<!doctype html><main data-decision="{number}">{marked}{filled}</main>'
        self.lay(f"/log/{number}/index.html", page.encode())

    def lay_list(self, place):
        """Like a bundle of decisions as JSON."""
        numbers = range(place * 100, min(place * 100 + 100, len(self.entries)))
        items = [self.told(number) for number in reversed(numbers)]
        data = json.dumps({"items": items, "next": None}).encode()
        self.lay(f"/log/numbers/{place}/decisions.json", data)

    def told(self, number):
        return {
            "index": number,
            "entry": json.loads(self.entries[number]),
            "reason": {"salt": SALT.hex(), "text": words(number)},
        }

    @property
    def source(self):
        return Directory.at(self.root)


def tile_of(number, size):
    """The tile that an entry's hash is in, in a tree of that size."""
    return list(tiles.of_level(0, size))[number // tiles.WIDTH]
