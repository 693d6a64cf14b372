"""Every page, feed and list in JSON that shows decisions, compared with the log: in a copy
on the disk whatever lies there, of a site the newest and the bundles."""

import gzip
import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from pathlib import Path

import brotli

from commonwire.moderation.log import fed, reasons, shared, shown, tiles
from commonwire.moderation.log.blocks import Block
from commonwire.moderation.log.canonical import parsed
from commonwire.moderation.log.files import Files
from commonwire.moderation.log.shown import Entry, EntryOf, Shown
from commonwire.moderation.log.sources import Directory, First, Source, Unreadable
from commonwire.moderation.log.tiles import Tile

PER_BUNDLE = 100
LARGEST_PAGE = 30_000_000
RULES = "/policy/"
_FEEDS = ("feed.atom", "feed.rss", "feed.json")
_NEWEST = ("/log/", *(f"/log/{name}" for name in _FEEDS), "/log/decisions.json")
# Directories in which nothing shows a decision, or something else looks.
_NOT_PAGES = {"media", "assets", "tile", ".unfinished"}
_MARK = re.compile(rb"\sdata-(?:decision|by|at|rule|reason|removed|entry)=")
_BUNDLE = re.compile(r"/log/numbers/(\d+)/(?:decisions\.json)?")
_DECISION = re.compile(r"/log/(\d+)/")
_TITLE = re.compile(r'<dt id="([^"]+)"[^>]*>([^<]*)</dt>')
# A file and the forms of it that are handed out in its stead.
_UNPACK = {".gz": gzip.decompress, ".br": brotli.decompress}
_BUNDLES_KEPT = 64


@dataclass
class Pages:
    """What came of a look at many."""

    faults: list[str] = field(default_factory=list)
    count: int = 0
    removed: set[int] = field(default_factory=set)
    # Each rule's title by its slug, with a page that shows it so.
    titles: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, address: str, found: Shown) -> None:
        self.count += 1
        self.faults += found.faults
        self.removed |= found.removed
        for slug, titles in found.titles.items():
            known = self.titles.setdefault(slug, {})
            for title in titles:
                known.setdefault(title, address)

    def merge(self, other: "Pages") -> None:
        self.faults += other.faults
        self.count += other.count
        self.removed |= other.removed
        for slug, titles in other.titles.items():
            known = self.titles.setdefault(slug, {})
            for title, address in titles.items():
                known.setdefault(title, address)


