import pytest

from commonwire.calls.actions import endorsing, local_events
from commonwire.calls.actions.endorsing import Authority
from commonwire.calls.models import CallEvent, Endorsement, Pledge
from commonwire.moderation.models import Decision
from commonwire.moderation.sentences import teller
from tests.calendar import an_event
from tests.calls.factories import a_call
from tests.calls.pledger import Pledger
from tests.factories import an_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(an_editor("Ada"))
    return client


def offered(call):
    return endorsing.offer(
        call=call,
        organisation=None,
        named="Milltown Bakers",
        email="",
        authority=Authority("baker"),
    )


def said():
    return teller().plain(Decision.objects.get())


def test_an_editor_confirms_an_endorsement_and_the_log_says_it(desk):
    call = a_call("Winter day")
    made = offered(call)
    assert b"Milltown Bakers" in desk.get("/desk/calls/").content

    desk.post("/desk/calls/", {"do": "confirm", "row": made.pk})

    made = Endorsement.objects.get()
    assert (made.state, made.confirmed_by) == ("confirmed", "editor")
    assert said() == "Ada confirmed that “Milltown Bakers” endorses “Winter day”"


def test_a_refused_endorsement_leaves_no_words(desk):
    made = offered(a_call("Winter day"))

    desk.post("/desk/calls/", {"do": "refuse", "row": made.pk})

    assert Endorsement.objects.get().state == "refused"
    assert said() == "Ada refused an endorsement of “Winter day”"


def test_an_editor_lists_a_strangers_event(desk):
    event = local_events.add(call=a_call("Winter day"), post=an_event("Vigil"))

    desk.post("/desk/calls/", {"do": "list", "row": event.pk})

    assert CallEvent.objects.get().listed_at
    assert said() == "Ada listed a local event under “Winter day”"


def test_what_somebody_wrote_with_a_pledge_is_taken_out(desk):
    row = Pledger(a_call("Winter day")).pledge(note="Something rude").row
    assert b"Something rude" in desk.get("/desk/calls/").content

    desk.post("/desk/calls/", {"do": "remove words", "row": row.pk})

    assert [each.note for each in Pledge.objects.all()] == [""]
    assert said() == "Ada took out what somebody wrote with a pledge on “Winter day”"


def test_what_is_gone_is_said_to_be(desk):
    answer = desk.post("/desk/calls/", {"do": "confirm", "row": "7"})

    assert answer.status_code == 422
    assert "This is not there any more." in answer.content.decode()
