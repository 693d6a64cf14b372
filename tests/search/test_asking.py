"""`/search/`: a form that is an address, in bounds."""

import json
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from commonwire.delivery.printing import on_demand
from commonwire.search import engines, patience
from tests.factories import a_post, a_section
from tests.search import indexed, items

pytestmark = pytest.mark.django_db


def test_an_empty_search_says_how_to_search_and_asks_nothing(client):
    answer = client.get("/search/")
    assert (answer.status_code, b"rent strike" in answer.content) == (200, True)


def test_a_form_is_sent_on_to_the_one_address_of_its_search(client):
    answer = client.get("/search/?language=&q=%20bread%20&section=&kind=report&from=")
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/search/?q=bread&kind=report",
    )


def test_what_was_looked_for_is_marked_and_still_in_the_form(client):
    a_post("Bread & roses", body="They baked bread <b>here</b>, in 1912.")
    indexed()
    body = client.get("/search/?q=bread").content.decode()
    assert "<mark>Bread</mark> &amp; roses" in body
    assert "baked <mark>bread</mark>" in body
    assert "<b>here" not in body
    assert 'value="bread"' in body


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("q=%3F%21", "There is no word in this."),
        (f"q={'a' * 201}", "This is too long: 200 characters at most."),
        (f"q={'+'.join('abcdefghijklm')}", "Use fewer words: 12 at most."),
        ("q=a&from=31.3.2026", "Write the day as in 2026-03-31."),
        ("q=a&from=2026-02-02&until=2026-02-01", "exchange the two"),
        ("q=a&section=topics/none", "There is no “topics/none” here"),
        ("q=a&kind=essay", "There is no “essay” here"),
        ("q=a&page=0", "Pages go from 1 to 25."),
        ("q=a&page=26", "Pages go from 1 to 25."),
        ("q=a&page=x", "Pages go from 1 to 25."),
        ("q=a%00", "Null characters"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(client, query, sentence):
    answer = client.get(f"/search/?{query}")
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    problem = client.get(f"/api/v1/search?{query}")
    assert problem.status_code == 422
    assert sentence in problem.json()["detail"]
    assert client.get(f"/search/feed.atom?{query}").status_code == 422


@given(st.text(max_size=60))
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
def test_no_words_break_it(client, words):
    patience.PER_NETWORK.clear()
    answer = client.get(
        f"/search/?q={quote(words.encode('utf-8', 'replace'))}", follow=True
    )
    assert answer.status_code in {200, 422}


@pytest.mark.parametrize(
    "words", ['" OR rowid', "a NEAR(b)", "b:* -c {d} ^e", "'); a --", "a:b|c&!d<->e"]
)
def test_signs_of_the_database_are_no_signs_here(client, words):
    a_post("Other")
    indexed()
    assert items(client, f"q={quote(words)}") == []


def test_nothing_found_gives_advice(client):
    assert b"Write fewer words" in client.get("/search/?q=nothing").content
    answer = client.get("/search/?q=nothing&kind=report")
    assert b"Take a condition away" in answer.content


def test_pages_go_on_until_all_was_shown(client):
    for number in range(25):
        a_post(f"Bread {number}")
    indexed()
    first = items(client, "q=bread")
    address = client.get("/api/v1/search?q=bread").json()["next"]
    assert parse_qs(urlsplit(address).query) == {"q": ["bread"], "page": ["2"]}
    second = client.get(address).json()
    assert second["next"] is None
    titles = [item["title"] for item in (*first, *second["items"])]
    assert titles == [f"Bread {number}" for number in reversed(range(25))]


def test_links_to_other_pages_are_not_for_crawlers(client):
    for number in range(21):
        a_post(f"Bread {number}")
    indexed()
    answer = client.get("/search/?q=bread")
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert b'href="/search/?q=bread&amp;page=2" rel="next nofollow"' in answer.content
    assert b"Disallow: /search/" in on_demand("/robots.txt")


def test_each_search_has_feeds_with_its_own_address(client):
    a_post("Bread", body="A text.", topics=(a_section(),))
    a_post("Other")
    indexed()
    body = client.get("/search/?q=bread").content.decode()
    for name in ("feed.atom", "feed.rss", "feed.json"):
        assert f'href="/search/{name}?q=bread"' in body
    atom = etree.fromstring(client.get("/search/feed.atom?q=bread").content)
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert atom.xpath("//a:entry/a:title/text()", namespaces=names) == ["Bread"]
    assert atom.xpath("/a:feed/a:link/@href", namespaces=names) == [
        "http://testserver/search/?q=bread",
        "http://testserver/search/feed.atom?q=bread",
    ]
    told = json.loads(client.get("/search/feed.json?q=bread").content)
    assert told["feed_url"] == "http://testserver/search/feed.json?q=bread"


def test_who_searches_very_much_is_asked_to_wait(client, monkeypatch):
    monkeypatch.setattr(patience.PER_NETWORK, "seconds", 3_600)
    for _time in range(patience.PER_NETWORK.capacity):
        assert client.get("/search/?q=a", REMOTE_ADDR="198.51.100.7").status_code == 200
    for address in ("/search/", "/search/feed.rss", "/api/v1/search"):
        answer = client.get(f"{address}?q=a", REMOTE_ADDR="198.51.100.7")
        assert answer.status_code == 429
        assert 1 <= int(answer["Retry-After"]) <= 3_600
    assert client.get("/search/?q=a", REMOTE_ADDR="198.51.100.8").status_code == 200


def test_a_search_that_takes_too_long_is_ended_and_says_so(client, monkeypatch):
    if connection.vendor == "postgresql":
        monkeypatch.setattr(engines, "LONGEST_SECONDS", 0.05)
        slow = "SELECT pg_sleep(9) WHERE %s < %s AND %s > 0 AND %s > '' AND %s > 0"
        monkeypatch.setattr(engines, "_WINDOWED", slow)
    else:
        monkeypatch.setattr(engines, "LONGEST_SECONDS", -1)
        monkeypatch.setattr(engines, "_STEPS", 1)
    a_post("Bread")
    indexed()
    answer = client.get("/search/?q=bread")
    assert answer.status_code == 503
    assert b"Add a word, a section or a time" in answer.content
    assert client.get("/api/v1/search?q=bread").status_code == 503
    assert client.get("/search/feed.atom?q=bread").status_code == 503


def test_no_cookie_and_nothing_stored(client):
    answer = client.get("/search/?q=bread")
    assert answer.cookies == {}
    assert answer["Cache-Control"] == "no-store"


def test_a_program_that_asks_for_nothing_or_for_what_is_not_there_is_told(client):
    assert client.get("/api/v1/search").json()["errors"][0]["field"] == "q"
    wrong = client.get("/api/v1/search?words=a").json()
    assert wrong["errors"][0]["field"] == "words"


def test_every_page_has_a_box_and_a_link():
    body = on_demand("/about/").decode()
    assert '<a href="/search/">' in body
    assert '<form action="/search/" method="get" role="search"' in body
