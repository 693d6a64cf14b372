"""Work or time: what publishing costs, and nobody is asked who they are."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from commonwire.publishing import patience
from commonwire.publishing.models import Draft, Post
from commonwire.publishing.pressure import arrivals
from tests.contributor import Contributor, the_post
from tests.factories import a_site
from tests.work import work

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = {"title": "A vote", "body": "Text."}
ROOM = "One moment, then it is published"


def heading(contributor):
    return contributor.page.said("h1")


def hurried(contributor, **typed):
    """Somebody without scripts who publishes at once."""
    return contributor.open(minutes_ago=0).publish(**{**TEXT, **typed})


def pressed(times):
    """As if so many times what the site calls a flood had come in."""
    a_site(flood_rate=10)
    for _ in range(int(times)):
        arrivals.count()


def test_in_quiet_times_who_took_a_minute_to_write_does_not_wait(contributor):
    assert heading(contributor.publish(**TEXT)) == ["Published"]


def test_who_is_quicker_waits_and_loses_nothing(contributor):
    hurried(contributor)
    assert (heading(contributor), Post.objects.count()) == ([ROOM], 0)
    assert Draft.objects.get().typed["title"] == "A vote"


def test_who_has_waited_publishes(contributor):
    assert heading(hurried(contributor).wait()) == ["Published"]


def test_the_waiting_room_keeps_what_was_typed_at_the_last_moment(contributor):
    contributor.open(minutes_ago=0).preview(**TEXT)
    contributor.send(do="publish", title="A strike").wait()
    assert the_post().title == "A strike"


def test_who_presses_too_early_is_told_how_long_is_left(contributor):
    hurried(contributor).wait(seconds=1)
    (said,) = contributor.page.said("p", class_="notice")
    assert said in {"Not yet: 2 seconds more.", "Not yet: 3 seconds more."}
    assert Post.objects.count() == 0


def test_a_forged_room_is_told_and_a_fresh_one_given(contributor):
    hurried(contributor)
    draft = contributor.where.split("/")[2]
    contributor.post(f"/publish/{draft}/wait/forged:token/", {})
    assert contributor.page.said("p", class_="notice") == [
        "The address of the waiting room was not whole, so this is a new one."
    ]
    assert heading(contributor.wait()) == ["Published"]


def test_the_room_of_another_draft_is_told_and_a_fresh_one_given(client):
    mine, other = hurried(Contributor(client)), hurried(Contributor(client), title="B")
    room = other.where.split("/")[4]
    mine.post(f"/publish/{mine.where.split('/')[2]}/wait/{room}/", {})
    assert mine.page.said("p", class_="notice") == [
        "That waiting room was for another draft, so this is a new one."
    ]
    assert heading(mine.wait()) == ["Published"]


def test_a_room_of_yesterday_is_told_and_a_fresh_one_given(contributor):
    hurried(contributor).wait(seconds=24 * 3600)
    assert contributor.page.said("p", class_="notice") == [
        "You waited here half a day ago; wait once more, a moment."
    ]


@pytest.mark.parametrize(("hours", "counts"), [(-1, True), (0, True), (25, False)])
def test_a_form_of_before_the_clock_was_set_back_is_none(hours, counts):
    token = patience.form_token(timezone.now() + timedelta(hours=hours))
    assert bool(patience.opened(token)) == counts


def test_a_room_opens_once(contributor):
    room = hurried(contributor).where
    published = contributor.wait().where
    assert contributor.post(room, {}).where == published
    assert Post.objects.count() == 1


def test_one_form_s_age_counts_for_one_draft(contributor):
    form = contributor.open().page
    assert heading(contributor.publish(**TEXT)) == ["Published"]
    contributor.page, contributor.where = form, "/publish/"
    contributor.publish(title="Another vote", body="Another text.")
    assert heading(contributor) == [ROOM]


def test_a_proof_of_work_spares_the_wait(contributor):
    pressed(1000)
    assert heading(contributor.publish(**TEXT, altcha=work())) == ["Published"]


def test_work_that_comes_with_the_last_step_counts(contributor):
    pressed(1000)
    contributor.preview(**TEXT).send(do="publish", altcha=work())
    assert heading(contributor) == ["Published"]


def test_work_counts_once(client):
    done = work()
    pressed(1000)
    first = Contributor(client).publish(**TEXT, altcha=done)
    again = Contributor(client).publish(title="B", body="Other.", altcha=done)
    assert (heading(first), heading(again)) == (["Published"], [ROOM])


@pytest.mark.parametrize("payload", ["x", "e30=", "é" * 20, "A" * 5000, "\0"])
def test_work_that_is_none_is_as_if_there_were_none(contributor, payload):
    pressed(1000)
    assert heading(contributor.publish(**TEXT, altcha=payload)) == [ROOM]


def test_the_wait_grows_with_what_comes_in():
    pressed(10)
    assert patience.needed() == timedelta(seconds=30)


def test_the_wait_has_an_end():
    pressed(100_000)
    assert patience.needed() == timedelta(minutes=2)


def test_a_site_that_calls_nothing_a_flood_never_waits_longer():
    pressed(1000)
    a_site(flood_rate=None)
    assert patience.needed() == timedelta(seconds=3)


def test_an_old_draft_has_waited_long_enough(contributor):
    with time_machine.travel(timezone.now() - timedelta(minutes=5), tick=False):
        contributor.open(minutes_ago=0).preview(**TEXT, opened="x")
    assert heading(contributor.send(do="publish")) == ["Published"]


def test_the_room_of_a_draft_that_is_gone_leads_to_an_empty_form(contributor):
    hurried(contributor)
    Draft.objects.all().delete()
    contributor.get(contributor.where)
    assert contributor.status == 303 or contributor.typed["title"] == ""
