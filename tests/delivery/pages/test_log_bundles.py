"""`/log/numbers/<n>/`: a hundred decisions each."""

import pytest

from commonwire.delivery.pages.log import Log
from commonwire.delivery.pages.log_archive import LogBundles
from tests.delivery.pages import NOTHING, reaction

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_log_takes_the_bundle_of_a_decision_away(decided):
    assert reaction(LogBundles(), decided) == NOTHING
    bundle = {"/log/numbers/0/", "/log/numbers/0/decisions.json"}
    assert bundle < set(Log().forgotten(decided))


@pytest.mark.parametrize(
    ("place", "shown"),
    [("0", ["Three", "Two", "One"]), ("1", None), ("00", None), ("9" * 13, None)],
)
def test_a_bundle_shows_each_on_a_line(titles, spring, place, shown):
    assert titles(f"/log/numbers/{place}/") == shown
