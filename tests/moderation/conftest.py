import pytest

from commonwire.moderation import queries
from commonwire.moderation.actions import floods
from tests.accounts.conftest import browser, first_link  # noqa: F401
from tests.factories import a_post, a_rule, a_site


@pytest.fixture
def flood():
    """The raw wire is open; three posts came."""
    a_rule()  # all of them, as every site begins
    a_site(flood_rate=5)
    floods.begin(by=None)
    for number in range(3):
        a_post(f"Flood {number}")
    return queries.flood()
