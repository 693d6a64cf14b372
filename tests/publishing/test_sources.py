"""Words on links, and how often each was taken."""

from datetime import timedelta

import pytest
from django.utils import timezone

from commonwire.publishing import sources
from commonwire.publishing.actions.sources import (
    NotTaken,
    Opening,
    count,
    count_openings,
    name_source,
    remove_source,
    wipe_counts,
)
from commonwire.publishing.models import Post, Source, SourceDay
from commonwire.publishing.models.source import Act
from tests.factories import a_post, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return a_post("A vote")


def opened(post, code, times=1):
    count_openings(openings={Opening(post.day, post.slug, code): times})


def counted():
    rows = SourceDay.objects.order_by("source__code", "act")
    return list(rows.values_list("source__code", "act", "count"))


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("from=flyer", "flyer"),
        ("a=b&from=Flyer-2", "flyer-2"),
        ("from=%D8%A3", "أ"),
        ("", ""),
        ("from=", ""),
        ("from=-x", ""),
        ("from=a+b", ""),
        ("from=" + "x" * 61, ""),
        ("from=%00", ""),
        ("from=%ff", ""),
        ("from=x&" + "a=1&" * 30, ""),
        ("from=x&a=" + "b" * 3_000, ""),
        ("from=../../etc", ""),
    ],
)
def test_what_is_a_code(query, code):
    assert sources.code_in(query) == code


@pytest.mark.parametrize(
    ("referer", "code"),
    [
        ("http://testserver/2026/01/16/a/?from=flyer", "flyer"),
        ("http://elsewhere.example/?from=flyer", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_the_page_of_ours_behind_a_form_says_the_code(referer, code):
    assert sources.code_behind(referer) == code


def test_what_its_author_named_is_counted_by_day(post):
    name_source(post=post, code="flyer")
    opened(post, "flyer", 3)
    opened(post, "flyer")
    count(post=post, code="flyer", act=Act.PLEDGED)
    assert counted() == [("flyer", "opened", 4), ("flyer", "pledged", 1)]


def test_what_nobody_named_makes_no_row(post):
    for code in ("made-up", "x" * 60):
        opened(post, code)
        count(post=post, code=code, act=Act.PLEDGED)
    assert not Source.objects.exists()


def test_an_organisations_own_name_is_counted_on_every_post(post):
    slug = an_organisation("Riverton Cleaners").slug
    opened(post, slug)
    assert counted() == [(slug, "opened", 1)]
    assert [each.post for each in sources.of_code(slug)] == [post]


def test_there_is_an_end_to_what_organisations_add(post, monkeypatch):
    monkeypatch.setattr(sources, "MOST_OF_A_POST", 1)
    for name in ("One", "Two"):
        opened(post, an_organisation(name).slug)
    assert Source.objects.count() == 1


def test_an_author_names_twenty_at_most(post):
    for number in range(20):
        name_source(post=post, code=f"flyer-{number}")
    name_source(post=post, code="flyer-3")
    with pytest.raises(NotTaken, match="Twenty"):
        name_source(post=post, code="another")


@pytest.mark.parametrize("code", ["", "two words", "x" * 61, "<b>"])
def test_what_is_no_word_is_not_taken(post, code):
    with pytest.raises(NotTaken, match="flyer-2"):
        name_source(post=post, code=code)


def test_what_is_removed_goes_with_its_counts(post):
    name_source(post=post, code="flyer")
    opened(post, "flyer")
    remove_source(post=post, code="flyer")
    assert not SourceDay.objects.exists()


def test_counts_go_after_400_days(post):
    name_source(post=post, code="flyer")
    opened(post, "flyer")
    SourceDay.objects.update(day=timezone.localdate() - timedelta(days=401))
    wipe_counts()
    assert not SourceDay.objects.exists()
    assert Source.objects.exists()


def test_a_page_that_is_not_there_is_not_counted(post):
    opening = Opening(post.day, "another", "flyer")
    count_openings(openings={opening: 1})
    assert counted() == []


# In the author's room


def test_the_author_names_a_word_sees_its_count_and_removes_it(contributor):
    contributor.publish(title="A vote", body="A text.")
    contributor.enter()
    post = Post.objects.get()
    contributor.room(post, "sources")
    contributor.post(contributor.where, {"code": "Flyer"})
    opened(post, "flyer", 7)
    said = contributor.get(contributor.where).answer.content.decode()
    assert f"http://testserver{post.path}?from=flyer" in said
    assert "<b>7</b> loaded" in said
    contributor.post(contributor.where, {"do": "remove flyer"})
    assert not Source.objects.exists()


def test_a_word_that_is_none_says_what_would_be_one(contributor):
    contributor.publish(title="A vote", body="A text.")
    contributor.enter()
    contributor.room(Post.objects.get(), "sources")
    contributor.post(contributor.where, {"code": "two words"})
    assert contributor.status == 422
    assert b"such as flyer-2" in contributor.answer.content
    assert b'value="two words"' in contributor.answer.content
