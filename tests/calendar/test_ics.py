"""What goes into calendars: read again by two programs that others wrote."""

from datetime import UTC, datetime

import pytest
import vobject
from icalendar import Calendar

from commonwire.calendar import ics, queries
from commonwire.calendar.queries import Scope
from tests.calendar import an_event
from tests.factories import a_section

pytestmark = pytest.mark.django_db
HEAD = ics.Head("A wire: Calendar", "/calendar/")


def written():
    return ics.render(HEAD, queries.whole(queries.dates(Scope())))


def the_event():
    (event,) = Calendar.from_ical(written()).walk("VEVENT")
    return event


def test_both_programs_read_the_same_times():
    an_event("One", start="2027-03-19T18:30", end="2027-03-19T20:00")
    an_event("Two", start="2027-07-01T09:00", zone="Europe/Lisbon")
    an_event("Weekly", rule="FREQ=WEEKLY;COUNT=4", start="2027-10-24T10:00")
    an_event("Again", start="2027-11-07T01:30", which="second")
    one = {
        str(e["UID"]): e["DTSTART"].dt.astimezone(UTC)
        for e in Calendar.from_ical(written()).walk("VEVENT")
    }
    other = {
        e.uid.value: e.dtstart.value.astimezone(UTC)
        for e in vobject.readOne(written().decode()).vevent_list
    }
    stored = {row.uid: row.starts_at for row in queries.dates(Scope())}
    assert one == other == stored


def test_an_event_says_what_programs_ask_for():
    an_event(
        "Vigil; with, commas",
        end="2027-03-19T20:00",
        place="Mill bridge",
        position="43.07, -89.38",
        online_url="https://meet.example/x",
        topics=(a_section(),),
    )
    event = the_event()
    assert event["SUMMARY"] == "Vigil; with, commas"
    assert event["LOCATION"] == "Mill bridge"
    assert event["GEO"].to_ical() == "43.07;-89.38"
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)
    assert event["CATEGORIES"].to_ical() == b"Labor"
    assert event["CONFERENCE"] == "https://meet.example/x"


def test_all_day_is_said_as_days():
    an_event(start="2027-03-19", end="2027-03-21")
    event = the_event()
    assert (str(event["DTSTART"].dt), str(event["DTEND"].dt)) == (
        "2027-03-19",
        "2027-03-22",
    )


def test_an_open_end_is_none():
    an_event()
    assert "DTEND" not in the_event()


def test_no_line_is_longer_than_programs_read_and_no_letter_broken():
    an_event("Чай и знание" * 12, accessibility="Ё" * 400)
    lines = written().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert the_event()["SUMMARY"] == "Чай и знание" * 12


def test_what_is_private_is_in_no_file():
    an_event(address="12 Secret Street", address_private=True, place="Near the mill")
    assert b"Secret" not in written()


def test_the_file_is_the_same_until_something_changes():
    an_event()
    assert written() == written()


def test_the_uid_is_no_secret_and_stays():
    post = an_event()
    assert the_event()["UID"] == post.event.uid
    assert the_event()["DTSTART"].dt == datetime(2027, 3, 19, 22, 30, tzinfo=UTC)
