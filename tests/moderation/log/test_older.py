"""What a copy has from before, when a tile was not full, is looked at too."""

import pytest

from commonwire.moderation.log import tiles, verifying
from commonwire.moderation.log.tiles import Tile
from tests.moderation.log.copies import SIGNER, Copy, an_entry, entries

SIZE = 300


@pytest.fixture
def copy(tmp_path):
    """Fetched when it had 40 entries, when it had 290, and now."""
    made = Copy(tmp_path, entries(40))
    made.entries = entries(290)
    made.lay_tree()
    made.entries = entries(SIZE)
    made.lay_tree()
    made.sign()
    return made


def faults(copy):
    return verifying.verify(copy.source, SIGNER.verifier).faults


def test_each_is_the_beginning_of_what_came_of_it(copy):
    assert copy.file(Tile(None, 0, 40)).exists()
    assert faults(copy) == []


@pytest.mark.parametrize(("place", "width", "number"), [(0, 40, 7), (1, 34, 260)])
def test_an_entry_that_was_changed_in_an_old_bundle_is_named(
    copy, place, width, number
):
    held = entries(SIZE)
    held[number] = an_entry(number, by="eve")
    first = place * tiles.WIDTH
    old = Tile(None, place, width)
    copy.lay(old.address, tiles.bundle(held[first : first + width]))
    (fault,) = faults(copy)
    assert (old.address in fault, f"entry {number}" in fault) == (True, True)


@pytest.mark.parametrize("data", [b"", b"x" * 32 * 40, b"x" * 31])
def test_an_old_tile_of_other_hashes_is_named(copy, data):
    old = Tile(0, 0, 40)
    copy.lay(old.address, data)
    (fault,) = faults(copy)
    assert old.address in fault


def test_what_is_newer_than_the_head_is_left_for_the_next(copy):
    copy.entries = entries(280)
    copy.lay_tree()
    copy.sign()
    assert copy.file(Tile(None, 1, 44)).exists()
    assert faults(copy) == []


def test_an_old_bundle_that_is_cut_is_told(copy):
    old = Tile(None, 0, 40)
    copy.lay(old.address, copy.file(old).read_bytes()[:-3])
    assert faults(copy) == [f"{old.address} is cut short within entry 39"]
