from datetime import timedelta

import pytest

from commonwire.changes.models import Change
from commonwire.delivery.pages.archives import Months
from commonwire.delivery.printing import print_stale
from commonwire.publishing.actions import corrections
from tests.delivery.pages import NOTHING, forgotten, reaction, with_feeds
from tests.factories import NOON, a_post
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_change_of_a_post_takes_its_month_away(any_post_change):
    assert reaction(Months(), any_post_change) == forgotten(*with_feeds("/2026/01/"))


def test_other_changes_leave_months_alone(other_change):
    assert reaction(Months(), other_change) == NOTHING


def test_the_months_around_are_forgotten_for_their_links(post):
    a_post(at=NOON - timedelta(days=60))
    a_post(at=NOON + timedelta(days=60))
    corrections.withdraw(post=post)
    change = Change.objects.latest("pk")
    assert set(Months().forgotten(change)) == {
        *with_feeds("/2026/01/"),
        "/2025/11/",
        "/2026/03/",
    }


def test_a_month_links_to_the_next_as_soon_as_there_is_one(client, post):
    print_stale()
    assert Page(client.get("/2026/01/").content).all("a", rel="next") == []
    a_post(at=NOON + timedelta(days=40))
    print_stale()
    (after,) = Page(client.get("/2026/01/").content).all("a", rel="next")
    assert after["attributes"]["href"] == "/2026/02/"


def test_a_month_counts_its_days(client, post):
    a_post(at=NOON)
    assert "Friday, January 16 2 posts" in Page(client.get("/2026/01/").content).text


@pytest.mark.parametrize(
    "month", ["2026/02", "2026/00", "2026/13", "0000/01", "9999/12"]
)
def test_a_month_without_posts_is_no_page(client, post, month):
    assert client.get(f"/{month}/").status_code == 404
