"""Changes of every kind, made by the actions that record them."""

import pytest

from commonwire.changes.models import Change
from commonwire.publishing.actions import corrections, sorting
from commonwire.publishing.content import Revision
from commonwire.publishing.models import Section
from tests.factories import (
    NOON,
    a_feature,
    a_post,
    a_section,
    a_site,
    an_addendum,
)

POST = "/2026/01/16/a-vote/"


@pytest.fixture
def post():
    """Of January 16, 2026, under a topic and a region."""
    sections = a_section("topic", "labor", "Labor"), a_section("region", "us", "U.S.")
    return a_post("A vote", at=NOON, topics=sections[:1], regions=sections[1:])


@pytest.fixture
def change(post):
    """The change that an act of the given kind recorded."""

    def make(kind):
        ACTS[kind](post)
        return Change.objects.latest("pk")

    return make


ACTS = {
    "post.published": lambda _post: a_post(
        "Another", at=NOON, topics=(Section.objects.get(slug="labor"),)
    ),
    "post.corrected": lambda post: corrections.correct(
        post=post, revision=Revision({"title": "The vote"})
    ),
    "post.added_to": lambda post: corrections.add_addendum(
        post=post, content=an_addendum(body="More.")
    ),
    "post.withdrawn": lambda post: corrections.withdraw(post=post),
    "post.sorted": lambda post: sorting.sort(post=post, wire_class="local"),
    "post.hidden": lambda post: sorting.sort(post=post, wire_class="hidden"),
    "post.released": lambda post: sorting.release(post=post),
    "feature.saved": a_feature,
    "site.changed": lambda _post: a_site(name="Riverton Wire"),
}


@pytest.fixture(params=ACTS)
def any_change(request, change):
    return change(request.param)


@pytest.fixture(params=[kind for kind in ACTS if kind.startswith("post.")])
def any_post_change(request, change):
    return change(request.param)


@pytest.fixture(params=[kind for kind in ACTS if not kind.startswith("post.")])
def other_change(request, change):
    return change(request.param)
