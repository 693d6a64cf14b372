"""What feed readers, search engines and programs read of a post."""

import json
from xml.etree import ElementTree as ET

import pytest

from commonwire.publishing.actions import corrections
from commonwire.publishing.content import Revision
from tests.factories import (
    NOON,
    a_feature,
    a_picture,
    a_post,
    a_section,
    a_site,
    an_addendum,
)
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
SITE = "http://testserver"
NASTY = "]]>&amp;<b>\u2028 \x85 😀 \u0bf5 “é”"
LISTINGS = [
    "/",
    "/wire/",
    "/wire/unsorted/",
    "/topics/labor/",
    "/regions/us/",
    "/2026/01/16/",
    "/2026/01/",
]


@pytest.fixture
def post():
    """A full post: sections, a picture, an addendum with a picture of its own."""
    return a_post(
        "Drivers vote",
        at=NOON,
        byline="Ana",
        summary="Ninety per cent.",
        body="The *count* was read.",
        language="es",
        related_url="https://example.org/count",
        topics=(a_section(),),
        regions=(a_section("region", "us", "U.S."),),
        attachments=(a_picture(alt="A hall"),),
        addenda=(
            an_addendum("Later", body="More **words**.", attachments=(a_picture(),)),
        ),
    )


def read(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return ET.fromstring(answer.content)


def the_item(client, path="/feed.json"):
    (item,) = json.loads(client.get(path).content)["items"]
    return item


@pytest.mark.parametrize("listing", LISTINGS)
def test_every_listing_is_a_feed_of_three_kinds(client, post, listing):
    titles = [
        read(client, f"{listing}feed.atom").find(f"{ATOM}entry/{ATOM}title").text,
        read(client, f"{listing}feed.rss").find("channel/item/title").text,
        the_item(client, f"{listing}feed.json")["title"],
    ]
    assert titles == ["Drivers vote"] * 3


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("feed.atom", "application/atom+xml"),
        ("feed.rss", "application/rss+xml"),
        ("feed.json", "application/feed+json"),
    ],
)
def test_a_feed_says_what_it_is(client, name, kind):
    assert client.get(f"/{name}")["Content-Type"] == f"{kind}; charset=utf-8"


def contents(client):
    atom = read(client, "/feed.atom").find(f"{ATOM}entry/{ATOM}content")
    rss = read(client, "/feed.rss").find(f"channel/item/{CONTENT}")
    return [atom.text, rss.text, the_item(client)["content_html"]]


def test_feeds_hold_the_full_text_with_addenda_and_pictures(client, post):
    for html in contents(client):
        page = Page(html)
        assert page.said("em") == ["count"]
        assert page.said("strong") == ["Ninety per cent.", "words"]
        assert page.said("h2") == ["§ Later"]
        assert len(page.all("img")) == 2


def test_every_address_in_a_feed_is_whole(client, post):
    for html in contents(client):
        page = Page(html)
        found = [
            e["attributes"].get("src") or e["attributes"]["href"]
            for e in [*page.all("img"), *page.all("a")]
        ]
        assert found
        assert not [
            address
            for address in found
            if not address.startswith(("http://", "https://"))
        ]


def test_the_pictures_are_enclosed(client, post):
    picture = post.pictures[0]
    links = read(client, "/feed.atom").findall(f"{ATOM}entry/{ATOM}link")
    atom, atom_of_addendum = [
        link.attrib for link in links if link.get("rel") == "enclosure"
    ]
    rss = read(client, "/feed.rss").find("channel/item/enclosure").attrib
    jsonfeed, json_of_addendum = the_item(client)["attachments"]
    address = SITE + picture.src
    assert [atom["href"], rss["url"], jsonfeed["url"]] == [address] * 3
    size = picture.src_bytes
    assert [int(atom["length"]), int(rss["length"]), jsonfeed["size_in_bytes"]] == [
        size
    ] * 3
    assert [atom["type"], rss["type"], jsonfeed["mime_type"]] == ["image/jpeg"] * 3
    assert atom_of_addendum["href"] == json_of_addendum["url"]


@pytest.mark.parametrize("feed", ["feed.atom", "feed.rss"])
def test_a_summary_is_text_also_where_a_feed_means_html(client, feed):
    a_post(summary="<script>alert(1)</script> 5 < 6 & AT&T")
    name = (
        f"{ATOM}entry/{ATOM}summary"
        if feed == "feed.atom"
        else "channel/item/description"
    )
    shown = read(client, f"/{feed}").find(name).text
    assert shown == "&lt;script&gt;alert(1)&lt;/script&gt; 5 &lt; 6 &amp; AT&amp;T"


def test_an_item_is_the_post(client, post):
    item = the_item(client)
    address = SITE + post.path
    assert (item["id"], item["url"]) == (address, address)
    assert item["authors"] == [{"name": "Ana"}]
    assert item["date_published"] == "2026-01-16T12:00:00+00:00"
    assert (item["summary"], item["language"]) == ("Ninety per cent.", "es")
    assert sorted(item["tags"]) == ["Labor", "U.S."]


