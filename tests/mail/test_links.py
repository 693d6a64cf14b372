from datetime import timedelta

import time_machine
from django.utils import timezone

from commonwire.mail.actions import sweep_mail
from commonwire.mail.models import OneTimeLink, OutgoingMail
from commonwire.mail.tokens import normalised
from tests.mail import bells
from tests.mail.conftest import ask


def later(**time):
    return time_machine.travel(timezone.now() + timedelta(**time), tick=False)


def test_looking_at_a_link_confirms_nothing(client, link):
    page = client.get(link)
    assert b"The bell of the hall." in page.content
    assert b"<button" in page.content
    assert bells.rung == []


def test_its_button_confirms(client, link):
    page = client.post(link)
    assert b"It has rung." in page.content
    assert bells.rung == [7]


def test_a_second_time_it_says_that_it_was_used(client, link):
    client.post(link)
    for again in (client.get(link), client.post(link)):
        assert again.status_code == 410
        assert b"was used already" in again.content
    assert bells.rung == [7]


def test_after_seven_days_it_is_too_late(client, link):
    with later(days=7, minutes=1):
        for page in (client.get(link), client.post(link)):
            assert page.status_code == 410
            assert b"fill in the form again" in page.content
    assert bells.rung == []


def test_a_link_that_nobody_made_is_told_what_to_do(client, db):
    for path in ("/confirm/made-up/", "/confirm/%00/", f"/confirm/{'x' * 4000}/"):
        page = client.post(path)
        assert page.status_code == 404
        assert b"copy the whole address" in page.content


def test_what_was_taken_back_is_not_confirmed(client, link):
    bells.taken_back.add(7)
    for page in (client.get(link), client.post(link)):
        assert b"it was taken back" in page.content
    assert bells.rung == []


def test_only_a_hash_of_the_link_is_ever_stored(link):
    ask()
    token = link.split("/")[-2]
    rows = [*OneTimeLink.objects.values(), *OutgoingMail.objects.values()]
    assert token not in repr(rows)
    assert OutgoingMail.objects.get().body == "Ring here: {link}"


def test_a_month_later_it_is_forgotten(link):
    with later(days=31):
        sweep_mail()
    assert not OneTimeLink.objects.exists()


def test_one_mailbox_has_one_spelling():
    assert normalised(" Ada+calls@Example.org") == "ada@example.org"
    assert normalised("+@example.org") == "+@example.org"
