"""The site's own classifier: learns from decisions, says why, can only hold."""

import pytest

from commonwire.moderation import classifier
from commonwire.moderation.actions import placing, teaching
from commonwire.moderation.models import Lesson, SignCount
from commonwire.publishing.content import Content
from commonwire.publishing.models import Post
from tests.factories import a_post, a_rule, a_site, an_editor
from tests.publishing.program import Program

pytestmark = pytest.mark.django_db(transaction=True)
SPAM = "Win the casino bonus now, best slots: https://lucky.example/{0} and more {0}"
FINE = "The tenants of house {0} met the council about their rents on day {0}."


def of(body, title="A title"):
    return Content(kind="report", title=title, body=body)


def taught(number):
    """A site whose editors have seen so many of each."""
    for place in range(number):
        for words, is_spam in ((SPAM, True), (FINE, False)):
            post = Post.objects.create(
                title=f"T {place}",
                body=words.format(place),
                slug=f"{is_spam}-{place}",
                day="2026-01-01",
                published_at="2026-01-01T00:00Z",
                updated_at="2026-01-01T00:00Z",
            )
            teaching.learn(post=post, is_spam=is_spam)


def test_before_fifty_of_each_it_says_nothing():
    taught(49)
    assert classifier.score(of(SPAM)) == classifier.Score(0.5, ())


def test_after_fifty_of_each_it_tells_them_apart():
    taught(50)
    spam, fine = classifier.score(of(SPAM)), classifier.score(of(FINE))
    assert (spam.is_spam, fine.is_spam) == (True, False)


def test_it_says_because_of_which_words():
    taught(50)
    assert {"a link to lucky.example", "casino bonus"} <= set(
        classifier.score(of(SPAM)).words
    )


def test_what_a_post_taught_can_be_taken_back():
    post = a_post("Bonus", body=SPAM)
    teaching.learn(post=post, is_spam=True)
    teaching.unlearn(post=post)
    assert set(SignCount.objects.values_list("spam", "fine")) == {(0, 0)}


def test_learning_twice_is_learning_once():
    post = a_post("Bonus", body=SPAM)
    teaching.learn(post=post, is_spam=True)
    teaching.learn(post=post, is_spam=True)
    assert SignCount.objects.get(sign=classifier.ALL).spam == 1


def test_who_changes_their_mind_teaches_the_other():
    post = a_post("Bonus", body=SPAM)
    teaching.learn(post=post, is_spam=True)
    teaching.learn(post=post, is_spam=False)
    counts = SignCount.objects.get(sign=classifier.ALL)
    assert (counts.spam, counts.fine) == (0, 1)


def test_what_a_text_taught_is_taken_back_after_its_words_are_gone():
    post = a_post("Bonus", body=SPAM)
    teaching.learn(post=post, is_spam=True)
    Post.objects.filter(pk=post.pk).update(title="", body="")
    teaching.unlearn(post=Post.objects.get())
    assert set(SignCount.objects.values_list("spam", "fine")) == {(0, 0)}


@pytest.mark.parametrize(
    ("slug", "taught_"), [("advertising", True), ("threats", None)]
)
def test_hiding_teaches_only_under_rules_about_spam(slug, taught_):
    post = a_post()
    placing.hide(by=an_editor(), post=post, rule=a_rule(slug), reason="Because.")
    found = Lesson.objects.filter(post=post).values_list("is_spam", flat=True).first()
    assert found is taught_


def test_sorting_teaches_what_is_fine():
    post = a_post()
    placing.classify(by=an_editor(), post=post, wire_class="local")
    assert Lesson.objects.get(post=post).is_spam is False


def test_a_hiding_that_is_taken_back_teaches_what_is_fine():
    editor, post = an_editor(), a_post()
    placing.hide(by=editor, post=post, rule=a_rule(), reason="Because.")
    placing.unhide(by=editor, post=post)
    assert Lesson.objects.get(post=post).is_spam is False


def test_no_word_is_stored():
    teaching.learn(post=a_post("Rosa", body="Call 555 0100"), is_spam=False)
    assert "Rosa" not in str(list(Lesson.objects.values()))
    assert "rosa" not in str(list(SignCount.objects.values()))


def test_what_looks_like_spam_waits_and_is_not_hidden(client):
    taught(50)
    answer = Program(client).worked(title="A", body=SPAM.format("x")).json()
    assert answer["waiting"] == ["to a program it looks like advertising"]
    assert Post.objects.get(pk=answer["id"]).wire_class == "unsorted"


def test_a_site_can_do_without_it(client):
    taught(50)
    a_site(classifier_holds=False)
    assert Program(client).worked(title="A", body=SPAM.format("x")).json()["listed"]


def test_two_megabytes_are_no_more_signs_than_one_page():
    huge = "".join(f"word{number} " for number in range(200_000))
    assert len(classifier.signs([huge])) == classifier.MOST_SIGNS
