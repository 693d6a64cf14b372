"""Where the newest entries do not do, PostgreSQL asks an index that knows pairs of words."""

import pytest
from django.db import connection

from commonwire.search import engines
from tests.factories import a_post
from tests.search import found, indexed

pytestmark = pytest.mark.django_db
RARE = frozenset({("buses", "of", "drivers")})


@pytest.fixture(autouse=True)
def _as_with_many(monkeypatch):
    monkeypatch.setattr(engines, "WINDOW", 1)
    monkeypatch.setattr(engines, "WIDEST", 0)


def test_a_rare_phrase_is_found_among_texts_that_have_its_words(client):
    a_post("The buses of drivers", language="")
    for number in range(3):
        a_post(f"Of drivers and buses {number}", language="")
    indexed()
    assert found(client, "q=%22buses+of+drivers%22") == ["The buses of drivers"]
    assert found(client, "q=%22drivers+of+buses%22") == []
    assert len(found(client, "q=buses+of+drivers")) == 4


def test_a_phrase_that_has_only_the_pairs_is_read_and_left_out(client):
    a_post("The buses of drivers", language="")
    a_post("Buses of all; some of drivers", language="")
    a_post("Other")
    indexed()
    assert found(client, "q=%22buses+of+drivers%22") == ["The buses of drivers"]


def test_the_index_leaves_texts_without_the_pairs_unread():
    a_post("The buses of drivers", language="")
    a_post("Of drivers and buses", language="")
    indexed()
    with connection.cursor() as cursor:
        query = engines._tsquery([RARE], engines._lexemes(cursor, [RARE]))
        cursor.execute(
            "SELECT count(*) FROM search_entry WHERE search_lexemes(tokens) @@ %s::tsquery",
            [query],
        )
        assert cursor.fetchone() == (1,)
