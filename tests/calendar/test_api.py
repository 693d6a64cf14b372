"""Events as programs send and get them."""

import pytest

from commonwire.calendar.models import Event
from tests.publishing.program import Program

pytestmark = pytest.mark.django_db
EVENT = {
    "start": "2027-03-19T18:30",
    "end": "2027-03-19T20:00",
    "zone": "America/New_York",
    "place": "Mill bridge",
}


@pytest.fixture
def program(client):
    return Program(client)


def test_a_program_publishes_an_event_and_reads_it(program):
    made = program.worked(kind="event", event=EVENT).json()
    shown = program.get(f"posts/{made['id']}").json()["event"]
    (date,) = shown["dates"]
    assert (date["start"], date["end"]) == (
        "2027-03-19T18:30-04:00",
        "2027-03-19T20:00-04:00",
    )
    assert (shown["place"], shown["zone"]) == ("Mill bridge", "America/New_York")


def test_what_is_wrong_is_named_as_the_program_knows_it(program):
    answer = program.worked(kind="event", event=EVENT | {"end": "2027-03-19T18:00"})
    (fault,) = answer.json()["errors"]
    assert fault["field"] == "event.end"
    assert "It ends before it begins." in fault["message"]


def test_a_correction_changes_only_what_is_sent(program):
    made = program.worked(kind="event", event=EVENT).json()
    program.send(
        "PATCH", f"posts/{made['id']}", {"event": {"price": "free"}}, key=made["key"]
    )
    event = Event.objects.get()
    assert (event.price, event.place) == ("free", "Mill bridge")
    assert f"{event.occurrences.get().begins:%H:%M}" == "18:30"
