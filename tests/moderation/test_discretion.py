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
        "jo(a)example.org",
        "jo @ example . org",
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
        "It costs 51.50, or 0.1278 a piece; 2.100, 3.000 came.",
        "COVID-19, an A-Z of 12 things, a DIN-A 4 sheet, the G-20 and Q-7.",
        "Come @ 7pm, @ the depot.",
        "The figures of 2019-2024 are false, see 2026/11/29.",
        "Rules 1 / 2 / 3 / 4 / 5 / 6 / 7; we met @ noon. Then we left.",
        "On Telegram 2024 was quiet; Signal v7 is out; x.com/ is a site.",
        "The plates of 12 people; plates 3 and 4 of the book.",
        "It names AB12 CDEFGHIJKLMNOP, which is no account.",
        "In der Lindenstraße 14 Leute, on Ferry Street 14 were counted.",
    ],
)
def test_plain_words_tell_nothing_private(text):
    assert said(text) is None


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("account", "DE89370400440532013000"),
        ("account", "GB82 WEST 1234 5698 7654 32"),
        ("place", "51.5074, -0.1278"),
        ("place", "48°51'29\"N"),
        ("handle", "@jo_handle"),
        ("plate", "B-XY 1234"),
        ("plate", "AB12 CDE"),
        ("plate", "AB-123-CD"),
        ("plate", "7ABC123"),
        ("handle", "t.me/joriver"),
        ("handle", "www.instagram.com/jo_river"),
        ("telephone", "+49 (0)30 / 12 34 56"),
        ("address", "Lindenstraße 14"),
    ],
)
def test_what_leads_to_one_person_is_found(kind, words):
    assert said(f"Look, {words} is his, of the post") == (kind, words)


def test_a_number_plate_of_any_country_is_found_beside_its_name():
    assert said("His car, number plate AB12 CDE, stood there") == ("plate", "AB12 CDE")


def test_a_spanish_plate_is_found_beside_a_car_and_is_else_a_time():
    assert said("His car 1234 BCD stood there") == ("plate", "1234 BCD")
    assert said("It left at 1830 CDT.") is None


def test_a_name_at_a_service_is_found():
    assert said("Write by Signal: joriver.42") == ("handle", "joriver.42")


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
        ("IBAN DE89370400440532013000", "“an account” says enough"),
        ("51.5074, -0.1278", "call the place by its name"),
        ("plate B-XY 1234", "“a number plate” says enough"),
        ("@jo_handle on signal", "“a handle” says enough"),
    ],
)
def test_the_advice_says_what_was_found_and_how_to_go_on(text, mend):
    found = private_in(text)
    assert found.words in advice(found)
    assert mend in advice(found)
