from datetime import timedelta

import pytest

from commonwire.changes.models import Change
from commonwire.delivery.pages.archives import Days
from commonwire.delivery.printing import print_stale
from commonwire.publishing.actions import corrections
from tests.delivery.pages import FEEDS, NOTHING, reaction, stale, with_feeds
from tests.factories import NOON, a_post
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_change_of_a_post_makes_its_day_stale(any_post_change):
    assert reaction(Days(), any_post_change) == stale(*with_feeds("/2026/01/16/"))


def test_other_changes_leave_days_alone(other_change):
    assert reaction(Days(), other_change) == NOTHING


def test_the_days_around_are_forgotten_for_their_links(post):
    a_post(at=NOON - timedelta(days=4))
    a_post(at=NOON + timedelta(days=1))
    corrections.withdraw(post=post)
    change = Change.objects.latest("pk")
    assert list(Days().forgotten(change)) == ["/2026/01/12/", "/2026/01/17/"]


def test_a_day_links_to_the_next_as_soon_as_there_is_one(client, post):
    print_stale()
    assert Page(client.get("/2026/01/16/").content).all("a", rel="next") == []
    a_post(at=NOON + timedelta(days=2))
    print_stale()
    (after,) = Page(client.get("/2026/01/16/").content).all("a", rel="next")
    assert after["attributes"]["href"] == "/2026/01/18/"


def test_a_day_without_posts_is_no_page(client, post):
    assert client.get("/2026/01/17/").status_code == 404
    assert [client.get(f"/2026/01/17/{feed}").status_code for feed in FEEDS] == [
        404
    ] * 3


@pytest.mark.parametrize(
    "day", ["2026/02/30", "2026/13/01", "0000/01/01", "9999/12/31"]
)
def test_a_day_that_is_none_is_not_found(client, day):
    assert client.get(f"/{day}/").status_code == 404
