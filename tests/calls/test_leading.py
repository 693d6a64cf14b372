"""What the author of a call does with it, and what others bring."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from commonwire.calls.actions import calling, issuing, local_events, verifying
from commonwire.calls.actions.endorsing import Refused
from commonwire.calls.facts import facts_of
from commonwire.calls.local import local_events_of
from commonwire.calls.models import CallEvent
from commonwire.calls.queries import with_call
from commonwire.calls.states import Proof
from commonwire.calls.stewardship import Acting
from commonwire.delivery.printing import on_demand
from tests.calendar import an_event
from tests.calls.factories import a_call, told
from tests.contributor import Contributor
from tests.factories import an_organisation

pytestmark = pytest.mark.django_db
KEY = "six words that open the room"


@pytest.fixture
def call():
    return a_call(key=KEY)


@pytest.fixture
def room(client, call):
    return Contributor(client).enter(KEY).room(call.post, "call")


def test_what_was_refused_comes_back_as_it_was_typed(room):
    room.send(do="invite", organisation="Nobody At All")
    assert (room.status, room.typed["organisation"]) == (422, "Nobody At All")
    assert b"Done." not in room.answer.content


def added(client, call, event):
    """Somebody adds an event to the call."""
    anybody = Contributor(client, address="203.0.113.9")
    before = timezone.now() - timedelta(minutes=1)
    with time_machine.travel(before, tick=False):
        anybody.get(f"/calls/{call.post_id}/event/")
    return anybody.send(event=f"http://testserver{event.path}")


def test_a_call_is_called_off_with_its_reason(room, call):
    room.post(room.where, {"do": "call off", "because": "The ice is too thin."})

    call.refresh_from_db()
    assert call.called_off_because == "The ice is too thin."


def test_without_a_reason_it_is_not_called_off(room, call):
    room.post(room.where, {"do": "call off"})

    assert room.status == 422
    call.refresh_from_db()
    assert call.called_off_at is None


def test_a_call_that_was_called_off_is_taken_up_again_and_keeps_its_history(room, call):
    room.post(room.where, {"do": "call off", "because": "The ice is too thin."})
    off = facts_of(with_call(call.post)).sequence
    room.post(room.where, {"do": "take up", "note": "It froze again."})

    told = facts_of(with_call(call.post))
    assert (told.state, told.sequence) == ("published", off + 1)
    page = on_demand(call.post.path).decode()
    assert "It froze again." in page
    assert "The ice is too thin." in page
    assert "STATUS:CONFIRMED" in on_demand(f"{call.post.path}call.ics").decode()


def test_a_call_whose_day_is_over_is_not_taken_up(call):
    calling.call_off(call=call, because="The ice is too thin.")

    with time_machine.travel(call.ends_at, tick=False), pytest.raises(Refused):
        calling.take_up(call=call)


def test_a_demand_is_won(room, call):
    sent = {"do": "status", "demand": "2", "status": "won", "since": "2026-11-02"}
    room.post(room.where, sent)

    assert str(call.demands.get(number=2).since) == "2026-11-02"


@pytest.mark.parametrize("since", ["soon", "2999-01-01", "2093-01-01"])
def test_a_day_that_is_none_or_to_come_changes_nothing(room, call, since):
    room.post(
        room.where, {"do": "status", "demand": "2", "status": "won", "since": since}
    )

    assert room.status == 422
    assert call.demands.get(number=2).status == "open"


def test_a_strangers_event_is_listed_when_the_author_has_looked(client, room, call):
    event = an_event("Vigil at the bridge")
    added(client, call, event)
    assert local_events_of(call) == []

    room.post(room.where, {"do": "list", "row": CallEvent.objects.get().pk})
    assert b"Vigil at the bridge" in on_demand(call.post.path)
    assert b"Vigil at the bridge" in on_demand(f"{call.post.path}call.ics")


def test_a_verified_organisations_event_is_listed_when_its_author_agrees(client, call):
    event, body = an_event("Vigil at the bridge"), an_organisation()
    verifying.verify(organisation=body, by=Proof.EDITOR)
    issuing.issue(post=event, by=Acting(body))
    added(client, call, event)
    assert local_events_of(call) == []

    local_events.agree(event=CallEvent.objects.get())
    assert b"Vigil at the bridge" in on_demand(call.post.path)


def test_what_is_no_event_is_not_added(client, call):
    assert added(client, call, call.post).status == 422


def test_a_translation_is_agreed_in_the_room(room, call):
    other = a_call(
        "Jornada de invierno",
        language="es",
        content=told(asks=(), demands=(), translates=call.pk),
    )
    room.post(room.where, {"do": "agree", "row": other.pk})

    assert b"Jornada de invierno" in on_demand(call.post.path)


def test_a_press_release_is_drafted_from_it(room):
    room.post(room.where, {"do": "release"})

    assert room.where.startswith("/publish/")
    assert room.typed["title"].startswith("Winter day of action")
    assert "Night buses until two" in room.typed["body"]


def test_the_release_of_a_call_under_embargo_is_under_the_same(client):
    until = datetime(2027, 1, 10, 9, 0, tzinfo=UTC)
    call = a_call(key=KEY, content=told(embargo_until=until))
    room = Contributor(client).enter(KEY).room(call.post, "call")
    room.post(room.where, {"do": "release"})

    typed = room.typed
    found = [typed[f"release-{name}"] for name in ("status", "embargo_at")]
    assert found == ["embargoed", "2027-01-10T09:00"]


def test_a_pasted_release_becomes_a_call(client):
    contributor = Contributor(client)
    contributor.open()
    contributor.send(
        do="read",
        kind="call",
        pasted="""FOR IMMEDIATE RELEASE

Riders call a day of action

RIVERTON — Riders will stay out of buses on January 16, 2027.

We demand:
- Night buses until two
- No fare rise this winter

What you can do:
- Stand with us at the depot

###""",
    )

    assert contributor.typed["kind"] == "call"
    assert contributor.typed["call-first_day"] == "2027-01-16"
    assert contributor.typed["call-demands-1-text"] == "No fare rise this winter"
    assert contributor.typed["call-asks-0-text"] == "Stand with us at the depot"


@pytest.mark.parametrize(
    "path", ["/", "/wire/", "/wire/feed.atom", "/wire/feed.json", "/calls/feed.rss"]
)
def test_every_list_and_feed_says_that_it_was_called_off(room, path):
    room.post(room.where, {"do": "call off", "because": "The ice is too thin."})

    assert "Called off on" in on_demand(path).decode()
