"""What an editor's program decides is what the desk decides."""

import pytest

from commonwire.accounts.actions import add_token
from commonwire.moderation.actions import flagging
from commonwire.moderation.models import Decision
from tests.factories import a_post, a_rule, a_section, a_steward, an_editor
from tests.publishing.program import Program

pytestmark = pytest.mark.django_db
WHY = "It sells pills."


@pytest.fixture
def ada(db):
    return an_editor("ada")


@pytest.fixture
def program(client, ada):
    return Program(client, token=add_token(name="sorter", editor=ada))


def decide(program, headers=None, **fields):
    return program.send("POST", "decisions", fields, **(headers or {}))


def fault(answer):
    (found,) = answer.json()["errors"]
    return answer.status_code, found["field"]


def test_the_rules_are_listed(client, program):
    a_rule()
    token = {"Authorization": f"Bearer {program.token}"}
    items = client.get("/api/v1/rules", headers=token).json()["items"]
    assert [item["slug"] for item in items][:2] == ["private-data", "threats"]


def test_a_post_is_sorted(program):
    post = a_post()
    answer = decide(program, action="classify", post=post.pk, **{"class": "local"})
    post.refresh_from_db()
    assert (answer.status_code, post.wire_class) == (201, "local")
    assert answer["Location"] == answer.json()["url"] == "http://testserver/log/0/"
    assert answer.json()["by"] == "ada"


def test_a_post_is_put_into_sections(program):
    post = a_post()
    a_section()
    decide(program, action="classify", post=post.pk, topics=["labor"], regions=[])
    assert [section.slug for section in post.sections] == ["labor"]


def test_a_section_that_is_named_often_is_named_once_in_the_log(program):
    a_section()
    topics = ["labor"] * 9_000
    answer = decide(
        program, action="classify", post=a_post().pk, topics=topics, regions=[]
    )
    assert answer.status_code == 201
    assert Decision.objects.get().facts["sections_became"] == ["/topics/labor/"]


def test_a_post_is_hidden_and_brought_back(program):
    post, rule = a_post(wire_class="local"), a_rule()
    made = decide(program, action="hide", post=post.pk, rule=rule.slug, reason=WHY)
    answer = decide(program, action="undo", number=made.json()["number"])
    post.refresh_from_db()
    assert (answer.json()["action"], post.wire_class) == ("unhide", "local")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"action": "hide", "reason": WHY}, "rule"),
        ({"action": "hide", "rule": "advertising"}, "reason"),
        ({"action": "hide", "rule": "gone", "reason": WHY}, "rule"),
        ({"action": "vanish"}, "action"),
        ({}, "action"),
        ({"action": "classify", "class": "hidden"}, "class"),
        ({"action": "classify", "topics": ["x"], "regions": []}, "topics"),
        ({"action": "classify", "topics": []}, "regions"),
        ({"action": "release"}, "post"),
        ({"action": "undo", "number": 99}, "number"),
        ({"action": "undo"}, "number"),
        ({"action": "answer-appeal", "appeal": 99}, "appeal"),
        ({"action": "release", "post": 10**12}, "post"),
    ],
)
def test_what_cannot_be_decided_names_the_field(program, fields, field):
    a_rule()
    post = a_post()
    about = {} if fields.get("action") == "undo" else {"post": post.pk}
    assert fault(decide(program, **{**about, **fields})) == (422, field)
    assert not Decision.objects.exists()


def test_a_comment_of_another_post_is_not_meant(program):
    comment = a_post(addenda=()).pk
    assert fault(decide(program, action="hide-comment", comment=comment, post=1)) == (
        422,
        "comment",
    )


def test_the_same_request_twice_is_one_decision(program):
    post = a_post()
    fields = {"action": "classify", "post": post.pk, "class": "local"}
    key = {"Idempotency_Key": "a-key-of-my-own"}
    first, second = (decide(program, key, **fields) for _ in range(2))
    assert (first.status_code, first.json()) == (201, second.json())
    assert Decision.objects.count() == 1


def test_a_key_is_for_one_request(program):
    post = a_post()
    key = {"Idempotency_Key": "a-key-of-my-own"}
    decide(program, key, action="classify", post=post.pk, **{"class": "local"})
    other = decide(program, key, action="classify", post=post.pk, **{"class": "other"})
    assert fault(other) == (409, "Idempotency-Key")


def test_a_contributors_token_decides_nothing(client):
    program = Program(client, token=add_token(name="union", editor=None))
    answer = decide(program, action="classify", post=a_post().pk)
    assert answer.status_code == 403


def test_what_an_editors_program_corrects_is_in_the_log(program):
    post = a_post("Tursday")
    fields = {"title": "Thursday", "note": "The day was misspelt."}
    assert program.send("PATCH", f"posts/{post.pk}", fields).status_code == 200
    made = Decision.objects.get()
    assert (made.act, made.reason) == ("correct", "The day was misspelt.")


def test_a_correction_that_tells_something_private_is_not_made(program):
    post = a_post("Tursday")
    fields = {"title": "Thursday", "note": "Says 612-555-0134."}
    answer = program.send("PATCH", f"posts/{post.pk}", fields)
    post.refresh_from_db()
    assert (fault(answer), post.title) == ((422, "note"), "Tursday")


def test_a_reason_is_taken_out_by_a_steward_s_program(client):
    steward, rule = a_steward(), a_rule()
    program = Program(client, token=add_token(name="mender", editor=steward))
    said = {"post": a_post().pk, "rule": rule.slug, "reason": WHY}
    hidden = decide(program, action="hide", **said).json()["number"]
    answer = decide(program, action="remove-text", number=hidden, rule=rule.slug)
    assert fault(answer) == (422, "reason")
    said = {"rule": rule.slug, "reason": "It told too much."}
    answer = decide(program, action="remove-text", number=hidden, **said)
    assert answer.status_code == 201
    assert Decision.objects.get(number=hidden).reason == ""


def test_who_looks_and_leaves_it_decides_too(program):
    answer = decide(program, action="classify", post=a_post().pk)
    assert (answer.status_code, Decision.objects.count()) == (201, 1)


def test_what_readers_wrote_with_a_report_is_taken_out(program):
    heap = flagging.flag(post=a_post(), rule=a_rule(), note="He lives there.")
    said = {"rule": a_rule().slug, "reason": WHY}
    answer = decide(program, action="redact-flag", flag=heap.pk, **said)
    heap.refresh_from_db()
    assert (answer.status_code, answer.json()["action"]) == (201, "redact-flag")
    assert (heap.notes, heap.count) == ([], 1)


def test_a_report_that_is_not_there_or_not_named_is_told_by_its_field(program):
    post, rule = a_post().pk, a_rule().slug
    for named in ({"flag": 99}, {"post": post}):
        answer = decide(program, action="redact-flag", rule=rule, **named)
        assert fault(answer) == (422, "flag")
