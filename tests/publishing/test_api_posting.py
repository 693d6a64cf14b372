"""POST /api/v1/posts: who may publish what, and what they are told."""

from datetime import UTC, datetime, timedelta

import altcha
import pytest
import time_machine
from django.utils import timezone

from commonwire.media import quotas, store
from commonwire.media.models import Attachment
from commonwire.publishing import keys, work
from commonwire.publishing.actions.nonces import sweep_nonces
from commonwire.publishing.api import posting
from commonwire.publishing.models import Key, Post, SpentNonce
from tests.factories import a_picture, a_post, a_section, a_site
from tests.media.files import a_waiting
from tests.publishing.program import faults

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_post_with_a_proof_of_work_is_listed_at_once(program):
    answer = program.worked()
    post = Post.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "id": post.pk,
        "url": f"http://testserver{post.path}",
        "key": answer.json()["key"],
        "listed": True,
        "embargo_until": None,
        "waiting": [],
    }
    assert answer.headers["Location"] == answer.json()["url"]


def test_its_page_exists_when_the_answer_comes(program, client):
    url = program.worked(title="It is there").json()["url"]
    page = client.get(url.removeprefix("http://testserver"))
    assert page.status_code == 200
    assert b"It is there" in page.content


def test_the_key_opens_the_post(program):
    key = program.worked().json()["key"]
    assert len(key.split()) == 6
    assert keys.find(key).posts.get() == Post.objects.get()


def test_the_key_is_stored_nowhere(program, django_db_blocker):
    phrase = program.publish({"Idempotency_Key": "a" * 20}).json()["key"]
    rows = [*Key.objects.values_list(), *Post.objects.values_list()]
    stored = " ".join(map(str, rows))
    assert phrase not in stored
    assert "a" * 20 not in stored


def test_everything_that_may_be_sent_is_published(program):
    a_section("topic", "labor")
    a_section("region", "us", "U.S.")
    picture, other = a_picture(), a_picture()
    program.worked(
        kind="release",
        title="Drivers strike",
        byline="A union",
        summary="In short.",
        language="es",
        topics=["labor"],
        regions=["us"],
        related_url="union.example/vote",
        contact="call us",
        media=[picture.public_id],
        addenda=[{"title": "More", "media": [other.public_id]}],
    )
    post = Post.objects.get()
    assert (post.kind, post.title, post.byline) == (
        "release",
        "Drivers strike",
        "A union",
    )
    assert (post.summary, post.language, post.contact) == ("In short.", "es", "call us")
    assert post.related_url == "https://union.example/vote"
    assert {section.slug for section in post.sections} == {"labor", "us"}
    assert post.pictures == [picture]
    assert post.addenda.get().pictures == [other]


def test_an_address_in_another_script_fits_a_header(program):
    answer = program.worked(title="通行")
    assert answer.headers["Location"].endswith("/%E9%80%9A%E8%A1%8C/")


def test_without_work_a_post_waits_and_its_author_is_told(program):
    answer = program.publish()
    assert answer.status_code == 201
    assert answer.json()["listed"] is False
    assert answer.json()["waiting"] == ["it came without a proof of work"]


def test_the_work_may_travel_in_the_body(program):
    assert program.publish(altcha=program.work()).json()["listed"] is True


def test_work_counts_once(program):
    proof = program.work()
    assert program.publish({"Altcha": proof}, body="One.").json()["listed"] is True
    again = program.publish({"Altcha": proof}, body="Two.").json()
    assert again["waiting"] == ["its proof of work was used before"]


def test_work_comes_too_late_after_an_hour(program):
    proof = program.work()
    with time_machine.travel(timezone.now() + timedelta(hours=1, seconds=2)):
        late = program.publish({"Altcha": proof}).json()
    assert late["waiting"] == ["its proof of work came too late"]


def test_spent_work_is_forgotten_when_it_is_too_late_anyway(program):
    program.worked(body="One.")
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        program.worked(body="Two.")
        sweep_nonces()
    assert SpentNonce.objects.count() == 1


def test_work_for_another_site_is_not_right(program):
    challenge = altcha.create_challenge(work.ALGORITHM, 1, hmac_secret="another")
    proof = altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()
    waiting = program.publish({"Altcha": proof}).json()["waiting"]
    assert waiting == ["its proof of work is not right"]


@pytest.mark.parametrize("junk", ["x", "bnVsbA==", "e30=", "W10=", "A" * 5_000])
def test_work_that_is_junk_lets_the_post_wait(program, junk):
    waiting = program.publish({"Altcha": junk}).json()["waiting"]
    assert waiting == ["its proof of work is not right"]


def test_a_refused_post_does_not_use_the_work_up(program):
    proof = program.work()
    assert program.publish({"Altcha": proof}, title="").status_code == 422
    assert program.publish({"Altcha": proof}).json()["listed"] is True


def test_ordinary_screening_follows_the_work(program):
    program.worked(body="The same words.")
    again = program.worked(body="The same words.").json()
    assert again["waiting"] == ["the same text was published here a short while ago"]


