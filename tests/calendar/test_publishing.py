"""An event through the form, the room and the API."""

import pytest

from commonwire.calendar.models import Event
from commonwire.publishing.models import Post
from tests.contributor import Contributor, the_post

pytestmark = pytest.mark.django_db
VIGIL = {
    "kind": "event",
    "title": "Vigil at the bridge",
    "body": "Bring a candle.",
    "event-start_day": "2027-03-19",
    "event-start_time": "18:30",
    "event-end_time": "20:00",
    "event-zone": "America/New_York",
    "event-place": "Mill bridge",
    "event-step_free": "yes",
}


@pytest.fixture
def contributor(client):
    return Contributor(client)


@pytest.fixture
def published(contributor):
    return contributor.publish(**VIGIL)


def test_an_event_is_published_with_its_time_and_place(published):
    event = the_post().event
    date = event.occurrences.get()
    assert date.begins.isoformat() == "2027-03-19T18:30:00-04:00"
    assert date.ends.isoformat() == "2027-03-19T20:00:00-04:00"
    assert (event.place, event.step_free) == ("Mill bridge", "yes")


def test_the_preview_and_the_page_tell_when_and_where(contributor, client):
    when = "Friday, March 19, 2027, 6:30 PM to 8:00 PM EDT"
    preview = contributor.preview(**VIGIL).answer.content.decode()
    contributor.send(do="publish")
    page = client.get(the_post().path).content.decode()
    assert [when in preview, "Mill bridge" in preview] == [True, True]
    assert [when in page, "Step-free: yes" in page] == [True, True]


def test_an_event_may_have_an_open_end_and_be_all_day(contributor):
    contributor.publish(**VIGIL | {"event-end_time": "", "event-start_time": ""})
    event = the_post().event
    assert event.all_day
    assert str(event.occurrences.get().last_day) == "2027-03-19"


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"event-start_day": ""}, "start_day", "Say on which day it is."),
        ({"event-start_day": "19.3.2027"}, "start_day", "Write the day like"),
        ({"event-start_time": "half six"}, "start_time", "Write the time like"),
        ({"event-end_time": "18:00"}, "end_time", "It ends before it begins."),
        ({"event-zone": ""}, "zone", "Say in which time zone"),
        ({"event-zone": "Mars/Olympus"}, "zone", "is no time zone"),
        ({"event-position": "91, 0"}, "position", "There is no such place"),
        ({"event-repeats": "weekly"}, "until", "nothing goes on for ever"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(contributor, typed, field, sentence):
    errors = contributor.preview(**VIGIL | typed).page.errors
    assert errors.keys() == {f"id_event-{field}"}
    assert sentence in errors[f"id_event-{field}"]


def test_a_report_needs_nothing_of_an_event(contributor):
    contributor.publish(kind="report", title="A report", body="Text.")
    assert not Event.objects.exists()
    assert the_post().kind == "report"


def test_a_correction_is_a_visible_difference(published, client):
    post = the_post()
    published.enter().room(post, "correct").send(**{"event-place": "Old mill"})
    (change,) = post.corrections.get().changes
    assert (change.name, change.before, change.after) == (
        "Place",
        "Mill bridge",
        "Old mill",
    )
    assert "Old mill" in client.get(post.path).content.decode()


def test_a_corrected_time_keeps_what_calendars_know_it_by(published):
    post = the_post()
    uid = post.event.uid
    published.enter().room(post, "correct").send(**{"event-start_time": "18:00"})
    event = Event.objects.get()
    date = event.occurrences.get()
    assert (event.uid, date.sequence, f"{date.begins:%H:%M}") == (uid, 1, "18:00")


def test_a_withdrawn_event_leaves_nothing(published):
    published.enter().room(the_post(), "withdraw").send(sure="on")
    assert not Event.objects.exists()
    assert Post.objects.get().withdrawn_at
