"""What public words must not tell, and what is said instead."""

import pytest

from commonwire.moderation.default_rules import default_rules
from commonwire.moderation.discretion import advice, private_in
from commonwire.web.demo import comments
from tests.factories import a_post

pytestmark = pytest.mark.django_db


def said(text, post=None):
    found = private_in(text, post)
    return (found.kind, found.words) if found else None


@pytest.mark.parametrize(
    "mail",
    [
        "jo@example.org",
        "jo [at] example.org",
        "jo (at) example (dot) org",
        "jo at example dot org",
        "jo.rivers at example.org",
        "jo\uff20example.org",
    ],
)
def test_a_mail_address_is_found_however_it_is_written(mail):
    assert said(f"Write to {mail} today") == ("mail", mail)


@pytest.mark.parametrize(
    "text",
    [
        "It stands at example.org already.",
        "We met at noon.",
        "On 2026-01-16, and on 16.01.2026.",
        "214 to 9, of 2.1 million; 3,000 came.",
        "Decisions 1204 and 1198 say the same.",
    ],
)
def test_plain_words_tell_nothing_private(text):
    assert said(text) is None


def test_the_rules_and_reasons_that_come_with_the_program_tell_nothing_private():
    texts = [f"{rule.title} {rule.text}" for rule in default_rules()]
    texts += [comment.hidden for comment in comments.COMMENTS]
    assert [text for text in texts if private_in(text)] == []


def test_what_the_author_gave_in_confidence_is_found():
    post = a_post(contact="Signal: riverfox, after six")
    assert said("Riverfox did not answer.", post) == ("contact", "Riverfox")


def test_what_the_post_says_itself_is_no_secret():
    post = a_post(byline="Riverfox", contact="riverfox")
    assert said("Riverfox did not answer.", post) is None


def test_the_words_around_a_contact_are_no_secret():
    post = a_post(contact="Signal: riverfox, after six")
    assert said("It asks for money on Signal after the vote.", post) is None


def test_what_the_post_masks_is_found():
    post = a_post(body="Write to jo.rivers@example.org.")
    assert said("jo.rivers sells it.", post) == ("contact", "jo.rivers")
    assert said("Rivers flow.", post) is None


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("Ask jo@example.org.", "“a mail address” says enough"),
        ("Call 612-555-0134", "“a telephone number” says enough"),
        ("At 12 Ferry Street.", "Leave out the house number"),
    ],
)
def test_the_advice_says_what_was_found_and_how_to_go_on(text, mend):
    found = private_in(text)
    assert found.words in advice(found)
    assert mend in advice(found)
