"""A release of a call that was called off says so wherever it stands, and stays."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from commonwire.calls.actions import calling
from commonwire.calls.actions.releasing import now_said
from commonwire.calls.models import CallRelease
from commonwire.calls.standing import called_off_posts
from commonwire.delivery.printing import on_demand, print_stale
from commonwire.publishing.actions import corrections
from commonwire.publishing.models import Post
from commonwire.publishing.parts import part_of
from tests.calls.factories import a_call, changed, hours, told
from tests.factories import a_post
from tests.search import indexed
from tests.syndication.pdfs import words_of

pytestmark = pytest.mark.django_db
OFF = "Its call was called off on"
EVERYWHERE = ("/", "/wire/", "/embed.html", "/wire/feed.atom", "/wire/feed.json")


@pytest.fixture
def call():
    return a_call()


def made_of(call):
    post = a_post("The choir sings at the terminus", kind="release")
    CallRelease.objects.create(
        post=post,
        of=call.post,
        told=now_said(call.post),
        told_at=timezone.now(),
    )
    return post


@pytest.fixture
def release(call):
    return made_of(call)


def read(path):
    """Once the worker has printed what is due."""
    print_stale()
    return on_demand(path)


def off(call):
    calling.call_off(call=call, because="The ice is too thin.")


def test_lists_and_feeds_say_it_and_stop_when_it_is_on_again(call, release):
    def saying():
        return [path for path in EVERYWHERE if OFF in read(path).decode()]

    assert saying() == []
    off(call)
    assert saying() == [*EVERYWHERE]
    calling.take_up(call=call)
    assert saying() == []


def test_its_frame_and_what_it_is_embedded_by_say_it(call, release):
    for name in ("embed.html", "oembed.json"):
        on_demand(release.path + name)
    off(call)
    for name in ("embed.html", "oembed.json"):
        assert OFF in read(release.path + name).decode(), name


def test_its_poster_says_it(call, release):
    on_demand(f"{release.path}poster-a4.pdf")
    off(call)
    text = words_of(read(f"{release.path}poster-a4.pdf"))[0]
    assert OFF in " ".join(text.split())


def test_programs_read_it_and_that_it_was_changed(client, call, release):
    path = f"/api/v1/posts/{release.pk}"
    before = client.get(path).json()
    off(call)
    after = client.get(path).json()
    assert before["called_off"] == ""
    assert after["called_off"].startswith(OFF)
    assert Post.objects.get(pk=release.pk).updated_at > release.updated_at


def test_newsrooms_get_another_version_at_each_turn(call, release):
    found = [json.loads(read(f"{release.path}ninjs.json"))]
    off(call)
    found.append(json.loads(read(f"{release.path}ninjs.json")))
    calling.take_up(call=call)
    found.append(json.loads(read(f"{release.path}ninjs.json")))
    corrections.withdraw(post=call.post)
    found.append(json.loads(read(f"{release.path}ninjs.json")))
    assert [each["version"] for each in found] == ["1", "2", "3", "4"]


def test_other_hours_are_a_turn(call, release):
    changed(call, told(hours(6)))
    assert CallRelease.objects.get().turns == 1


def test_a_correction_that_the_release_has_nothing_of_is_no_turn(call, release):
    there = part_of("call").content_of(call.post)
    changed(call, replace(there, know="Bring tea."))
    assert CallRelease.objects.get().turns == 0


def test_a_search_says_it(client, call, release):
    indexed()
    off(call)
    (found,) = client.get("/api/v1/search?q=choir").json()["items"]
    assert found["called_off"].startswith(OFF)


def test_of_an_embargoed_call_nothing_is_said():
    held = a_call(content=told(embargo_until=timezone.now() + timedelta(days=1)))
    made = made_of(held)
    off(held)
    assert called_off_posts([made.pk]) == {}
    assert CallRelease.objects.get().turns == 0
