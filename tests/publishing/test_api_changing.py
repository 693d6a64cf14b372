"""PATCH, DELETE and addenda: what the key opens."""

import pytest

from commonwire.publishing import keys
from commonwire.publishing.models import Correction, Post
from tests.factories import a_picture, a_post, an_addendum
from tests.publishing.program import Program, faults

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "crying bunkmate perceive opossum unblock decoy"
CHANGES = [("PATCH", ""), ("DELETE", ""), ("POST", "/addenda")]


@pytest.fixture
def post(db):
    return a_post("Older", byline="Ada", body="Text.", key=KEY)


def change(program, method, post_id, rest="", **kwargs):
    body = kwargs.pop("body", {"title": "Before", "body": "x"})
    return program.send(
        method, f"posts/{post_id}{rest}", None if method == "DELETE" else body, **kwargs
    )


def test_the_author_corrects(program, post):
    body = {"title": "Before", "note": "a letter"}
    answer = change(program, "PATCH", post.pk, body=body, key=KEY)
    post.refresh_from_db()
    assert answer.status_code == 200
    assert answer.json()["title"] == post.title == "Before"
    assert answer.json()["corrections"][0]["note"] == "a letter"
    assert (post.byline, post.body) == ("Ada", "Text.")


def test_the_key_may_be_written_as_people_do(program, post):
    key = KEY.upper().replace(" ", "  ")
    assert change(program, "PATCH", post.pk, key=key).status_code == 200


def test_the_same_text_is_no_correction(program, post):
    answer = change(program, "PATCH", post.pk, body={"title": "Older"}, key=KEY)
    assert answer.status_code == 200
    assert not Correction.objects.exists()


def test_a_byline_may_be_taken_out(program, post):
    change(program, "PATCH", post.pk, body={"byline": ""}, key=KEY)
    post.refresh_from_db()
    assert post.byline == ""


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, ""),
        ({"note": "x"}, ""),
        ({"title": ""}, "title"),
        ({"title": 1}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"body": " "}, "body"),
        ({"kind": "release"}, "kind"),
        ({"language": "xx"}, "language"),
        ({"related_url": "javascript:x"}, "related_url"),
        ({"note": "x" * 501, "title": "x"}, "note"),
    ],
)
def test_a_wrong_correction_is_refused(program, post, body, field):
    answer = change(program, "PATCH", post.pk, body=body, key=KEY)
    assert answer.status_code == 422
    assert list(faults(answer)) == [field]


def test_an_editor_corrects_with_a_reason(archivist, post):
    without = change(archivist, "PATCH", post.pk, body={"title": "Before"})
    assert list(faults(without)) == ["note"]
    with_one = {"title": "Before", "note": "spelling"}
    assert change(archivist, "PATCH", post.pk, body=with_one).status_code == 200
    assert Correction.objects.get().by == "editor"


@pytest.mark.parametrize(("method", "rest"), CHANGES)
def test_a_contributors_token_opens_nobodys_post(office, post, method, rest):
    assert change(office, method, post.pk, rest).status_code == 403


@pytest.mark.parametrize(("method", "rest"), CHANGES[1:])
def test_editors_neither_withdraw_nor_add(archivist, post, method, rest):
    assert change(archivist, method, post.pk, rest).status_code == 403


def test_an_editor_is_told_which_post_is_not_there(archivist):
    assert change(archivist, "PATCH", 99).status_code == 404


def test_the_author_withdraws_once_or_twice(program, post):
    for _ in range(2):
        answer = change(program, "DELETE", post.pk, key=KEY)
        assert (answer.status_code, answer.content) == (204, b"")
    assert program.get(f"posts/{post.pk}").status_code == 410


@pytest.mark.parametrize(("method", "rest"), [CHANGES[0], CHANGES[2]])
def test_a_withdrawn_post_is_closed(program, post, method, rest):
    change(program, "DELETE", post.pk, key=KEY)
    assert change(program, method, post.pk, rest, key=KEY).status_code == 410


def test_the_author_adds_a_part(program, post):
    picture = a_picture()
    body = {"title": "Later", "body": "More.", "media": [picture.public_id]}
    answer = change(program, "POST", post.pk, "/addenda", body=body, key=KEY)
    part = post.addenda.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "id": part.pk,
        "url": f"http://testserver{post.path}#addendum-1",
        "listed": True,
        "waiting": [],
    }
    assert (part.title, part.body, part.pictures) == ("Later", "More.", [picture])


