"""A steward brings the organisation's calendar as a file."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from commonwire.calls.actions.verifying import verify
from commonwire.calls.queries import issued_by
from commonwire.calls.states import Proof
from commonwire.publishing.models import Post
from tests.calendar.test_importing import an_entry, calendar
from tests.factories import a_key_to, an_organisation
from tests.page import Page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(datetime(2027, 3, 1, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def choir():
    body = an_organisation("Mill Choir")
    verify(organisation=body, by=Proof.EDITOR)
    return body


def send(client, body, file):
    room = client.post("/organisations/room/", {"key": a_key_to(body)})["Location"]
    sent = SimpleUploadedFile("choir.ics", file, content_type="text/calendar")
    return client.post(f"{room}calendar/", {"file": sent}, follow=True)


def test_its_events_are_issued_by_it_and_listed(client, choir):
    many = [an_entry(f"e{n}", "Rehearsal", f"202703{n + 10}T183000") for n in range(12)]
    answer = send(client, choir, calendar(*many))

    assert "12 new, 0 changed" in Page(answer.content).text
    assert issued_by(choir).filter(listed=True, kind="event").count() == 12


def test_the_next_file_is_followed(client, choir):
    send(client, choir, calendar(an_entry()))
    send(client, choir, calendar(an_entry("one", "Concert")))

    assert Post.objects.get().title == "Concert"


def test_nobody_takes_over_another_organisations_events(client, choir):
    send(client, choir, calendar(an_entry()))
    other = an_organisation("Mill Choir")
    verify(organisation=other, by=Proof.EDITOR)
    answer = send(client, other, calendar(an_entry("one", "Theirs")))

    assert "it is here already, from elsewhere" in Page(answer.content).text
    assert Post.objects.get().title == "Rehearsal"


def test_an_organisation_that_is_not_verified_is_told_how_to_be(client):
    answer = send(client, an_organisation("Nobody's"), calendar(an_entry()))

    assert answer.status_code == 422
    assert "Verify yours" in Page(answer.content).text
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    "file", [b"PK\x03\x04", b"", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT"]
)
def test_what_is_no_calendar_is_said_beside_the_field(client, choir, file):
    answer = send(client, choir, file)

    assert answer.status_code == 422
    assert b'id="id_file-error"' in answer.content or b'class="error"' in answer.content
