import pytest

from commonwire.delivery.pages.front import Front
from tests.delivery.pages import Reaction, reaction, with_feeds

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_change_prints_the_front_at_once_and_its_feeds_soon(any_change):
    assert reaction(Front(), any_change) == Reaction(
        at_once=frozenset({"/"}), stale=frozenset(with_feeds("/"))
    )
