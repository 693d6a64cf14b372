"""Page, text, letter, poster, calendar and ninjs of a call state the same facts."""

import json
import re
from datetime import UTC, date, datetime, time

import icalendar
import pytest
import time_machine

from commonwire.calls.actions import calling, endorsing
from commonwire.calls.actions.endorsing import Authority
from commonwire.calls.states import DemandStatus
from commonwire.calls.stewardship import Acting
from commonwire.delivery.printing import on_demand
from commonwire.publishing.release import Contact
from tests.calls.factories import a_call, a_time, changed, hours, told
from tests.factories import an_organisation
from tests.page import Page
from tests.syndication.pdfs import words_of

pytestmark = pytest.mark.django_db(transaction=True)
OUTPUTS = (
    *("", "call.txt", "call-letter.pdf", "poster-a4.pdf"),
    *("call.ics", "call.ninjs.json"),
)
FACTS = (
    "Winter day of action",
    "Saturday, January 16, 2027, 8:00 AM to 12:00 PM (EST, America/New York)",
    "Stand with us at the depot",
    "Buy nothing on Main Street",
    "Night buses until two",
    "of the transit board",
    "won since January 3, 2027",
    "No fare rise this winter",
    "Shelters at every stop",
    "Riverton Riders",
    "All of us, all day.",
)


@pytest.fixture(scope="module")
def now():
    with time_machine.travel("2027-01-04T12:00:00Z", tick=False):
        yield


@pytest.fixture
def call(now):
    made = a_call(
        content=told(
            hours(zone="America/New_York"),
            know="Bring a torch.",
            contacts=(Contact("Ada Bell", phone="555-010-0100"),),
        ),
        byline="Riverton Riders",
        summary="All of us, all day.",
    )
    calling.set_status(
        demand=made.demands.get(number=1),
        status=DemandStatus.WON,
        day=date(2027, 1, 3),
    )
    federation = an_organisation(
        "Valley Federation", members=1200, members_on=date(2026, 1, 1)
    )
    endorsing.endorse(
        call=made, acting=Acting(federation), authority=Authority("president")
    )
    return made


def said(call, name):
    """What an output says, on one line."""
    body = on_demand(call.post.path + name)
    if name.endswith(".pdf"):
        text, _size = words_of(body)
    elif name.endswith(".ics"):
        event = icalendar.Calendar.from_ical(body).walk("VEVENT")[0]
        text = f"{event['SUMMARY']} {event['DESCRIPTION']}"
    elif name.endswith(".json"):
        data = json.loads(body)
        text = f"{data['title']} {data['edNote']} {data['bodies'][-1]['value']}"
    elif name == "":
        text = Page(body).text
    else:
        text = body.decode()
    return " ".join(text.split())


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_output_states_the_same_facts(call, name):
    text = said(call, name)

    assert [fact for fact in FACTS if fact not in text] == []


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_output_says_that_a_call_is_called_off_and_why(call, name):
    calling.call_off(call=call, because="The ice is too thin.")

    assert "called off" in said(call, name).lower()
    assert "the ice is too thin." in said(call, name).lower()


@pytest.mark.parametrize("name", [*OUTPUTS[1:], "sign-up-a4.pdf"])
def test_every_output_says_that_a_call_is_over(call, name):
    with time_machine.travel(call.ends_at, tick=False):
        assert "it is over." in said(call, name).lower()


@pytest.mark.parametrize("name", ["", "call.txt", "call-letter.pdf", "call.ics"])
def test_outputs_with_room_say_who_endorses_and_how_many_they_are(call, name):
    text = said(call, name)

    assert "1 organisation, with 1,200 members, each counted once" in text
    assert "earlier version" not in text
    assert "Bring a torch." in text
    assert "Ada Bell" in text
    assert "555-010-0100" in text


@pytest.mark.parametrize("name", ["call.txt", "call-letter.pdf", "call.ics"])
def test_outputs_say_who_stands_behind_an_earlier_version(call, name):
    changed(call, told(hours(9, zone="America/New_York")))

    text = said(call, name)
    assert "each counted once, 1 of them for an earlier version" in text
    if name != "call.ics":
        assert "Valley Federation (for the version of January 4, 2027)" in text


@pytest.mark.parametrize("name", ["call.txt", "call-letter.pdf", "call.ninjs.json"])
def test_outputs_keep_a_withdrawal_as_a_fact(call, name):
    endorsing.take_back(endorsement=call.endorsements.get())

    assert "Valley Federation: withdrawn on January 4, 2027" in said(call, name)


def test_the_calendar_has_the_hours_in_their_zone(call):
    calendar = icalendar.Calendar.from_ical(on_demand(f"{call.post.path}call.ics"))
    [event] = calendar.walk("VEVENT")

    assert event["UID"] == f"call-{call.post_id}@testserver"
    assert event.decoded("DTSTART") == call.starts_at
    assert event.decoded("DTEND") == call.ends_at
    assert event["STATUS"] == "CONFIRMED"


def test_hours_that_come_twice_are_told_in_utc(now):
    twice = a_time(
        date(2027, 11, 7), None, time(1, 30), time(1, 45), "America/New_York"
    )
    path = f"{a_call(content=told(twice)).post.path}call.ics"
    [event] = icalendar.Calendar.from_ical(on_demand(path)).walk("VEVENT")

    assert event.decoded("DTSTART") == datetime(2027, 11, 7, 5, 30, tzinfo=UTC)
    assert event.decoded("DTEND") == datetime(2027, 11, 7, 6, 45, tzinfo=UTC)


def test_a_call_that_is_called_off_is_cancelled_in_calendars(call):
    calling.call_off(call=call, because="The ice is too thin.")

    calendar = icalendar.Calendar.from_ical(on_demand(f"{call.post.path}call.ics"))
    [event] = calendar.walk("VEVENT")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)


def test_the_page_tells_programs_what_takes_place(call):
    page = on_demand(call.post.path).decode()
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1])

    assert data["about"]["startDate"] == "2027-01-16T08:00-05:00"
    assert data["about"]["eventStatus"] == "https://schema.org/EventScheduled"
