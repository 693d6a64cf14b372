"""Calls as programs send and get them."""

import pytest
import time_machine

from commonwire.calls.models import Call
from tests.publishing.program import Program

pytestmark = pytest.mark.django_db
CALL = {
    "start": "2027-01-16T08:00",
    "end": "2027-01-16T12:00",
    "zone": "America/New_York",
    "asks": [{"kind": "attend", "text": "Stand with us"}],
    "demands": [
        {"text": "Night buses until two", "addressee": "the transit board"},
        {"text": "No fare rise"},
    ],
}


@pytest.fixture
def program(client):
    with time_machine.travel("2026-12-01T12:00:00Z", tick=False):
        yield Program(client)


@pytest.fixture
def made(program):
    return program.worked(kind="call", title="Winter day", call=CALL).json()


def shown(program, made):
    return program.get(f"posts/{made['id']}").json()["call"]


def correct(program, made, **call):
    path = f"posts/{made['id']}"
    return program.send("PATCH", path, {"call": call}, key=made["key"])


def test_a_program_publishes_a_call_and_reads_it(program, made):
    told = shown(program, made)

    assert (told["start"], told["state"]) == ("2027-01-16T08:00-05:00", "published")
    assert [(d["number"], d["text"]) for d in told["demands"]] == [
        (1, "Night buses until two"),
        (2, "No fare rise"),
    ]


def test_another_day_leaves_the_rest_as_it_is(program, made):
    assert correct(program, made, start="2027-01-23", end="").status_code == 200

    told = shown(program, made)
    assert (told["start"], told["state"], told["version"]) == (
        "2027-01-23",
        "updated",
        2,
    )
    assert len(told["demands"]) == 2


def test_the_status_of_a_demand_is_set(program, made):
    demands = [
        {
            "number": 1,
            "text": "Night buses until two",
            "addressee": "the transit board",
        },
        {"number": 2, "text": "No fare rise", "status": "won", "since": "2026-11-30"},
    ]
    correct(program, made, demands=demands)

    second = shown(program, made)["demands"][1]
    assert (second["status"], second["since"]) == ("won", "2026-11-30")
    assert [change["after"] for change in second["history"]] == [{"status": "won"}]


def test_a_call_is_called_off(program, made):
    correct(program, made, called_off="The ice is too thin.")

    told = shown(program, made)
    assert (told["state"], told["called_off_because"]) == (
        "called-off",
        "The ice is too thin.",
    )


def test_what_is_wrong_is_named_as_the_program_knows_it(program):
    call = CALL | {"end": "2027-01-16T07:00", "asks": [{"kind": "sing", "text": "La"}]}
    answer = program.worked(kind="call", call=call)

    assert {fault["field"] for fault in answer.json()["errors"]} >= {
        "call.asks[0].kind"
    }
    assert not Call.objects.exists()


def test_an_hour_with_a_distance_is_not_guessed_at(program):
    answer = program.worked(
        kind="call", call=CALL | {"start": "2027-01-16T08:00-05:00"}
    )

    (fault,) = answer.json()["errors"]
    assert fault["field"] == "call.start"
