"""GET /api/v1/posts and /api/v1/posts/{id}."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonwire.publishing.actions import corrections
from commonwire.publishing.api import listing
from commonwire.publishing.content import Revision
from tests.factories import NOON, a_picture, a_post, a_section, an_addendum
from tests.publishing.program import faults

pytestmark = pytest.mark.django_db


def titles(answer):
    assert answer.status_code == 200
    return [item["title"] for item in answer.json()["items"]]


def follow(program, path):
    """Every page from this one on."""
    pages = []
    while path:
        answer = program.get(path)
        pages.append(titles(answer))
        path = (answer.json()["next"] or "").partition("/api/v1/")[2]
    return pages


def some_posts(number, **fields):
    """Post 1 is the oldest; two at a time are published in the same second."""
    return [
        a_post(f"P{n}", at=NOON + timedelta(hours=n // 2), **fields)
        for n in range(1, number + 1)
    ]


def test_nothing_is_an_empty_list(program):
    assert program.get("posts").json() == {"items": [], "next": None}


def test_posts_come_newest_first_a_page_at_a_time(program):
    some_posts(5)
    pages = follow(program, "posts?limit=2")
    assert pages == [["P5", "P4"], ["P3", "P2"], ["P1"]]


def test_a_full_last_page_has_no_next(program):
    some_posts(2)
    assert follow(program, "posts?limit=2") == [["P2", "P1"]]


def test_next_keeps_what_was_asked_for_and_is_an_absolute_address(program):
    a_section()
    some_posts(2, topics=(a_section("topic", "war", "War"),))
    address = program.get("posts?topic=war&limit=1").json()["next"]
    assert address.startswith("http://testserver/api/v1/posts?topic=war&limit=1&after=")


def test_a_post_that_comes_meanwhile_moves_nothing(program):
    some_posts(3)
    address = urlsplit(program.get("posts?limit=2").json()["next"])
    a_post("newer")
    assert titles(program.get(f"posts?{address.query}")) == ["P1"]


def test_posts_are_chosen_by_section_kind_and_class(program):
    labor, us = a_section(), a_section("region", "us", "U.S.")
    a_post("both", topics=(labor,), regions=(us,), kind="release")
    a_post("labor", topics=(labor,), wire_class="local")
    a_post("us", regions=(us,))
    assert titles(program.get("posts?topic=labor")) == ["labor", "both"]
    assert titles(program.get("posts?region=us")) == ["us", "both"]
    assert titles(program.get("posts?topic=labor&region=us")) == ["both"]
    assert titles(program.get("posts?kind=release")) == ["both"]
    assert titles(program.get("posts?class=local")) == ["labor"]
    assert titles(program.get("posts?class=local&topic=labor&kind=release")) == []


@pytest.mark.parametrize("conditions", ["topic=labor", "kind=report", "class=local"])
def test_a_chosen_list_has_pages_too(program, conditions):
    some_posts(5, topics=(a_section(),), wire_class="local")
    pages = follow(program, f"posts?limit=2&{conditions}")
    assert pages == [["P5", "P4"], ["P3", "P2"], ["P1"]]


def test_a_page_looks_only_so_far_and_the_next_goes_on(program, monkeypatch):
    monkeypatch.setattr(listing, "MOST_LOOKED_AT", 2)
    a_post("rare", kind="release", at=NOON - timedelta(days=1))
    some_posts(4)
    assert [
        title for page in follow(program, "posts?kind=release") for title in page
    ] == ["rare"]


def test_what_is_not_listed_is_in_no_list(program):
    labor = a_section()
    a_post("hidden", wire_class="hidden", topics=(labor,))
    a_post("waiting", doubtful=True, topics=(labor,))
    corrections.withdraw(post=a_post("withdrawn", topics=(labor,)))
    for asked in ("", "?topic=labor", "?kind=report", "?class=hidden"):
        assert titles(program.get(f"posts{asked}")) == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("topic=nowhere", "topic"),
        ("region=%00", "region"),
        ("kind=petition", "kind"),
        ("class=secret", "class"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=many", "limit"),
        ("limit=", "limit"),
        ("after=x", "after"),
        ("after=-99999999999999999-1", "after"),
        ("topics=labor", "topics"),
    ],
)
def test_a_parameter_that_is_wrong_is_named(program, query, field):
    answer = program.get(f"posts?{query}")
    assert answer.status_code == 422
    assert list(faults(answer)) == [field]


@pytest.mark.parametrize("asked", ["", "&topic=labor", "&kind=report"])
def test_thirty_posts_take_as_many_queries_as_one(program, asked):
    section = a_section()

    def rich_post():
        return a_post(topics=(section,), addenda=(an_addendum(body="x"),))

    rich_post()
    with CaptureQueriesContext(connection) as one:
        program.get(f"posts?limit=30{asked}")
    for _ in range(29):
        rich_post()
    with CaptureQueriesContext(connection) as thirty:
        assert len(titles(program.get(f"posts?limit=30{asked}"))) == 30
    assert len(thirty) == len(one)


def test_everything_public_is_told(program):
    labor = a_section()
    picture = a_picture(alt="A line of people", caption="The line", credit="Ada")
    post = a_post(
        "Drivers strike",
        at=NOON,
        byline="A union",
        summary="In short.",
        body="The **text**.",
        topics=(labor,),
        related_url="https://union.example/",
        contact="call me",
        attachments=(picture,),
        addenda=(an_addendum("More", body="Words."),),
    )
    told = program.get(f"posts/{post.pk}").json()
    media = told.pop("media")
    addenda = told.pop("addenda")
    assert told == {
        "id": post.pk,
        "url": "http://testserver/2026/01/16/drivers-strike/",
        "kind": "report",
        "title": "Drivers strike",
        "byline": "A union",
        "summary": "In short.",
        "body": "The **text**.",
        "body_html": "<p>The <strong>text</strong>.</p>",
        "language": "en",
        "topics": ["labor"],
        "regions": [],
        "related_url": "https://union.example/",
        "class": "unsorted",
        "listed": True,
        "published_at": "2026-01-16T12:00:00Z",
        "updated_at": "2026-01-16T12:00:00Z",
        "corrections": [],
        "called_off": "",
        "release": None,
        "call": None,
        "event": None,
    }
    assert [part["title"] for part in addenda] == ["More"]
    assert media[0]["alt"] == "A line of people"
    assert media[0]["original"] == f"http://testserver{picture.original_address}"
    assert {item["type"] for item in media[0]["renditions"]} == {
        "image/jpeg",
        "image/webp",
    }
    assert program.get("posts").json()["items"][0]["media"] == media


def test_nothing_private_is_told(program):
    post = a_post("Doubted", contact="call-me-here", doubtful=True, key="a key")
    told = program.get(f"posts/{post.pk}").content.decode()
    for secret in (
        "call-me-here",
        "honeypot",
        "people do not see",
        post.key.phrase_hash,
    ):
        assert secret not in told


def test_mail_addresses_are_masked_in_every_text(program):
    mail = "ada@union.example"
    picture = a_picture(alt=mail, caption=mail, credit=mail)
    post = a_post(
        mail,
        byline=mail,
        summary=mail,
        body=mail,
        attachments=(picture,),
        addenda=(an_addendum(mail, byline=mail, body=mail),),
    )
    revision = Revision(fields={"title": f"Write to {mail}"}, note=mail)
    corrections.correct(post=post, revision=revision)
    told = program.get(f"posts/{post.pk}").content.decode()
    assert "ada [at] union.example" in told
    assert mail not in told


def test_corrections_are_told(program):
    post = a_post("Older")
    corrections.correct(post=post, revision=Revision({"title": "Before"}, "a letter"))
    made = program.get(f"posts/{post.pk}").json()["corrections"]
    assert [(item["by"], item["note"], item["fields"]) for item in made] == [
        ("author", "a letter", ["title"])
    ]


@pytest.mark.parametrize("how", [{"wire_class": "hidden"}, {"doubtful": True}])
def test_what_is_not_listed_is_readable_at_its_address_and_says_so(program, how):
    told = program.get(f"posts/{a_post(**how).pk}")
    assert told.status_code == 200
    assert told.json()["listed"] is False


def test_a_withdrawn_post_is_gone(program):
    post = a_post("Regretted")
    corrections.withdraw(post=post)
    answer = program.get(f"posts/{post.pk}")
    assert answer.status_code == 410
    assert "Regretted" not in answer.content.decode()


@pytest.mark.parametrize("number", ["1", "0", "9" * 25, "9" * 5_000, "-1"])
def test_a_post_that_never_was_is_not_found(program, number):
    answer = program.get(f"posts/{number}")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_any_page_may_read(program):
    for path in ("posts", f"posts/{a_post().pk}", "openapi.json"):
        answer = program.get(path)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cache-Control"] == "no-cache"
        assert not answer.cookies


def test_no_page_may_take_a_challenge(program):
    answer = program.get("challenge")
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_head_is_get_without_a_body(program):
    answer = program.send("HEAD", f"posts/{a_post().pk}")
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.sqlite
@pytest.mark.parametrize("asked", ["", "?class=local", "?topic=labor", "?kind=report"])
def test_a_page_reads_a_stretch_of_an_index(program, asked):
    """However many posts there are, no query reads the whole table."""
    some_posts(3, topics=(a_section(),), wire_class="local")
    with CaptureQueriesContext(connection) as asked_for:
        program.get(f"posts{asked}")
    for query in asked_for:
        for step in plan(query["sql"]):
            assert not step.startswith("SCAN publishing_post") or "newest" in step


def plan(sql):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[3] for row in cursor.fetchall()]
