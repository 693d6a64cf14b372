"""What the desk says screening thinks of each thing, held or not."""

import pytest

from commonwire.moderation.models import ScreeningRule
from commonwire.moderation.opinions import opinions
from commonwire.publishing.models import Addendum
from tests.factories import a_comment, a_post, an_addendum, an_editor
from tests.moderation.test_classifier import FINE, SPAM, taught
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "The tenants of the whole terrace met in the ferry house and chose nine people."


def thought(post):
    post.parts = list(post.own_addenda)
    return opinions([post])[0]


@pytest.fixture
def desk(client):
    client.force_login(an_editor("ada"))
    return lambda path="": Page(client.get(f"/desk/{path}").content)


def test_before_enough_was_sorted_it_says_that_it_cannot_say():
    assert thought(a_post()).words == (
        "Noticed nothing. How its words look cannot be said yet."
    )


def test_what_was_let_through_is_judged_by_its_words():
    taught(50)
    spam, fine = thought(a_post(body=SPAM)), thought(a_post(body=FINE))
    assert spam.words.startswith("Its words look like spam (")
    assert "“casino bonus”" in spam.words
    assert fine.words.startswith("Noticed nothing; its words look like those of other")
    assert (spam.is_doubtful, fine.is_doubtful) == (True, False)


def test_parts_are_judged_with_their_post():
    taught(50)
    part = an_addendum(body=SPAM)
    assert "“casino bonus”" in thought(a_post(body="Read.", addenda=(part,))).words


def test_a_rule_of_screening_is_named_with_what_it_found(contributor):
    rule = ScreeningRule.objects.create(
        pattern="casino\nroulette", note="Gambling", active=True
    )
    post = a_post(body="At our casino.")
    assert thought(post).waits == ("the screening rule “Gambling” found “casino”",)
    rule.pattern = "poker"
    rule.save()
    assert thought(post).waits == (
        "the screening rule “Gambling”, as it was then, found something",
    )


def test_an_earlier_post_that_says_nearly_the_same_is_named():
    first = a_post("One", body=LONG)
    second = a_post("One", body=f"{LONG} Yes.")
    assert (thought(first).like, thought(second).like) == (None, first)


def test_comments_are_judged_too():
    taught(50)
    comment = Addendum.objects.get(pk=a_comment(a_post(), body=SPAM).pk)
    assert opinions([comment])[0].is_doubtful


def test_every_new_post_says_it_on_the_desk(desk):
    for _ in range(2):
        a_post()
    assert desk("?state=new").text.count("Screening: Noticed nothing.") == 2


def test_a_waiting_post_and_a_comment_say_it_too(desk):
    a_comment(a_post(doubtful=False), doubtful=True)
    a_post(doubtful=True)
    assert desk("waiting/").text.count("Screening: How its words look") == 2


def test_it_costs_the_same_for_many(django_assert_max_num_queries):
    taught(50)
    posts = [a_post(f"Post {number}", body=f"{LONG} {number}") for number in range(6)]
    for post in posts:
        post.parts = []
    with django_assert_max_num_queries(4):
        opinions(posts)