def test_a_json_feed_is_one_of_version_1_1(client, post):
    feed = json.loads(client.get("/wire/feed.json").content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["home_page_url"] == f"{SITE}/wire/"
    assert feed["feed_url"] == f"{SITE}/wire/feed.json"


def test_a_correction_keeps_the_item_and_dates_its_change(client, post):
    before = the_item(client)
    corrections.correct(post=post, revision=Revision({"title": "They vote"}))
    from_now = json.loads(client.get("/wire/feed.json").content)["items"][0]
    assert from_now["id"] == before["id"]
    assert from_now["date_modified"] > before["date_modified"]


def test_a_post_without_a_byline_has_no_author(client):
    a_post("A")
    assert the_item(client)["authors"] == []


@pytest.mark.parametrize("name", ["title", "byline", "summary", "body"])
def test_nasty_characters_come_out_as_they_went_in(client, name):
    post = a_post(**{"title": "A", name: NASTY})
    title = read(client, "/feed.atom").find(f"{ATOM}entry/{ATOM}title").text
    assert title == post.title == the_item(client)["title"]
    read(client, "/feed.rss")


@pytest.mark.parametrize("feed", ["feed.atom", "feed.rss"])
def test_control_characters_of_editors_break_no_feed(client, feed):
    a_feature(a_post("A"), headline="A\x0bfeature", blurb="B\x1b")
    a_site(name="Wire\x07", tagline="T\x0c")
    read(client, f"/features/{feed}")
    read(client, f"/{feed}")


def test_features_are_a_feed(client, post):
    a_feature(post, headline="Look", blurb="*Why*")
    (item,) = json.loads(client.get("/features/feed.json").content)["items"]
    assert (item["title"], item["attachments"][0]["mime_type"]) == (
        "Look",
        "image/jpeg",
    )
    assert "<em>Why</em>" in item["content_html"]
    assert (
        read(client, "/features/feed.atom").find(f"{ATOM}entry/{ATOM}title").text
        == "Look"
    )


def test_an_empty_site_has_feeds_too(client):
    for name in ("feed.atom", "feed.rss"):
        read(client, f"/{name}")
    assert json.loads(client.get("/feed.json").content)["items"] == []


def test_a_feed_has_the_newest_thirty(client):
    for number in range(31):
        a_post(f"Post {number}")
    titles = [
        item["title"] for item in json.loads(client.get("/feed.json").content)["items"]
    ]
    assert titles == [f"Post {number}" for number in range(30, 0, -1)]


# Maps


def test_the_map_names_one_map_a_month(client, post):
    a_post(at=NOON.replace(year=2025, month=11))
    locations = [e.text for e in read(client, "/sitemap.xml").iter(f"{MAP}loc")]
    months = [f"{SITE}/sitemap-2026-01.xml", f"{SITE}/sitemap-2025-11.xml"]
    assert locations[-2:] == months


def test_a_month_s_map_names_its_posts(client, post):
    arabic = a_post("إضراب & Co", at=NOON)
    locations = [e.text for e in read(client, "/sitemap-2026-01.xml").iter(f"{MAP}loc")]
    assert len(locations) == 2
    assert all(address.isascii() for address in locations)
    for address in locations:
        assert client.get(address.removeprefix(SITE)).status_code == 200
    assert arabic.path not in locations


# Structured data


def structured(client, post):
    page = Page(client.get(post.path).content)
    return json.loads(page.one("script", type="application/ld+json")["text"])


def test_a_post_is_an_article_for_machines(client, post):
    data = structured(client, post)
    assert (data["@context"], data["@type"]) == ("https://schema.org", "Article")
    assert data["headline"] == "Drivers vote"
    assert data["author"] == {"@type": "Person", "name": "Ana"}
    assert data["datePublished"] == "2026-01-16T12:00:00+00:00"
    assert data["inLanguage"] == "es"
    assert data["image"] == [SITE + post.pictures[0].src]


def test_a_release_is_signed_by_a_body(client):
    post = a_post(kind="release", byline="Local 41")
    assert structured(client, post)["author"]["@type"] == "Organization"


def test_nothing_in_a_title_ends_the_data(client):
    title = "</script><script>alert(1)</script><!--"
    assert structured(client, a_post(title))["headline"] == title


def test_addresses_for_machines_are_plain(client):
    post = a_post("إضراب السائقين")
    data = structured(client, post)
    assert data["url"].isascii()
    page = Page(client.get(post.path).content)
    assert page.one("link", rel="canonical")["attributes"]["href"] == data["url"]
    assert (
        page.one("link", rel="alternate", hreflang="en")["attributes"]["href"]
        == data["url"]
    )


@pytest.mark.parametrize("state", ["waiting", "hidden", "withdrawn"])
def test_what_is_in_no_list_says_nothing_to_machines(client, state):
    post = a_post(
        "A", doubtful=state == "waiting", wire_class="hidden" * (state == "hidden")
    )
    if state == "withdrawn":
        corrections.withdraw(post=post)
    page = Page(client.get(post.path).content)
    assert page.all("script", type="application/ld+json") == []
    assert page.one("meta", name="robots")["attributes"]["content"] == "noindex"
