"""The line between a post's author and the editors."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from commonwire.moderation import queries
from commonwire.moderation.actions import talking, withdrawing
from commonwire.moderation.models import Message
from commonwire.publishing import keys
from commonwire.web.housekeeping import keep_house
from tests.contributor import Contributor
from tests.factories import a_post, a_rule, an_editor

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "apple banana cherry drop-down egg yo-yo"


@pytest.fixture
def post():
    return a_post("A vote", key=KEY)


@pytest.fixture
def author(client, post):
    """In the room, at the line."""
    return Contributor(client).enter(KEY).room(post, "messages")


def where(post, key=KEY):
    return f"/key/{keys.room_pass(keys.find(key))}/{post.pk}/messages/"


def said(page):
    lines = [item for item in page.all("li") if "conversation" in item["in"]]
    return [" ".join(line["text"].split()).partition("M ")[2] for line in lines]


def test_the_author_writes_and_sees_it(author, post):
    author.send(text="Is something wrong?")
    assert said(author.page) == ["Is something wrong?"]
    message = queries.line(post)[0]
    assert (message.by, message.editor) == ("author", None)


def test_an_editor_s_message_is_signed_by_the_pseudonym(client, post):
    talking.say(post=post, by=an_editor("ada"), text="Where was it?")
    page = Contributor(client).get(where(post)).page
    assert page.said("bdi", class_="byline") == ["ada"]
    assert said(page) == ["Where was it?"]


def test_messages_that_were_not_answered_are_told_in_the_room(client, author, post):
    author.send(text="Hello?")
    for text in ("Where was it?", "And when?"):
        talking.say(post=post, by=an_editor(text[:3]), text=text)
    room = Contributor(client).enter(KEY)
    assert room.page.said("p", class_="news") == [
        "2 messages from the editors that you have not answered"
    ]
    author.send(text="At the hall.")
    assert room.enter(KEY).page.said("p", class_="news") == []


def test_the_same_message_sent_twice_is_one(client, post):
    for _ in range(2):
        client.post(where(post), {"text": "Hello?"})
    assert Message.objects.count() == 1


@pytest.mark.parametrize("text", ["", " \n", "x" * 5_001, "y" * 2_000_000])
def test_no_or_too_many_words_are_told_and_kept(author, text):
    author.send(text=text)
    assert (author.status, author.typed["text"]) == (422, text)
    assert not Message.objects.exists()


def test_a_flood_of_messages_is_stopped(author):
    for number in range(21):
        author.send(text=f"Message {number}")
    assert (author.status, author.typed["text"]) == (422, "Message 20")


def test_nobody_else_reads_or_writes(client, post):
    a_post("Mine", key="another")
    address = where(post, "another")
    assert client.get(address).status_code == 404
    assert client.post(address, {"text": "Hello?"}).status_code == 404
    assert client.get(f"/key/no-pass/{post.pk}/messages/").status_code == 403


def test_a_line_is_on_no_public_page(client, author, post):
    author.send(text="Between ourselves.")
    assert b"Between ourselves." not in client.get(post.path).content


def at(days, post, text):
    with time_machine.travel(timezone.now() - timedelta(days=days), tick=False):
        talking.say(post=post, text=text)


def test_a_line_is_wiped_thirty_days_after_its_last_message(post):
    other = a_post()
    at(40, post, "Long ago.")
    at(29, post, "Less long ago.")
    at(31, other, "Forgotten.")
    keep_house()
    assert [m.text for m in Message.objects.all()] == ["Long ago.", "Less long ago."]
    at(31, other, "x")
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        keep_house()
    assert not Message.objects.exists()


def test_withdrawing_for_safety_wipes_the_line(post):
    talking.say(post=post, text="The address is 1 Elm Street.")
    withdrawing.withdraw_for_safety(
        by=an_editor(), post=post, rule=a_rule(), reason="An address."
    )
    assert not Message.objects.exists()


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img onerror=x>'])
def test_naughty_strings_run_nothing(author, text):
    assert author.send(text=text).page.runs == []
