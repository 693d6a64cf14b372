"""The tree as files, as C2SP tlog-tiles says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonwire.moderation.log import merkle, tiles
from commonwire.moderation.log.tiles import Malformed, Tile
from tests.moderation.log.copies import entries, levels_of

ADDRESSES = {
    # The standard's own example of a number.
    Tile(0, 1234067): "/log/tile/0/x001/x234/067",
    Tile(0, 0): "/log/tile/0/000",
    Tile(3, 5, 7): "/log/tile/3/005.p/7",
    Tile(None, 1000, 255): "/log/tile/entries/x001/000.p/255",
}
NO_ADDRESSES = [
    "/log/tile/0/0",
    "/log/tile/00/000",
    "/log/tile/64/000",
    "/log/tile/-1/000",
    "/log/tile/0/x000/001",
    "/log/tile/0/001/000",
    "/log/tile/0/x001",
    "/log/tile/0/000.p/0",
    "/log/tile/0/000.p/00",
    "/log/tile/0/000.p/01",
    "/log/tile/0/000.p/256",
    "/log/tile/0/000.p/",
    "/log/tile/0/\u0660\u0660\u0660",
    "/log/tile/data/000",
    "/log/tile/0/000/",
    "/log/tile/0/000.gz",
]


@pytest.mark.parametrize(("tile", "address"), ADDRESSES.items())
def test_addresses_are_the_standard_s(tile, address):
    assert tile.address == address
    assert tiles.parse(address) == tile


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_other_spellings_are_no_addresses(address):
    assert tiles.parse(address) is None


@given(
    st.none() | st.integers(0, 63),
    st.integers(0, 10**12),
    st.integers(1, tiles.WIDTH),
)
def test_every_tile_is_found_again_by_its_address(level, number, width):
    tile = Tile(level, number, width)
    assert tiles.parse(tile.address) == tile


def test_the_standard_s_example_of_a_tree():
    count = {level: list(tiles.of_level(level, 70_000)) for level in (0, 1, 2)}
    assert list(tiles.levels(70_000)) == [0, 1, 2]
    assert (len(count[0]), count[0][-1]) == (274, Tile(0, 273, 112))
    assert count[1] == [Tile(1, 0), Tile(1, 1, 17)]
    assert count[2] == [Tile(2, 0, 1)]


def test_a_tree_of_256_has_one_full_tile_and_one_of_a_hash():
    assert list(tiles.of_level(0, 256)) == [Tile(0, 0)]
    assert list(tiles.of_level(1, 256)) == [Tile(1, 0, 1)]


def test_an_empty_tree_has_no_tile():
    assert list(tiles.edge(0)) == []


def test_an_entry_completes_its_tile_its_bundle_and_those_above():
    assert list(tiles.completed_by(254)) == []
    assert list(tiles.completed_by(511)) == [Tile(None, 1), Tile(0, 1)]
    done = [Tile(None, 255), Tile(0, 255), Tile(1, 0)]
    assert list(tiles.completed_by(2**16 - 1)) == done


@pytest.mark.parametrize("size", [*range(70), 255, 256, 257, 511, 512, 65_536, 70_001])
def test_the_root_is_found_from_each_level_s_last_tile(size):
    leaves = [number.to_bytes(32, "big") for number in range(size)]
    rows = [leaves]
    while len(rows[-1]) >= 256:
        row = rows[-1]
        starts = range(0, len(row) // 256 * 256, 256)
        rows.append([merkle.root_of(row[at : at + 256]) for at in starts])
    edges = {level: row[len(row) // 256 * 256 :] for level, row in enumerate(rows)}
    assert tiles.root(size, edges) == merkle.root_of(leaves)


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_gives_back_its_entries(held):
    assert tiles.entries_of(Tile(None, 0), tiles.bundle(held)) == held


@pytest.mark.parametrize("missing", [1, 2, 100, 301])
def test_a_bundle_that_is_cut_says_where(missing):
    data = tiles.bundle([b"x" * 300, b"y" * 300])[:-missing]
    with pytest.raises(Malformed, match="cut short within entry 257"):
        tiles.entries_of(Tile(None, 1), data)


@pytest.mark.parametrize("length", [0, 31, 64, 33])
def test_a_tile_of_another_length_is_none(length):
    with pytest.raises(Malformed, match=r"/log/tile/0/000\.p/1 has"):
        tiles.hashes_of(Tile(0, 0, 1), bytes(length))


def test_the_copies_of_these_tests_have_all_levels():
    assert [len(row) for row in levels_of(entries(600))] == [600, 2]
