"""Changes of every kind, made by the actions that record them; decisions of a spring."""

from datetime import UTC, datetime

import pytest

from commonwire.changes.models import Change
from commonwire.delivery.printing import print_stale
from commonwire.moderation.actions import placing
from commonwire.moderation.models import Decision
from commonwire.publishing.actions import corrections, sorting
from commonwire.publishing.content import Revision
from commonwire.publishing.models import Section
from tests.factories import (
    NOON,
    a_feature,
    a_post,
    a_rule,
    a_section,
    a_site,
    an_addendum,
    an_editor,
)
from tests.page import Page

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


# Decisions


@pytest.fixture
def ada():
    return an_editor("Ada")


@pytest.fixture
def hide():
    """Hide a post of this title, at noon of a day of 2026 unless an hour is given."""

    def make(by, title, month, day, rule="advertising", hour=12):
        post = a_post(title)
        made = placing.hide(by=by, post=post, rule=a_rule(rule), reason="Pills.")
        at = datetime(2026, month, day, hour, tzinfo=UTC)
        Decision.objects.filter(pk=made.pk).update(at=at)
        print_stale()
        return made

    return make


@pytest.fixture
def spring(ada, hide):
    """Three decisions: of two days of March, and of one of May."""
    hide(ada, "One", 3, 1)
    hide(an_editor("Łucja B."), "Two", 3, 2, rule="threats")
    hide(ada, "Three", 5, 4)


@pytest.fixture
def decided(ada):
    """The change that a decision of now recorded."""
    placing.hide(by=ada, post=a_post("Now"), rule=a_rule(), reason="Pills.")
    return Change.objects.get(kind="decision.made")


@pytest.fixture
def titles(client):
    """The posts that a page of the log names; None when it is no page."""

    def read(path):
        answer = client.get(path)
        if answer.status_code == 404:
            return None
        said = Page(answer.content).said("p", class_="said")
        return [words.split("“")[1].split("”")[0] for words in said]

    return read
