"""The front page's posts, read at once, are those of the lists it stands for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from commonwire.delivery import queries
from commonwire.publishing.queries import listed, newest
from commonwire.publishing.states import PUBLIC_CLASSES, WireClass
from tests.factories import a_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def posts():
    now = timezone.now()
    # Many of one class, few of others, two at the same moment, one in no list.
    classes = [*["local"] * 14, *["global"] * 11, "other", "hidden", "unsorted"]
    for number, name in enumerate(classes):
        a_post(at=now - timedelta(hours=number // 2), wire_class=name)


def test_all_classes_are_on_the_front_or_in_no_list():
    assert {*PUBLIC_CLASSES, WireClass.HIDDEN} == set(WireClass)


def test_cards_are_the_newest_of_all(posts):
    shown = queries.front_posts()
    expected = list(listed()[: queries.FRONT_CARDS])

    assert [post.pk for post in shown[: queries.FRONT_CARDS]] == [
        post.pk for post in expected
    ]
    cards = queries.front_cards(shown)
    assert [card.path for card in cards] == [post.path for post in expected]


@pytest.mark.parametrize("name", PUBLIC_CLASSES)
def test_a_column_is_the_newest_of_its_class(posts, name):
    lines = queries.front_lines(queries.front_posts(), name)

    expected = newest(wire_class=name, limit=queries.FRONT_LINES)
    assert [line.path for line in lines] == [post.path for post in expected]


def test_all_is_read_in_one_query(posts, django_assert_num_queries):
    queries.front_posts()

    with django_assert_num_queries(1):
        queries.front_posts()
