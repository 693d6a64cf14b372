"""A page of the desk costs the same, however much there is."""

import pytest
from django.db import connection

from commonwire.accounts.models import Editor
from commonwire.moderation.actions import commenting, flagging
from commonwire.moderation.queues import QUEUES, Filters, Place, read
from commonwire.publishing.models import Addendum, Post
from tests.factories import a_comment, a_picture, a_post, a_rule, a_section, an_editor

pytestmark = pytest.mark.django_db
PATHS = ["", "?state=new", "waiting/", "flags/", "comments/", "?state=listed&q=text"]


def a_full_post():
    post = a_post(topics=(a_section(slug=f"s{Post.objects.count()}"),))
    a_comment(post, body=f"About {post.title}.")
    flagging.flag(post=post, rule=a_rule())
    ada = Editor.objects.first()
    commenting.lock_comments(by=ada, post=post, locked=True)
    return post


@pytest.mark.parametrize("path", PATHS)
def test_a_page_asks_as_many_questions_of_three_as_of_one(
    client, path, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(an_editor())
    a_full_post(), a_post(doubtful=True, attachments=(a_picture(),))
    client.get(f"/desk/{path}")  # what is asked once only
    with django_assert_max_num_queries(65) as asked:
        client.get(f"/desk/{path}")
    for _ in range(2):
        a_full_post(), a_post(doubtful=True, attachments=(a_picture(),))
    with django_assert_num_queries(len(asked)):
        client.get(f"/desk/{path}")


@pytest.fixture
def many(db):
    """Posts of every state, more than a planner takes for few."""
    first = a_post()
    fields = {f.name: getattr(first, f.name) for f in Post._meta.fields}
    del fields["id"], fields["key"]

    def one(number):
        states = [
            {},
            {"wire_class": "local"},
            {"wire_class": "hidden", "listed": False},
            {"waiting_since": first.published_at, "listed": False},
            {"withdrawn_at": first.published_at, "listed": False},
        ]
        return Post(**fields | states[number % 5] | {"slug": f"p{number}"})

    Post.objects.bulk_create(one(number) for number in range(3_000))
    part = {"published_at": first.published_at, "by": "reader"}
    Addendum.objects.bulk_create(Addendum(post=first, **part) for _ in range(500))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def plan_of(queue, django_assert_max_num_queries, **more):
    with django_assert_max_num_queries(3) as asked:
        read(queue, Filters(), limit=20, **more)
    plans = []
    for query in asked.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plans += [row[3] for row in cursor.fetchall()]
    return [line for line in plans if "publishing_site" not in line]


# Open appeals are few, and read from the index of all that have no answer.
@pytest.mark.sqlite
@pytest.mark.parametrize("name", [name for name in QUEUES if name != "appeals"])
@pytest.mark.parametrize("further", [False, True], ids=["first", "further"])
def test_a_queue_is_read_from_its_index(
    many, name, further, django_assert_max_num_queries
):
    queue = QUEUES[name]
    after = Place(Post.objects.first().published_at, 1_000) if further else None
    plan = plan_of(queue, django_assert_max_num_queries, after=after)
    sorted_or_scanned = [
        line
        for line in plan
        if "TEMP B-TREE" in line or (line.startswith("SCAN") and "USING" not in line)
    ]
    # Those without a moment go backwards through the table itself.
    assert sorted_or_scanned == [] or (not queue.moment and len(plan) == 1), plan


def test_a_search_stops_and_says_where(many):
    found = read(QUEUES["listed"], Filters(words="nowhere"), limit=20)
    assert (found.ids, found.stopped) == ([], False)


def test_a_place_is_read_as_it_was_written():
    place = Place(QUEUES and a_post().published_at, 7)
    assert Place.read(str(place)) == place


@pytest.mark.parametrize("text", ["", "-", "x-1", "1-x", "9" * 40 + "-1"])
def test_no_other_place_is_one(text):
    assert Place.read(text) is None
