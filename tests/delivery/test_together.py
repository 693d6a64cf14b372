"""What pages that are printed together read once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonwire.delivery import pages, together
from tests.factories import NOON, a_post, a_section


@pytest.fixture
def asked():
    """Reads, and remembers what it was asked for."""
    keys = []

    def read(missing):
        keys.extend(missing)
        return {key: key * 10 for key in missing if key != 3}

    read.keys = keys
    return read


def test_among_pages_that_are_printed_together_it_is_asked_once(asked):
    with together.together():
        first = together.each_once("n", [1, 2], asked)
        second = together.each_once("n", [2, 4, 1], asked)
    assert (first, second, asked.keys) == ([10, 20], [20, 40, 10], [1, 2, 4])


def test_what_is_gone_is_left_out(asked):
    with together.together():
        assert together.each_once("n", [1, 3, 2], asked) == [10, 20]


def test_a_page_that_is_printed_by_itself_keeps_nothing(asked):
    for _ in range(2):
        together.each_once("n", [1], asked)
    assert asked.keys == [1, 1]


def test_the_next_round_reads_anew(asked):
    for _ in range(2):
        with together.together():
            together.each_once("n", [1], asked)
    assert asked.keys == [1, 1]


def test_no_round_fills_the_memory(asked, monkeypatch):
    monkeypatch.setattr(together, "MOST_KEPT", 3)
    with together.together():
        together.each_once("n", [1, 2], asked)
        assert together.each_once("n", [2, 4, 5], asked) == [20, 40, 50]
    assert asked.keys == [1, 2, 2, 4, 5]


@pytest.mark.django_db(transaction=True)
def test_the_feeds_of_a_list_say_the_same_as_each_by_itself():
    a_post("A vote", at=NOON, topics=(a_section(),))
    paths = [f"/topics/labor/feed.{kind}" for kind in ("atom", "rss", "json")]

    def rendered(path):
        family, groups = pages.find(path)
        return family.render(**groups)

    alone = [rendered(path) for path in paths]
    with together.together(), CaptureQueriesContext(connection) as queries:
        assert rendered(paths[0]) == alone[0]
        after = len(queries)
        assert [rendered(path) for path in paths[1:]] == alone[1:]
    assert [q for q in queries.captured_queries[after:] if "post" in q["sql"]] == []