def addresses(source: Source, size: int) -> list[str]:
    """Where decisions are shown. A site prints what it is asked for: its other lists
    hold what is in these."""
    if isinstance(source, First):
        source = source.first
    if isinstance(source, Directory):
        return list(_in_tree(source.root))
    bundles = (f"/log/numbers/{place}/" for place in range(-(-size // PER_BUNDLE)))
    both = (path + name for path in bundles for name in ("", "decisions.json"))
    return [*_NEWEST, "/hidden/", *both]


def _in_tree(root: Path) -> Iterator[str]:
    for directory, names, files in os.walk(root):
        names[:] = sorted(set(names) - _NOT_PAGES)
        path = directory.removeprefix(str(root)) + "/"
        for name in sorted(files):
            if name == "index.html":
                yield path
            elif path.startswith("/log/") and name in {*_FEEDS, "decisions.json"}:
                yield path + name


def look(source: Source, where: list[str], size: int) -> Iterator[Pages]:
    """At pages, some at a time."""
    some = [where[at : at + 64] for at in range(0, len(where), 64)]
    return shared.each(source, _look_at_some, some, size)


def _look_at_some(source: Source, size: int, some: list[str]) -> Pages:
    """One process's share."""
    found = Pages()
    entry_of = _entries_of(source, size)
    for address in some:
        try:
            _look_at(source, address, entry_of, found)
        except Unreadable as error:
            found.faults.append(str(error))
    return found


def _look_at(source: Source, address: str, entry_of: EntryOf, found: Pages) -> None:
    data = source.read(_file(source, address), most=LARGEST_PAGE)
    if data is None:
        return
    of_log = address.startswith(("/log/", "/hidden/"))
    if not of_log and not _MARK.search(data):
        return
    _look_at_forms(source, address, data, found)
    try:
        shown_there = _shown(address, data, entry_of)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        found.faults.append(f"{address} is not as a list of decisions is")
        return
    found.add(address, shown_there)


def _shown(address: str, data: bytes, entry_of: EntryOf) -> Shown:
    name = address.rpartition("/")[2]
    if name == "decisions.json":
        found = _list(data, entry_of, address)
    elif name:
        return fed.look(name, data, entry_of, address)
    else:
        found = shown.look(data.decode(), entry_of, address)
    if not found.faults:
        _look_at_order(address, found, entry_of)
    return found


def _list(data: bytes, entry_of: EntryOf, address: str) -> Shown:
    found = Shown([], {}, set(), [])
    for item in reasons.parsed(data)["items"]:
        number = item["index"]
        entry = entry_of(number)
        found.numbers.append(number)
        if entry is None:
            continue
        said = reasons.look_at(number, entry.data, item, address)
        found.faults += [said.fault] if said.fault else []
        found.removed |= {number} if said.removed is not None else set()
    return found


def _look_at_order(address: str, found: Shown, entry_of: EntryOf) -> None:
    """A decision's page shows that decision; a bundle, and the newest as JSON, all."""
    own, bundle = _DECISION.fullmatch(address), _BUNDLE.fullmatch(address)
    if own and int(own[1]) not in found.numbers and entry_of(int(own[1])):
        found.faults.append(f"{address} does not show entry {own[1]}")
    if bundle:
        _look_for_all(address, int(bundle[1]) * PER_BUNDLE, found)
    elif address == "/log/decisions.json" and found.numbers:
        _look_for_all(address, max(found.numbers[0] + 1 - PER_BUNDLE, 0), found)


def _look_for_all(address: str, first: int, found: Shown) -> None:
    newest = max(found.numbers, default=first)
    for number in range(first, newest + 1):
        if number not in found.numbers:
            found.faults.append(f"{address} does not show entry {number}")
    if found.numbers != sorted(set(found.numbers), reverse=True):
        found.faults.append(f"{address} does not show its entries in their order")


def _look_at_forms(source: Source, address: str, data: bytes, found: Pages) -> None:
    """What a server hands out in a file's stead says the same."""
    if not isinstance(source, Directory):
        return
    for suffix, unpack in _UNPACK.items():
        form = source.read(_file(source, address) + suffix, most=LARGEST_PAGE)
        try:
            same = form is None or unpack(form) == data
        except (OSError, EOFError, zlib.error, brotli.error):
            same = False
        if not same:
            found.faults.append(f"{address}: what is packed in its {suffix} is other")


def _file(source: Source, address: str) -> str:
    """On the disk a page is the index of its directory."""
    on_disk = isinstance(source, Directory | First)
    return f"{address}index.html" if on_disk and address.endswith("/") else address


def _entries_of(source: Source, size: int) -> EntryOf:
    files = Files(source, lambda _fault: None)  # said when the entries were read

    @lru_cache(_BUNDLES_KEPT)
    def bundle(place: int) -> dict[int, bytes]:
        width = min(tiles.WIDTH, size - place * tiles.WIDTH)
        tile = Tile(0, place, width)
        entries = files.entries(Tile(None, place, width))
        return Block(tile, entries, files.hashes(tile)).proven

    def entry_of(number: int) -> Entry | None:
        if not 0 <= number < size:
            return None
        data = bundle(number // tiles.WIDTH).get(number)
        try:
            entry = None if data is None else Entry(parsed(data))
        except (ValueError, TypeError, RecursionError):
            return None
        if entry is not None and data is not None:
            entry.data = data
        return entry

    return entry_of


def titles_in(source: Source) -> dict[str, str]:
    """The rules' titles where the site publishes them; empty for one that does not."""
    try:
        page = source.read(_file(source, RULES), most=LARGEST_PAGE)
    except Unreadable:
        return {}
    return {
        slug: unescape(title)
        for slug, title in _TITLE.findall((page or b"").decode(errors="replace"))
    }


def title_faults(found: Pages, published: dict[str, str]) -> Iterator[str]:
    for slug, titles in sorted(found.titles.items()):
        right = published.get(slug) or next(iter(titles))
        for title, address in titles.items():
            if title != right:
                yield (f"{address} calls the rule {slug} “{title}”, which is “{right}”")
