"""Idempotency-Key: the same request twice is one post."""

import uuid

import pytest

from commonwire.publishing.api import attempts, posting
from commonwire.publishing.models import Post
from tests.factories import a_picture
from tests.publishing.program import Program, faults

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def once():
    return {"Idempotency_Key": str(uuid.uuid4())}


def test_a_repeated_request_is_one_post_and_gets_the_same_answer(program, once):
    first, again = program.publish(once), program.publish(once)
    assert Post.objects.count() == 1
    assert again.status_code == 201
    assert again.json() == first.json()
    assert again.headers["Location"] == first.headers["Location"]


def test_it_may_be_repeated_with_other_work_and_with_its_pictures(program, once):
    fields = {"media": [a_picture().public_id]}
    once["Altcha"] = program.work()
    first = program.publish(once, **fields)
    once["Altcha"] = program.work()
    assert program.publish(once, **fields).json() == first.json()


def test_the_same_key_with_something_else_is_refused(program, once):
    program.publish(once)
    answer = program.publish(once, byline="Somebody")
    assert answer.status_code == 409
    assert "came with something else" in faults(answer)["Idempotency-Key"]


def test_without_a_key_the_same_request_is_two_posts(program):
    first, second = program.publish(), program.publish()
    assert first.json()["key"] != second.json()["key"]
    assert Post.objects.count() == 2


def test_senders_do_not_meet(office, archivist, program, once):
    answers = [sender.publish(once).json() for sender in (office, archivist, program)]
    assert len({answer["key"] for answer in answers}) == 3


def test_a_refused_request_may_be_put_right_under_its_key(program, once):
    assert program.publish(once, title="").status_code == 422
    assert program.publish(once).status_code == 201


def test_a_key_that_is_too_long_is_refused(program):
    answer = program.publish({"Idempotency_Key": "x" * 256})
    assert list(faults(answer)) == ["Idempotency-Key"]


def test_two_at_the_same_time_are_one_post(program, once, monkeypatch):
    """The second looks twice before the first has committed, and finds nothing."""
    first = program.publish(once)
    blind = iter([True, True])
    real = attempts.earlier
    monkeypatch.setattr(
        posting.attempts,
        "earlier",
        lambda attempt: None if next(blind, False) else real(attempt),
    )
    assert program.publish(once).json() == first.json()
    assert Post.objects.count() == 1


def test_a_key_that_others_may_guess_is_good_from_the_same_network(program):
    short = {"Idempotency_Key": "1"}
    assert program.publish(short).json() == program.publish(short).json()


def test_a_guessed_key_does_not_give_the_phrase_away(client, program):
    program.publish({"Idempotency_Key": "1"})
    thief = Program(client, address="203.0.113.9")
    answer = thief.publish({"Idempotency_Key": "1"})
    assert answer.status_code == 409
    assert "is taken" in faults(answer)["Idempotency-Key"]


def test_a_guessable_key_is_good_for_an_hour(program, monkeypatch):
    monkeypatch.setattr(attempts, "SHORT_LIFE_SECONDS", 0)
    program.publish({"Idempotency_Key": "1"})
    assert program.publish({"Idempotency_Key": "1"}).status_code == 409