def test_a_token_spares_the_work(office):
    assert office.publish().json()["listed"] is True


def test_a_token_without_an_editor_is_screened_like_anybody(office):
    office.publish(body="The same words.")
    assert office.publish(body="The same words.").json()["listed"] is False


def test_an_editors_post_is_not_screened(archivist):
    archivist.publish(body="The same words.")
    assert archivist.publish(body="The same words.").json()["listed"] is True


def test_a_wrong_token_is_refused(program):
    program.token = "wrong"
    answer = program.publish()
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert not Post.objects.exists()


def test_the_token_of_an_editor_who_left_is_refused(archivist):
    from commonwire.accounts.models import Editor  # noqa: PLC0415

    Editor.objects.update(is_active=False)
    assert archivist.publish().status_code == 401


def test_an_editor_brings_an_old_post_in(archivist):
    picture = a_picture()
    answer = archivist.publish(
        title="From the archive",
        published_at="2003-02-15T20:00:00-06:00",
        media=[picture.public_id],
        addenda=[{"title": "Later"}],
        **{"class": "local"},
    )
    then = datetime(2003, 2, 16, 2, tzinfo=UTC)
    post = Post.objects.get()
    assert answer.json()["url"].endswith("/2003/02/16/from-the-archive/")
    assert (post.published_at, post.updated_at, post.wire_class) == (
        then,
        then,
        "local",
    )
    assert post.addenda.get().published_at == then
    assert Attachment.objects.get().published_at == then


def test_an_editor_brings_a_hidden_post_in(archivist):
    assert archivist.publish(**{"class": "hidden"}).json()["listed"] is False


@pytest.mark.parametrize(
    ("field", "value"), [("published_at", "2003-02-15T12:00:00Z"), ("class", "local")]
)
def test_time_and_class_are_for_editors(program, office, field, value):
    for sender in (program, office):
        answer = sender.publish(**{field: value})
        assert answer.status_code == 403
        assert faults(answer) == {field: "Only an editor's token may set this."}


@pytest.mark.parametrize(
    ("time", "sentence"),
    [
        ("2999-01-01T00:00:00Z", "in the future"),
        ("9999-12-31T23:59:59-14:00", "in the future"),
        ("0001-01-01T00:00:00+14:00", "before 1900"),
        ("1899-12-31T23:59:59Z", "before 1900"),
        ("2003-02-15T12:00:00", "Add the zone"),
        ("2003-02-15", "Add the zone"),
        ("yesterday", "no date and time"),
        ("2003-02-30T12:00:00Z", "no date and time"),
    ],
)
def test_a_time_that_cannot_be_is_refused(archivist, time, sentence):
    answer = archivist.publish(published_at=time)
    assert answer.status_code == 422
    assert sentence in faults(answer)["published_at"]


def test_an_unknown_class_is_refused(archivist):
    assert "unsorted, local" in faults(archivist.publish(**{"class": "x"}))["class"]


def test_a_picture_stands_in_one_post_only(program):
    taken = a_picture()
    a_post(attachments=(taken,))
    stolen = faults(program.worked(media=[taken.public_id]))
    unknown = faults(program.worked(media=["never-was"]))
    assert stolen == unknown
    assert list(stolen) == ["media[0]"]


def test_a_picture_named_twice_is_refused(program):
    name = a_picture().public_id
    answer = program.worked(media=[name], addenda=[{"title": "x", "media": [name]}])
    assert faults(answer) == {"addenda[0].media[0]": "This file is named twice."}


def test_a_post_takes_in_so_much_and_no_more(program, monkeypatch):
    first, second = a_picture(), a_waiting("video")
    store.upload(second.upload).write_bytes(bytes(5_000))
    monkeypatch.setattr(quotas, "PER_POST", first.weight + 4_999)
    part = {"title": "x", "media": [second.public_id]}
    answer = program.worked(media=[first.public_id], addenda=[part])
    assert list(faults(answer)) == ["addenda[0].media[0]"]
    assert "more than it may" in faults(answer)["addenda[0].media[0]"]
    assert program.worked(media=[first.public_id]).status_code == 201


def test_a_picture_alone_is_enough(program):
    answer = program.worked(body="", media=[a_picture().public_id])
    assert answer.status_code == 201


def test_no_cookie_is_set_and_none_is_asked_for(client, program):
    client.handler.enforce_csrf_checks = True
    answer = program.worked()
    assert answer.status_code == 201
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_post_on_the_raw_wire_is_told_why_no_list_has_it(program):
    a_site(flood_rate=1)
    for _ in range(2):
        a_post()
    answer = program.worked(title="One more").json()
    assert answer["listed"] is False
    assert "raw wire" in answer["waiting"][-1]


@pytest.mark.parametrize(("since", "told"), [(None, True), (timezone.now(), False)])
def test_only_what_is_on_the_raw_wire_is_said_to_be_there(since, told):
    words = " ".join(map(str, posting._waiting(Post(raw=True, waiting_since=since))))
    assert ("/wire/raw/" in words) == told
