"""A prepared query answers as the query does that it is made of."""

import pytest
from django.db.models import BigIntegerField, CharField, Count, Prefetch

from commonwire.kit.prepared import Prepared, Slot
from commonwire.publishing.models import Post, PostSection
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
