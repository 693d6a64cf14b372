import pytest

from commonwire.changes.models import Change
from commonwire.delivery.pages.calendar import CalendarMonths
from commonwire.delivery.printing import on_demand
from commonwire.publishing.actions import corrections
from commonwire.publishing.content import Revision
from tests.calendar import an_event, content
from tests.delivery.pages import NOTHING, forgotten, reaction
from tests.factories import a_section
from tests.page import Page

pytestmark = pytest.mark.django_db


def test_a_month_that_was_asked_for_is_forgotten_when_an_event_comes():
    on_demand("/calendar/2027/03/")
    an_event(topics=(a_section(),))
    change = Change.objects.latest("pk")
    assert reaction(CalendarMonths(), change) == forgotten("/calendar/2027/03/")


def test_the_month_that_an_event_leaves_is_forgotten_too():
    post = an_event()
    months = ["/calendar/2027/03/", "/calendar/2027/04/"]
    for path in months:
        on_demand(path)
    moved = Revision(own=content("2027-04-02T18:30"))
    corrections.correct(post=post, revision=moved)
    change = Change.objects.get(kind="event.changed")
    assert reaction(CalendarMonths(), change) == forgotten(*months)


def test_other_posts_leave_them_alone(any_change):
    on_demand("/calendar/2026/01/")
    assert reaction(CalendarMonths(), any_change) == NOTHING


def test_a_sheet_has_each_event_on_its_days(client):
    an_event("Camp", start="2027-03-30T10:00", end="2027-04-02T12:00")
    march = Page(client.get("/calendar/2027/03/").content)
    april = Page(client.get("/calendar/2027/04/").content)
    assert [len(page.all("a", class_="u-url")) for page in (march, april)] == [2, 2]


@pytest.mark.parametrize("month", ["2027/13", "0000/01", "9999/12", "1969/12"])
def test_no_month_is_no_page(client, month):
    assert client.get(f"/calendar/{month}/").status_code == 404
