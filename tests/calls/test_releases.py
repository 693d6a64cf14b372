"""A press release that was made of a call says when the call says something else."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from commonwire.calls.actions import calling
from commonwire.calls.models import CallRelease
from commonwire.calls.releases import note_of
from commonwire.calls.states import DemandStatus
from commonwire.delivery.pages.releases import Releases
from commonwire.delivery.printing import on_demand, print_stale
from commonwire.publishing.actions import corrections
from commonwire.publishing.content import Revision
from commonwire.publishing.models import Post
from tests.calls.factories import a_call, hours, told
from tests.contributor import Contributor
from tests.syndication.pdfs import words_of

pytestmark = pytest.mark.django_db
KEY = "six words that open the room"


@pytest.fixture
def call():
    return a_call(key=KEY, content=told(hours(8)))


@pytest.fixture
def draft(client, call):
    room = Contributor(client).enter(KEY).room(call.post, "call")
    with time_machine.travel(timezone.now() - timedelta(minutes=1), tick=False):
        room.send(do="release")
    # The host of tests has no dot in it.
    return room.send(do="preview", related_url="")


@pytest.fixture
def release(draft, call):
    """Made of the call in its author's room, and published."""
    draft.send(do="publish")
    return Post.objects.get(kind="release")


def move(call, **fields):
    """Its author corrects the call."""
    own = told(hours(6), **fields)
    corrections.correct(post=call.post, revision=Revision(own=own))


def outputs(release):
    names = ("", "release.txt", "ninjs.json")
    found = [on_demand(release.path + name).decode() for name in names]
    return [*found, words_of(on_demand(release.path + "release-a4.pdf"))[0]]


def test_while_the_call_says_the_same_it_says_nothing(release):
    assert note_of(release) is None


@pytest.mark.usefixtures("release")
def test_it_goes_under_the_key_of_its_call(call):
    assert Post.objects.get(kind="release").key == call.post.key


def test_every_output_says_that_the_call_was_changed_and_where_it_is(call, release):
    outputs(release)
    move(call)
    print_stale()
    for output in outputs(release):
        said = " ".join(output.split())
        assert "Its call was changed on" in said
        assert "6:00 AM" in said
        assert call.post.path in output


def test_every_output_says_that_the_call_was_called_off(call, release):
    outputs(release)
    calling.call_off(call=call, because="The ice is too thin.")
    print_stale()
    for output in outputs(release):
        assert "Its call was called off on" in " ".join(output.split())


def test_a_demand_that_is_won_is_a_change(call, release):
    first, won = call.demands.first(), DemandStatus.WON
    calling.set_status(demand=first, status=won, day=call.first_day)
    assert "What we demand" in note_of(release).words


def test_when_the_call_is_over_it_says_so(call, release):
    outputs(release)
    with time_machine.travel(call.ends_at + timedelta(minutes=1), tick=False):
        now, before = call.ends_at + timedelta(minutes=1), release.published_at
        due = list(Releases().due(now, lambda _path: before))
        assert release.path in due
        assert f"{release.path}release.txt" in due
        assert "Its call was over on January 16, 2027." in note_of(release).words


def test_of_a_call_that_was_withdrawn_no_word_stays(call, release):
    corrections.withdraw(post=call.post)
    assert "withdrawn" in note_of(release).words
    assert CallRelease.objects.get().told == {}


def test_its_author_brings_it_up_to_date(client, call, release):
    move(call, demands=())
    room = Contributor(client).enter(KEY)
    assert b"bring it up to date" in room.answer.content
    room.room(release, "of-call").send(do="put")
    release.refresh_from_db()
    assert "6:00 AM" in release.release["subheadline"]
    assert "Shelters at every stop — dropped since" in release.body
    assert note_of(release) is None


def test_what_its_author_worded_otherwise_is_left_to_them(client, call, release):
    corrections.correct(post=release, revision=Revision({"body": "In my words."}))
    move(call, demands=())
    room = Contributor(client).enter(KEY).room(release, "of-call")
    room.send(do="put")
    assert note_of(release).behind == ("demands",)
    room.send(do="follows")
    assert note_of(release) is None


def test_a_draft_is_not_published_before_its_author_knows_of_the_change(call, draft):
    move(call)
    draft.send(do="publish")
    assert "6:00 AM" in draft.page.text
    assert not Post.objects.filter(kind="release").exists()
    draft.send(do="publish")
    assert Post.objects.filter(kind="release").exists()
