"""An organisation's program does what its steward does."""

import json

import pytest
from django.utils import timezone

from commonwire.calls.actions import calling, endorsing, stewards
from commonwire.calls.actions.verifying import verify
from commonwire.calls.endorsers import endorsers_of
from commonwire.calls.local import local_events_of
from commonwire.calls.models import Issuer
from commonwire.calls.states import Proof
from tests.calendar import an_event
from tests.calls.actions.test_calling import stands
from tests.calls.factories import DAY, a_call, a_time, changed, told
from tests.calls.test_endorsing import offered
from tests.factories import an_organisation

pytestmark = pytest.mark.django_db
VOTE = {"how": "vote", "office": "president"}


@pytest.fixture
def call():
    return a_call()


@pytest.fixture
def riders():
    return an_organisation("Riverton Riders")


@pytest.fixture
def send(client, riders):
    token = stewards.add_organisations_token(organisation=riders, name="program")

    def send(path, told=None, method="post"):
        return client.generic(
            method.upper(),
            f"/api/v1/posts{path}",
            json.dumps(told) if told is not None else "",
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )

    return send


def names(call):
    return [each.name for each in endorsers_of(call).standing]


def test_a_program_endorses_for_its_organisation(call, send):
    made = send(f"/{call.post_id}/endorsement", VOTE)

    assert (made.status_code, made.json()["state"]) == (201, "confirmed")
    assert names(call) == ["Riverton Riders"]


def test_it_gives_it_again_for_another_version(call, send):
    where = f"/{call.post_id}/endorsement"
    send(where, VOTE)
    changed(call, told(a_time(DAY.replace(day=23)), demands=stands(call)))
    before = send(where, method="get").json()
    after = send(where, VOTE).json()

    assert (before["version"], before["newest"], after["version"]) == (1, 2, 2)
    assert send(where, VOTE).status_code == 409


def test_it_withdraws_what_it_gave_and_declines_what_it_was_asked(call, send, riders):
    where = f"/{call.post_id}/endorsement"
    send(where, VOTE)
    assert send(where, method="delete").json()["state"] == "withdrawn"
    endorsing.invite(call=call, organisation=riders)
    assert send(where, method="delete").json()["state"] == "declined"

    assert send(where, method="delete").status_code == 409
    assert names(call) == []


def test_what_a_stranger_wrote_in_its_name_it_says_is_not_true(call, send, riders):
    offered(call, riders)
    answer = send(f"/{call.post_id}/endorsement", method="delete")

    assert answer.json()["state"] == "refused"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"office": "president"}, "how"),
        ({"how": "vote"}, "office"),
        ({**VOTE, "how": "lot"}, "how"),
        ({**VOTE, "decided_on": "9999-01-01"}, "decided_on"),
    ],
)
def test_a_fault_names_its_field_and_nothing_stands(call, send, wrong, field):
    answer = send(f"/{call.post_id}/endorsement", wrong)

    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == [field]
    assert names(call) == []


def test_nobody_endorses_a_call_that_is_off(call, send):
    calling.call_off(call=call, because="The ice is too thin.")

    assert send(f"/{call.post_id}/endorsement", VOTE).status_code == 409


def test_it_puts_an_event_under_a_call(call, send, riders):
    post = an_event("Picket at the gate")
    answer = send(f"/{call.post_id}/events", {"event": post.pk})

    assert (answer.status_code, answer.json()["listed"]) == (201, False)
    assert send(f"/{call.post_id}/events", {"event": post.pk}).status_code == 409
    assert send(f"/{call.post_id}/events", {"event": 0}).status_code == 422


def test_nobody_puts_another_organisations_event_there_at_once(call, send, riders):
    clerks = an_organisation("Clerks")
    verify(organisation=clerks, by=Proof.EDITOR)
    post = an_event("Breakfast of the clerks")
    Issuer.objects.create(post=post, organisation=clerks, accepted_at=timezone.now())

    answer = send(f"/{call.post_id}/events", {"event": post.pk})
    assert (answer.status_code, answer.json()["listed"]) == (201, False)


def test_what_a_verified_organisation_publishes_under_a_call_is_listed(
    call, send, riders
):
    verify(organisation=riders, by=Proof.EDITOR)
    event = {"start": "2027-01-16T08:00", "zone": "UTC", "place": "The mill"}
    sent = {"kind": "event", "title": "Picket", "body": "Come.", "event": event}
    made = send("", {**sent, "under": call.post_id})

    assert made.status_code == 201, made.json()
    assert [each.title for each in local_events_of(call)] == ["Picket"]


@pytest.mark.parametrize("kind", ["event", "report"])
def test_an_event_stands_under_a_call_alone(send, kind):
    event = {"event": {"start": "2027-01-16", "zone": "UTC"}} if kind == "event" else {}
    sent = {"kind": kind, "title": "Picket", "body": "Come.", "under": 999, **event}

    assert send("", sent).json()["errors"][0]["field"] == "under"
