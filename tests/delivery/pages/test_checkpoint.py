import pytest

from commonwire.changes.models import Change
from commonwire.delivery.pages.log_tree import Checkpoint
from tests.delivery.pages import NOTHING, Reaction, reaction, stale

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = frozenset(["/log/checkpoint"])


def test_a_decision_is_signed_for_at_once():
    change = Change(kind="decision.made", facts={"number": 3})
    assert reaction(Checkpoint(), change) == Reaction(at_once=HEAD, stale=HEAD)


def test_a_forgotten_tree_gets_it_back_with_the_key(change):
    found = reaction(Checkpoint(), change("site.changed"))
    assert found == stale("/log/key", "/log/checkpoint")


def test_no_other_change_is_its(any_change):
    if any_change.kind != "site.changed":
        assert reaction(Checkpoint(), any_change) == NOTHING
