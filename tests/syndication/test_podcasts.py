"""Podcasts, as players read them."""

import json
import uuid
from xml.etree import ElementTree as ET

import pytest
from django.db import connection

from commonwire.media import store
from commonwire.publishing import queries
from commonwire.publishing.actions import corrections, files
from commonwire.syndication import podcasts
from tests.factories import NOON, a_picture, a_post, a_section, an_addendum
from tests.media.files import a_made, a_waiting
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)
SITE = "http://testserver"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nEleven hundred and three.\n"


@pytest.fixture
def sound():
    return a_made("sound", captions=CAPTIONS, text="Eleven hundred and three.")


@pytest.fixture
def post(sound):
    return a_post(
        "The count",
        at=NOON,
        byline="Ana",
        summary="Read out.",
        topics=(a_section(),),
        attachments=(a_picture(), sound),
    )


def channel(client, path="/podcast.rss"):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ET.fromstring(answer.content).find("channel")


def test_an_episode_is_the_mp3_with_its_bytes(client, post, sound):
    enclosure = channel(client).find("item/enclosure").attrib
    file = store.public(sound.content_id) / "sound.mp3"
    assert enclosure == {
        "url": f"{SITE}/media/{sound.content_id}/sound.mp3",
        "length": str(file.stat().st_size),
        "type": "audio/mpeg",
    }


def test_an_episode_says_what_players_show(client, post):
    item = channel(client).find("item")
    assert item.find("title").text == "The count"
    assert item.find("link").text.startswith(f"{SITE}{post.path}#file-")
    assert item.find(f"{ITUNES}duration").text == "3860"
    assert item.find(f"{ITUNES}author").text == "Ana"
    assert item.find(f"{ITUNES}image").get("href") == SITE + post.pictures[0].src
    assert item.find("pubDate").text == "Fri, 16 Jan 2026 12:00:00 +0000"


def test_the_shortest_recording_takes_a_second(client):
    a_post("A click", attachments=(a_made("sound", seconds=0.2),))
    assert channel(client).find(f"item/{ITUNES}duration").text == "1"


def test_an_episode_is_known_by_its_recording(client, post, sound):
    told = channel(client).find("item/guid")
    assert (told.text, told.get("isPermaLink")) == (sound.public_id, "false")


def titles(client):
    return [item.find("title").text for item in channel(client).findall("item")]


def test_every_recording_of_a_post_is_an_episode(client):
    first, third = a_made("sound"), a_made("sound")
    second = a_made("sound", caption="The vote, read out")
    part = an_addendum(attachments=(third, a_made("video")))
    a_post("The count", attachments=(first, second), addenda=(part,))
    assert titles(client) == ["The count (1)", "The vote, read out", "The count (3)"]
    ids = [item.find("guid").text for item in channel(client).findall("item")]
    assert ids == [each.public_id for each in (first, second, third)]


def test_a_recording_still_being_made_is_no_episode(client, post):
    waiting = a_waiting("sound")
    a_post("Later", attachments=(waiting, a_made("sound")))
    assert titles(client) == ["Later", "The count"]


def test_only_the_newest_episodes_are_told(client, monkeypatch):
    monkeypatch.setattr(podcasts, "MOST_EPISODES", 2)
    a_post("The count", attachments=tuple(a_made("sound") for _ in range(3)))
    assert titles(client) == ["The count (1)", "The count (2)"]


def test_an_episode_names_its_captions_and_transcript(client, post, sound):
    captions, page = channel(client).findall(f"item/{PODCAST}transcript")
    assert (captions.get("type"), page.get("type")) == ("text/vtt", "text/html")
    assert (captions.get("rel"), page.get("rel")) == ("captions", None)
    path = captions.get("url").removeprefix(SITE)
    lies = store.public(path.split("/")[2]) / "captions.vtt"
    assert lies.read_text() == CAPTIONS
    assert (
        f'id="{page.get("url").partition("#")[2]}"'.encode()
        in client.get(post.path).content
    )


def test_a_podcast_says_what_directories_ask_for(client, post):
    found = channel(client)
    assert found.find(f"{ITUNES}category").get("text") == "News"
    assert found.find(f"{ITUNES}image").get("href") == f"{SITE}/podcast.png"
    assert found.find(f"{ITUNES}explicit").text == "false"
    assert found.find(f"{ITUNES}author").text == found.find("title").text
    assert found.find(f"{PODCAST}locked").text == "yes"
    assert found.find(f"{PODCAST}medium").text == "podcast"
    assert uuid.UUID(found.find(f"{PODCAST}guid").text).version == 5
    (own,) = found.findall("{http://www.w3.org/2005/Atom}link")
    assert (own.get("rel"), own.get("href")) == ("self", f"{SITE}/podcast.rss")


