import pytest

from commonwire.changes.models import Change
from commonwire.delivery.pages.log_tree import Tiles
from tests.delivery.pages import NOTHING, Reaction, reaction

pytestmark = pytest.mark.django_db(transaction=True)


def a_decision(number):
    return Change(kind="decision.made", facts={"number": number})


def test_an_entry_that_fills_no_tile_leaves_them_alone():
    assert reaction(Tiles(), a_decision(254)) == NOTHING


def test_an_entry_that_fills_its_tile_prints_it_and_takes_the_partial_ones_away():
    full = {"/log/tile/entries/001", "/log/tile/0/001"}
    partial = {f"{path}.p/{width}" for path in full for width in range(1, 256)}
    assert reaction(Tiles(), a_decision(511)) == Reaction(
        at_once=frozenset(full), stale=frozenset(full), forgotten=frozenset(partial)
    )


def test_an_entry_may_fill_tiles_of_two_levels():
    found = reaction(Tiles(), a_decision(2**16 - 1))
    assert "/log/tile/1/000" in found.stale
    assert "/log/tile/1/000.p/255" in found.forgotten


def test_no_other_change_is_theirs(any_change):
    assert reaction(Tiles(), any_change) == NOTHING