def test_a_part_follows_those_that_are_there(program):
    post = a_post(addenda=(an_addendum(body="x"),), key=KEY)
    answer = change(program, "POST", post.pk, "/addenda", key=KEY)
    assert answer.json()["url"].endswith("#addendum-2")


def test_a_wrong_part_is_refused(program, post):
    taken = a_picture()
    a_post(attachments=(taken,))
    answer = change(program, "POST", post.pk, "/addenda", body={}, key=KEY)
    assert list(faults(answer)) == ["body"]
    body = {"body": "x", "media": [taken.public_id], "related_url": "x:y"}
    answer = change(program, "POST", post.pk, "/addenda", body=body, key=KEY)
    assert set(faults(answer)) == {"media[0]", "related_url"}
    assert not post.addenda.exists()


MANY_LINKS = " ".join(f"https://spam.example/{number}" for number in range(300))


def test_three_hundred_links_put_in_later_let_the_post_wait(program, post):
    answer = change(program, "PATCH", post.pk, body={"body": MANY_LINKS}, key=KEY)
    assert answer.status_code == 200
    assert (answer.json()["listed"], answer.json()["body"]) == (False, MANY_LINKS)
    assert answer.json()["waiting"] == ["it has more links than a report usually has"]
    assert program.get("posts").json()["items"] == []


def test_nobody_else_is_told_why_a_post_waits(program, post):
    change(program, "PATCH", post.pk, body={"body": MANY_LINKS}, key=KEY)
    assert "waiting" not in program.get(f"posts/{post.pk}").json()


def test_links_that_an_editor_puts_in_are_not_doubted(archivist, post):
    body = {"body": MANY_LINKS, "note": "sources"}
    answer = change(archivist, "PATCH", post.pk, body=body)
    assert (answer.json()["listed"], answer.json()["waiting"]) == (True, [])


def test_after_ten_parts_in_a_row_the_post_waits(program, post):
    answers = [
        change(program, "POST", post.pk, "/addenda", body={"body": f"{n}"}, key=KEY)
        for n in range(10)
    ]
    assert [answer.json()["listed"] for answer in answers] == [True] * 10
    keys._tries._levels.clear()
    eleventh = change(program, "POST", post.pk, "/addenda", key=KEY).json()
    assert (eleventh["listed"], eleventh["waiting"]) == (
        False,
        ["many posts came from the same network just now"],
    )


def test_a_twenty_first_part_is_refused(program):
    parts = tuple(an_addendum(body=f"Part {number}.") for number in range(20))
    post = a_post(addenda=parts, key=KEY)
    answer = change(program, "POST", post.pk, "/addenda", key=KEY)
    assert answer.status_code == 422
    assert "This post has 20 addenda" in answer.json()["detail"]
    assert post.addenda.count() == 20


@pytest.mark.parametrize(("method", "rest"), CHANGES)
def test_without_a_key_it_is_asked_for(program, post, method, rest):
    answer = change(program, method, post.pk, rest)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Key"


@pytest.mark.parametrize(("method", "rest"), CHANGES)
def test_a_wrong_key_and_a_wrong_post_get_the_same_answer(program, post, method, rest):
    a_post(key="another key of six whole words")
    answers = [
        change(program, method, post.pk, rest, key="no such words at all here"),
        change(program, method, post.pk, rest, key="another key of six whole words"),
        change(program, method, 99, rest, key=KEY),
        change(program, method, 99, rest, key="no such words at all here"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert len({answer.content for answer in answers}) == 1
    assert Post.objects.get(pk=post.pk).title == "Older"


def test_the_key_comes_before_what_is_sent(program, post):
    answer = change(program, "PATCH", post.pk, body={"junk": 1}, key="no such words")
    assert answer.status_code == 403


def test_guessing_is_slowed_down_and_right_words_with_it(client, post):
    guesser = Program(client, address="203.0.113.5")
    for _ in range(10):
        assert (
            change(guesser, "DELETE", post.pk, key="no such words").status_code == 403
        )
    for key in ("no such words", KEY):
        answer = change(guesser, "DELETE", post.pk, key=key)
        assert answer.status_code == 429
        assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize("header", ["Key", "Key ", "Basic eDp5", "six words", "Bearer"])
def test_another_authorization_is_refused(client, post, header):
    answer = client.delete(
        f"/api/v1/posts/{post.pk}", headers={"Authorization": header}
    )
    assert answer.status_code == 401
