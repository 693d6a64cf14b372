import pytest

from commonwire.changes.models import Change
from commonwire.delivery.pages.calendar import CalendarWeeks
from commonwire.delivery.printing import on_demand
from tests.calendar import an_event
from tests.delivery.pages import NOTHING, forgotten, reaction

pytestmark = pytest.mark.django_db
WEEK = "/calendar/2027/w11/"


def test_a_week_that_was_asked_for_is_forgotten_when_an_event_comes():
    assert on_demand(WEEK)
    on_demand("/calendar/2027/w20/")
    an_event()
    assert reaction(CalendarWeeks(), Change.objects.latest("pk")) == forgotten(WEEK)


def test_other_posts_leave_them_alone(any_change):
    on_demand("/calendar/2026/w03/")
    assert reaction(CalendarWeeks(), any_change) == NOTHING


def test_a_week_has_its_days(client):
    an_event("Vigil", start="2027-03-19T18:30")
    assert b"Vigil" in client.get(WEEK).content
    assert b"Vigil" not in client.get("/calendar/2027/w12/").content


@pytest.mark.parametrize("week", ["2027/w00", "2027/w54", "0000/w01"])
def test_no_week_is_no_page(client, week):
    assert client.get(f"/calendar/{week}/").status_code == 404
