"""What a program sends wrong: a problem that names the field, and never a 500."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.publishing.program import Program, faults, let_all_in

pytestmark = pytest.mark.django_db

TEXT_FIELDS = ("title", "body", "byline", "summary", "language", "related_url", "kind")
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = (
    *TEXT_FIELDS[2:],
    "contact",
    "topics",
    "regions",
    "media",
    "addenda",
    "altcha",
)
FIELDS += ("published_at", "class", "event", "call", "release", "junk")
nearly_a_post = st.fixed_dictionaries(
    {"title": st.text(max_size=30) | anything, "body": st.text(max_size=30) | anything},
    optional=dict.fromkeys(FIELDS, anything),
)
patient = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@patient
@given(body=anything | nearly_a_post)
def test_whatever_json_comes_is_published_or_refused(client, body):
    let_all_in()
    answer = Program(client).send("POST", "posts", json.dumps(body))
    assert answer.status_code in {201, 422, 403}
    if answer.status_code != 201:
        assert faults(answer)


@patient
@given(body=st.text(max_size=50))
def test_whatever_text_comes_is_refused(client, body):
    let_all_in()
    answer = Program(client).send("POST", "posts", body)
    assert answer.status_code in {400, 422}


@patient
@given(text=st.text())
def test_any_text_without_nul_is_taken_as_a_text(client, text):
    body = {"title": "x" + text.replace("\0", ""), "body": "x"}
    let_all_in()
    assert Program(client).send("POST", "posts", body).status_code in {201, 422}


@pytest.mark.parametrize("name", TEXT_FIELDS)
@pytest.mark.parametrize("value", [1, 1.5, True, [], {}, ["x"]])
def test_a_text_has_to_be_a_text(program, name, value):
    answer = program.publish(**{name: value})
    assert answer.status_code == 422
    assert faults(answer) == {name: "Write a text here, in quotation marks."}


@pytest.mark.parametrize("name", ["topics", "regions", "media", "addenda"])
@pytest.mark.parametrize("value", ["x", 1, {}, True])
def test_a_list_has_to_be_a_list(program, name, value):
    assert faults(program.publish(**{name: value})) == {
        name: "Write a list here, in square brackets."
    }


@pytest.mark.parametrize(
    "name", ["title", "topics", "addenda", "published_at", "release"]
)
def test_null_is_not_nothing(program, name):
    assert "leave the field out" in faults(program.publish(**{name: None}))[name]


@pytest.mark.parametrize("field", ["event", "release"])
def test_what_another_kind_has_is_refused_by_name(program, field):
    answer = program.publish(**{field: {}})
    assert answer.status_code == 422
    assert "Only posts of the kind" in faults(answer)[field]


def test_unknown_fields_are_named(program):
    answer = program.publish(titles="x", addenda=[{"titles": "x"}])
    assert set(faults(answer)) == {"titles", "addenda[0].titles"}


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x\udfff"])
def test_what_no_text_holds_is_refused(program, text):
    answer = program.publish(
        title=text, topics=[text], media=[text], addenda=[{"body": text}]
    )
    assert answer.status_code == 422
    assert set(faults(answer)) == {"title", "topics[0]", "media[0]", "addenda[0].body"}


def test_the_forms_words_are_used(program):
    answer = program.publish(
        title="",
        byline="x" * 121,
        kind="poem",
        language="xx",
        topics=["nowhere"],
        related_url="javascript:alert(1)",
        addenda=[{"title": "fine"}, {"title": "x" * 201}],
    )
    told = faults(answer)
    assert told["title"] == "Give it a title."
    assert told["byline"].startswith("This has 121 characters; 120 fit.")
    assert "choose report, say, or press release" in told["kind"]
    assert "not a language code" in told["language"]
    assert told["topics"] == "There is no topic “nowhere” here."
    assert "not a web address" in told["related_url"]
    assert told["addenda[1].title"].startswith("This has 201 characters")


def test_a_post_needs_a_text_or_a_picture(program):
    assert "Write a text" in faults(program.publish(body=""))["body"]


def test_an_empty_addendum_is_named(program):
    assert list(faults(program.publish(addenda=[{}]))) == ["addenda[0].body"]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("topics", ["x"] * 10_000, "You chose 10000; choose at most 10."),
        ("media", ["x"] * 21, "There are 21 files; 20 fit. Remove some."),
        ("addenda", [{}] * 10_000, "There are 10000 addenda; 20 fit."),
    ],
)
def test_too_many_are_counted(program, name, value, sentence):
    assert faults(program.publish(**{name: value})) == {name: sentence}


def test_twenty_files_fit_in_a_post_with_its_addenda(program):
    answer = program.publish(
        media=["a"] * 15, addenda=[{"title": "x", "media": ["b"] * 15}]
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("body", ["", "{", "[" * 100_000, "\xff", '{"a":1}}', "NaN,"])
def test_what_is_no_json_is_refused(program, body):
    answer = program.send("POST", "posts", body)
    assert answer.status_code in {400, 422}
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_bytes_that_are_no_text_are_refused(client):
    answer = client.post(
        "/api/v1/posts", b'{"title": "\xff\xfe"}', content_type="application/json"
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("body", ["[]", "null", "1", '"x"', "true"])
def test_the_body_has_to_be_an_object(program, body):
    answer = program.send("POST", "posts", body)
    assert answer.status_code == 422
    assert list(faults(answer)) == [""]


def test_another_type_of_body_is_refused(client):
    answer = client.post("/api/v1/posts", {"title": "x"})
    assert answer.status_code == 415
    assert "application/json" in answer.json()["detail"]


def test_json_is_no_upload(program):
    assert program.send("POST", "media", {}).status_code == 415


def test_a_body_that_is_too_large_is_refused(program):
    answer = program.publish(body="x" * 3_000_000)
    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["", "nothing", "posts/", "posts/x", "posts/1/x"])
def test_what_is_not_there_is_a_problem(program, path):
    answer = program.get(path)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_method_that_is_not_there_is_a_problem(program):
    answer = program.send("PUT", "posts", {})
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "POST"}
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_failure_of_ours_is_a_problem(program, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("a secret detail")

    monkeypatch.setattr("commonwire.publishing.api.posting.publish", fail)
    answer = program.publish()
    assert answer.status_code == 500
    assert "secret" not in json.dumps(answer.json())
