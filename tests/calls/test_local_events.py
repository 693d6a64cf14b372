"""One form publishes an event and puts it under its call; without scripts."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from commonwire.calls.actions import calling, local_events, stewards, verifying
from commonwire.calls.local import local_events_of
from commonwire.calls.models import CallEvent, Steward
from commonwire.calls.states import Proof
from commonwire.calls.stewardship import Acting
from commonwire.delivery.printing import on_demand, print_stale
from commonwire.publishing.models import Post
from tests.calls.factories import a_call, told
from tests.contributor import Contributor
from tests.factories import a_key_to, an_organisation
from tests.page import Page

pytestmark = pytest.mark.django_db
VIGIL = {
    "kind": "event",
    "title": "Vigil at the bridge",
    "body": "Bring a light.",
    "event-start_day": "2027-01-16",
    "event-start_time": "18:00",
    "event-zone": "UTC",
}


@pytest.fixture
def call():
    return a_call()


def at_the_form(client, call):
    """Somebody who came by the call's own button, a minute ago."""
    (link,) = [
        a["attributes"]["href"]
        for a in Page(on_demand(call.post.path)).all("a")
        if a["attributes"].get("href", "").startswith("/publish/?kind=event")
    ]
    contributor = Contributor(client)
    before = timezone.now() - timedelta(minutes=1)
    with time_machine.travel(before, tick=False):
        contributor.get(link)
    contributor.where = "/publish/"
    return contributor


def as_steward(client, call, body):
    """A steward at the form since a minute, from the organisation's room."""
    key, before = a_key_to(body), timezone.now() - timedelta(minutes=1)
    with time_machine.travel(before, tick=False):
        room = Contributor(client).post("/organisations/room/", {"key": key})
        return room.post(f"{room.where}publish/", {"call": call.post_id})


def words(contributor):
    return " ".join(contributor.page.text.split())


def test_one_form_publishes_an_event_under_a_call_unlisted(client, call):
    done = at_the_form(client, call).publish(**VIGIL)

    assert "listed there as soon as the issuer or an editor has looked" in words(done)
    assert CallEvent.objects.get().call == call
    assert local_events_of(call) == []


def test_the_form_and_its_preview_say_under_which_call(client, call):
    contributor = at_the_form(client, call)
    assert f"added to the call {call.post.title}" in words(contributor)

    contributor.preview(**VIGIL)
    assert f"added to the call {call.post.title}" in words(contributor)


def test_a_verified_organisations_event_stands_there_at_once(client, call):
    body = an_organisation()
    verifying.verify(organisation=body, by=Proof.EDITOR)
    done = as_steward(client, call, body).publish(**VIGIL)

    assert "It stands under the call" in words(done)
    assert b"Vigil at the bridge" in on_demand(call.post.path)


def test_a_call_that_is_called_off_meanwhile_is_said_before_anything_is_public(
    client, call
):
    contributor = at_the_form(client, call).preview(**VIGIL)
    calling.call_off(call=call, because="The ice is too thin.")
    contributor.send(do="publish")
    assert "it will stand by itself and not under the call" in words(contributor)
    assert not Post.objects.filter(kind="event").exists()

    contributor.send(do="publish")
    assert Post.objects.get(kind="event").title == "Vigil at the bridge"


def test_a_steward_whose_key_was_taken_back_is_told_before_it_is_not_issued(
    client, call
):
    body = an_organisation("Riverton Riders")
    contributor = as_steward(client, call, body).preview(**VIGIL)
    stewards.take_back(by=Acting(body), steward=Steward.objects.get())
    contributor.send(do="publish")
    assert "Your key no longer acts for “Riverton Riders”" in words(contributor)
    assert not Post.objects.filter(kind="event").exists()

    contributor.send(do="publish")
    assert not Post.objects.get(kind="event").issuers.exists()


def test_a_number_that_is_no_open_call_leads_to_the_plain_form(client):
    contributor = Contributor(client).get("/publish/?kind=event&call=7up")

    assert "added to the call" not in words(contributor)


# Events that others put under a call


@pytest.fixture
def breakfast(client, call):
    """Somebody's event, which a stranger put under a call."""
    author = Contributor(client).publish(**{**VIGIL, "title": "Breakfast"})
    post = Post.objects.get(kind="event")
    return author, local_events.add(call=call, post=post)


def test_its_author_is_asked_and_takes_it_out(client, call, breakfast):
    author, event = breakfast
    local_events.list_event(event=event)
    room = author.enter()
    assert "say whether it belongs there" in words(room)

    room.post(f"{room.where}{event.post_id}/under-call/", {"do": "leave"})
    assert "does not stand under this call" in words(room)
    assert local_events_of(call) == []


def test_its_author_agrees_and_its_page_leads_to_the_call(client, call, breakfast):
    author, event = breakfast
    local_events.list_event(event=event)
    assert call.post.path.encode() not in on_demand(event.post.path)

    room = author.enter()
    room.post(f"{room.where}{event.post_id}/under-call/", {"do": "agree"})
    print_stale()
    assert call.post.path.encode() in on_demand(event.post.path)


def test_a_stranger_keeps_no_event_from_its_own_call(call, breakfast):
    _author, event = breakfast
    other = a_call("Another day", content=told(asks=(), demands=()), body="The ferry.")
    with pytest.raises(local_events.Refused, match="under another call"):
        local_events.add(call=other, post=event.post)

    assert local_events.add(call=other, post=event.post, agreed=True).call == other


def test_what_its_author_took_out_is_not_put_there_again(call, breakfast):
    _author, event = breakfast
    local_events.leave(event=event)
    with pytest.raises(local_events.Refused, match="added already"):
        local_events.add(call=call, post=event.post)
    with pytest.raises(local_events.Refused, match="author took it out"):
        local_events.list_event(event=event)


def test_its_author_changes_their_mind(call, breakfast):
    _author, event = breakfast
    local_events.leave(event=event)
    local_events.agree(event=event)
    local_events.list_event(event=event)
    assert [each.title for each in local_events_of(call)] == ["Breakfast"]
