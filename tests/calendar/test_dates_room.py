"""The author moves, cancels and adds dates."""

import pytest
from icalendar import Calendar

from commonwire.calendar.models import Occurrence
from commonwire.delivery.printing import on_demand, print_stale
from tests.calendar import an_event
from tests.contributor import Contributor

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return an_event(
        rule="FREQ=WEEKLY;COUNT=3", key="river stone", end="2027-03-19T20:00"
    )


@pytest.fixture
def room(client, post):
    return Contributor(client).enter("river stone").room(post, "dates")


def act(room, number, do, **typed):
    """Press a button of one date's form."""
    fields = {"number": str(number), "do": do, **typed}
    return room.post(room.where, fields)


def test_a_moved_date_keeps_its_address_and_says_where_it_was(room, post, client):
    times = {"start_day": "2027-03-27", "start_time": "15:00", "end_time": "17:00"}
    act(room, 2, "move", note="because of the rain", **times)
    row = Occurrence.objects.get(number=2)
    assert (f"{row.begins:%d %H:%M}", row.sequence) == ("27 15:00", 1)
    page = client.get(f"{post.path}dates/2/").content.decode()
    assert "moved from Friday, March 26, 2027, 6:30 PM" in page
    assert "because of the rain" in page


def test_a_cancelled_date_stays_and_says_so_everywhere(room, post, client):
    act(room, 2, "cancel", note="strike")
    file = Calendar.from_ical(on_demand(f"{post.path}calendar.ics"))
    states = [event["STATUS"] for event in file.walk("VEVENT")]
    assert states == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    for path in (post.path, f"{post.path}dates/2/", "/calendar/2027/03/"):
        assert b"ancelled" in on_demand(path)


def test_it_takes_place_after_all(room):
    act(room, 2, "cancel")
    act(room, 2, "restore")
    row = Occurrence.objects.get(number=2)
    assert (row.cancelled_at, row.sequence) == (None, 2)


def test_dates_are_added(room, post):
    act(room, "", "add", more_dates="2027-05-01 10:00\n2027-05-08")
    added = Occurrence.objects.filter(number__gt=3)
    assert [f"{row.begins:%m-%d %H:%M}" for row in added] == [
        "05-01 10:00",
        "05-08 18:30",
    ]


@pytest.mark.parametrize(
    ("times", "field"),
    [
        ({"start_time": ""}, "start_time"),
        ({"end_time": "09:00"}, "end_time"),
        ({"start_day": "2027-02-30"}, "start_day"),
    ],
)
def test_a_wrong_move_is_refused_beside_its_field(room, times, field):
    given = {"start_day": "2027-03-27", "start_time": "15:00", "end_time": "17:00"}
    act(room, 2, "move", **given | times)
    assert room.status == 422
    assert room.page.errors.keys() == {f"id_date-2-{field}"}
    assert Occurrence.objects.get(number=2).sequence == 0


def test_a_wrong_added_date_is_named(room):
    act(room, "", "add", more_dates="2027-05-01\nsoon")
    assert room.status == 422
    assert "“soon”" in room.answer.content.decode()
    assert Occurrence.objects.count() == 3


def test_a_moved_date_leaves_the_month_it_was_in(room):
    on_demand("/calendar/2027/03/")
    times = {"start_day": "2027-06-01", "start_time": "15:00", "end_time": "17:00"}
    act(room, 1, "move", **times)
    print_stale()
    assert on_demand("/calendar/2027/03/").count(b"u-url") == 1