def test_the_guid_is_the_namespace_s():
    # The example in the namespace's own documentation.
    assert podcasts.guid("https://mp3s.nashownotes.com/pc20rss.xml") == (
        "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    )


def test_a_section_has_its_own(client, post):
    a_section("topic", "silence", "Silence")
    found = channel(client, "/topics/labor/podcast.rss")
    assert len(found.findall("item")) == 1
    assert found.find("title").text.startswith("Labor: ")
    assert client.get("/topics/silence/podcast.rss").status_code == 404
    assert client.get("/topics/nothing/podcast.rss").status_code == 404


def test_there_is_none_where_nothing_sounds(client):
    a_post(attachments=(a_picture(), a_made("video")))
    assert client.get("/podcast.rss").status_code == 404
    assert b"podcast" not in client.get("/").content


@pytest.mark.parametrize("path", ["/", "/wire/", "/topics/labor/"])
def test_lists_with_sound_name_their_podcast(client, post, path):
    (link,) = Page(client.get(path).content).all("link", title="Podcast")
    wanted = "/topics/labor/podcast.rss" if "labor" in path else "/podcast.rss"
    assert link["attributes"]["href"] == wanted


def test_a_recording_in_an_addendum_counts(client):
    post = a_post("A", addenda=(an_addendum(attachments=(a_made("sound"),)),))
    assert post.has_sound
    assert len(channel(client).findall("item")) == 1


def test_a_recording_that_is_added_counts(client):
    post = a_post("A")
    corrections.add_addendum(
        post=post, content=an_addendum(attachments=(a_made("sound"),))
    )
    assert len(channel(client).findall("item")) == 1


def test_a_recording_counts_once_it_is_made(client):
    waiting = a_waiting("sound")
    post = a_post("A", attachments=(waiting,))
    assert not post.has_sound
    waiting.state, waiting.renditions = "made", a_made("sound").renditions
    waiting.save()
    files._tell(waiting)
    post.refresh_from_db()
    assert post.has_sound


def test_a_withdrawn_post_is_in_none(client, post):
    corrections.withdraw(post=post)
    assert client.get("/podcast.rss").status_code == 404


def test_the_posts_come_from_the_index_over_them(post):
    plan = queries.with_sound(limit=10).explain()
    assert "newest_with_sound" in plan
    assert "TEMP B-TREE" not in plan


def test_two_episodes_cost_as_many_queries_as_one(client, post):
    def asked():
        with connection.execute_wrapper(count):
            counted.clear()
            from commonwire.delivery.pages import find  # noqa: PLC0415 - here only

            family, groups = find("/podcast.rss")
            family.render(**groups)
            return len(counted)

    counted = []

    def count(execute, *words):
        counted.append(1)
        return execute(*words)

    asked()
    once = asked()
    for _ in range(2):
        a_post(attachments=(a_made("sound"),))
    assert asked() == once


# Other feeds and structured data


def test_feeds_lead_to_every_kind(client):
    kinds = ("video", "sound", "document")
    files_of_it = tuple(a_made(kind) for kind in kinds)
    a_post("A", attachments=files_of_it)
    (item,) = json.loads(client.get("/feed.json").content)["items"]
    types = [file["mime_type"] for file in item["attachments"]]
    assert types == ["video/mp4", "audio/mpeg", "application/pdf"]
    assert item["attachments"][1]["duration_in_seconds"] == 3860
    page = Page(item["content_html"])
    links = [link["attributes"]["href"] for link in page.all("a")]
    for file in files_of_it:
        assert SITE + file.src in links
    assert all(img["attributes"]["src"].endswith(".jpg") for img in page.all("img"))
    assert page.said("a")[-1] == "Document, 20 pages, 1 kB"


def test_recordings_are_told_to_machines(client):
    video = a_made("video", captions=CAPTIONS, text="Words", caption="A walk-out")
    post = a_post("A", attachments=(video, a_made("sound")))
    page = Page(client.get(post.path).content)
    data = json.loads(page.one("script", type="application/ld+json")["text"])
    (told,) = data["video"]
    assert told["@type"] == "VideoObject"
    assert told["contentUrl"] == f"{SITE}/media/{video.content_id}/video.mp4"
    assert told["duration"] == "PT2M5S"
    assert told["thumbnailUrl"].endswith("/320.jpg")
    assert told["transcript"] == "Words"
    assert told["caption"]["contentUrl"].endswith("/captions.vtt")
    assert data["audio"][0]["duration"] == "PT1H4M20S"
    assert data["image"] == [told["thumbnailUrl"]]
    seen = {tag["attributes"].get("property") for tag in page.all("meta")}
    assert {"og:image", "og:video", "og:audio"} <= seen
