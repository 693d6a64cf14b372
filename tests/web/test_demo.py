"""The demo's town has enough to decide about for an editor's first evening."""

from collections import defaultdict

import pytest
from django.core.management.base import CommandError
from django.utils import timezone

from commonwire.calls.branches import Branches
from commonwire.calls.models import Organisation
from commonwire.media.messages import Refused
from commonwire.moderation.discretion import private_in
from commonwire.publishing.models import Post, Section
from commonwire.web.demo import comments, decisions, organisations, stories
from commonwire.web.demo.drawing import PICTURES
from commonwire.web.management.commands import demo


def test_forty_posts_are_there_to_be_sorted():
    new = [
        story
        for story in stories.STORIES
        if story.wire_class == "unsorted" and not (story.withdrawn or story.waiting)
    ]
    assert len(new) >= 45


def test_no_two_posts_have_the_same_title():
    titles = [story.title for story in stories.STORIES]
    assert len(set(titles)) == len(titles)


def test_what_is_said_of_posts_is_said_of_posts_that_are_there():
    titles = {story.title for story in stories.STORIES}
    about = [said.on for said in (*comments.COMMENTS, *decisions.REPORTS)]
    assert set(about) <= titles


def test_posts_stand_in_sections_that_the_town_has():
    topics, regions = dict(stories.TOPICS), dict(stories.REGIONS)
    for story in stories.STORIES:
        assert set(story.topics) <= topics.keys()
        assert set(story.regions) <= regions.keys()


def test_every_picture_is_drawn_and_described():
    files = {"flood.mp4", "bell.wav", "offer.pdf"}
    parts = [part for story in stories.STORIES for part in (story, *story.addenda)]
    pictures = [picture for part in parts for picture in part.pictures]
    assert {picture.name for picture in pictures} - files == PICTURES.keys()
    assert [p.name for p in pictures if not p.alt] == ["bell.wav"]


@pytest.mark.parametrize("story", stories.STORIES, ids=lambda story: story.title)
def test_no_post_of_the_town_tells_where_somebody_lives(story):
    found = private_in(f"{story.title}\n{story.body}")
    assert found is None or found.kind != "address"


@pytest.mark.django_db
def test_the_town_has_a_federation_of_three_levels():
    organisations.found()
    local = Organisation.objects.get(name=organisations.LOCAL)
    above = Branches.on(timezone.localdate()).above(local)
    names = [node.organisation.name for node in above]
    assert names == ["Lower Alder Council", organisations.FEDERATION]
    assert [each.name for each in local.merged_from.all()] == ["Tram Crews, Local 9"]


@pytest.mark.django_db
def test_a_file_that_is_not_made_leaves_an_empty_site_and_is_told(monkeypatch):
    def refuse(*_file):
        raise Refused("late", "It takes too much time.")

    monkeypatch.setattr(demo, "call_command", lambda *_name, **_how: None)
    monkeypatch.setattr(demo, "_draw", lambda _folder: defaultdict(str))
    monkeypatch.setattr(demo, "_receive", refuse)
    with pytest.raises(CommandError, match="Nothing was published"):
        demo.Command().handle()
    assert not Post.objects.exists()
    assert not Section.objects.exists()
