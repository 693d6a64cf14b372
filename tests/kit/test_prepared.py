"""A prepared query answers as the query does that it is made of."""

from contextlib import nullcontext
from datetime import datetime
from typing import NamedTuple

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import BigIntegerField, CharField, Count, Prefetch
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from commonwire.kit.prepared import Prepared, PreparedInsert, PreparedUpdate, Slot
from commonwire.publishing.models import Key, Post, PostSection
from tests.factories import a_post, a_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def posts():
    section = a_section()
    made = [a_post(f"Post {number}") for number in range(3)]
    for post in made:
        PostSection.objects.create(
            post=post, section=section, published_at=post.published_at
        )
    return made


def by_title(queryset):
    return queryset.filter(title=Slot("title", CharField()))


def test_it_finds_what_the_query_finds(posts):
    prepared = Prepared(lambda: by_title(Post.objects.all()))

    assert prepared(title="Post 1") == [posts[1]]
    assert prepared(title="Post 2") == [posts[2]]
    assert prepared(title="nothing") == []


def test_every_field_is_read_as_the_query_reads_it(posts):
    prepared = Prepared(lambda: by_title(Post.objects.all()))
    expected = Post.objects.get(title="Post 1")

    found = prepared(title="Post 1")[0]

    assert {
        field.attname: getattr(found, field.attname) for field in Post._meta.fields
    } == {
        field.attname: getattr(expected, field.attname) for field in Post._meta.fields
    }


def test_it_answers_anew_each_time(posts):
    prepared = Prepared(lambda: by_title(Post.objects.all()))
    prepared(title="Post 1")

    Post.objects.filter(title="Post 1").update(byline="changed")

    assert prepared(title="Post 1")[0].byline == "changed"


def test_values_are_tuples(posts):
    prepared = Prepared(
        lambda: by_title(Post.objects.values_list("pk", "published_at"))
    )

    assert prepared(title="Post 0") == [(posts[0].pk, posts[0].published_at)]


def test_related_rows_come_in_one_query(posts, django_assert_num_queries):
    prepared = Prepared(
        lambda: PostSection.objects.select_related("section").filter(
            post=Slot("post", BigIntegerField())
        )
    )
    prepared(post=posts[0].pk)

    with django_assert_num_queries(1):
        assert prepared(post=posts[1].pk)[0].section.name == "Labor"


def test_prefetched_rows_come_too(posts, django_assert_num_queries):
    places = Prefetch("places", to_attr="found_places")
    prepared = Prepared(lambda: by_title(Post.objects.prefetch_related(places)))
    prepared(title="Post 0")

    with django_assert_num_queries(2):
        assert len(prepared(title="Post 1")[0].found_places) == 1


def test_annotations_and_deferred_fields_are_kept(posts):
    prepared = Prepared(
        lambda: by_title(Post.objects.annotate(number=Count("places")).only("title"))
    )

    found = prepared(title="Post 1")[0]

    assert found.number == 1
    assert "body" in found.get_deferred_fields()


class Title(NamedTuple):
    pk: int
    title: str
    published_at: datetime


def test_rows_are_made_into_what_was_asked_for(posts):
    rows = Post.objects.values_list("pk", "title", "published_at")
    prepared = Prepared(lambda: by_title(rows), into=Title)

    assert prepared(title="Post 0") == [
        Title(posts[0].pk, "Post 0", posts[0].published_at)
    ]


def test_a_changed_row_is_made_anew(posts):
    rows = Post.objects.order_by("pk").values_list("pk", "title", "published_at")
    prepared = Prepared(lambda: rows, into=Title)
    before = prepared()

    Post.objects.filter(pk=posts[1].pk).update(title="Changed")

    assert [row.title for row in before] == ["Post 0", "Post 1", "Post 2"]
    assert [row.title for row in prepared()] == ["Post 0", "Changed", "Post 2"]
    assert prepared()[0] is before[0]


@pytest.mark.parametrize("watched", [False, True])
def test_percent_signs_and_placeholders_are_letters(posts, watched):
    Post.objects.filter(title="Post 1").update(title="100 %s of ? 50%%")
    prepared = Prepared(lambda: by_title(Post.objects.exclude(byline="5 % ? %s")))

    with CaptureQueriesContext(connection) if watched else nullcontext():
        assert prepared(title="100 %s of ? 50%%") == [posts[1]]


def test_likeness_is_asked_as_the_query_asks_it(posts):
    prepared = Prepared(lambda: Post.objects.filter(title__startswith="Post%"))

    assert prepared() == list(Post.objects.filter(title__startswith="Post%"))


def test_a_broken_transaction_answers_nothing(posts):
    prepared = Prepared(lambda: by_title(Post.objects.all()))

    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            prepared(title="Post 1")


def test_errors_are_django_s_own(posts):
    insert = PreparedInsert(Key)
    insert(Key(phrase_hash="one"))

    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Key(phrase_hash="one"))


@pytest.mark.parametrize("watched", [False, True])
def test_an_inserted_row_is_as_saved(posts, watched):
    insert = PreparedInsert(Post)
    same = {f.attname: getattr(posts[0], f.attname) for f in Post._meta.concrete_fields}
    new = Post(
        **same | {"id": None, "slug": "new", "waiting_because": [["code", "words"]]}
    )

    with CaptureQueriesContext(connection) if watched else nullcontext():
        insert(new)

    saved = Post.objects.get(slug="new")
    assert new.pk == saved.pk
    assert not new._state.adding
    for field in Post._meta.concrete_fields:
        assert getattr(saved, field.attname) == getattr(new, field.attname)


@pytest.mark.parametrize("watched", [False, True])
def test_fields_are_updated_as_saved(posts, watched):
    update = PreparedUpdate(Post, "title", "waiting_because", "key")
    posts[1].title, posts[1].byline = "New", "not saved"
    posts[1].waiting_because = [["a", "b"]]
    posts[1].key = Key.objects.create(phrase_hash="a key")

    with CaptureQueriesContext(connection) if watched else nullcontext():
        update(posts[1])

    found = Post.objects.get(pk=posts[1].pk)
    assert (found.title, found.waiting_because) == ("New", [["a", "b"]])
    assert found.key == posts[1].key
    assert found.byline != "not saved"
    assert Post.objects.filter(title="New").count() == 1


def test_a_row_that_is_gone_is_not_updated(posts):
    Post.objects.filter(pk=posts[1].pk).delete()

    with pytest.raises(DatabaseError):
        PreparedUpdate(Post, "title")(posts[1])
