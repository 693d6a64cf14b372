"""How PostgreSQL finds what is shown: with a million posts the wrong way is seconds long.
Tests have few posts, where reading all of them is right; so it is told not to."""

import pytest
from django.db import connection

from commonwire.calls import call_queries
from commonwire.delivery import queries
from tests.factories import a_post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_with_many():
    for number in range(3):
        a_post(f"Post {number}")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")


def test_the_front_page_looks_for_no_post_among_all_of_them():
    # Asked of each post, whether it is among the newest of its class.
    assert "SubPlan" not in queries._front_posts().explain()


def test_calls_are_found_without_reading_what_is_no_call():
    assert "newest_of_kind" in call_queries.newest().explain()
