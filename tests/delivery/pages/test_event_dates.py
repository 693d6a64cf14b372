from datetime import UTC, datetime

import pytest

from commonwire.changes.models import Change
from commonwire.delivery.pages.event import EventDates
from commonwire.delivery.printing import on_demand
from commonwire.publishing.actions import corrections
from commonwire.publishing.content import Revision
from tests.calendar import an_event
from tests.delivery.pages import NOTHING, forgotten, reaction

pytestmark = pytest.mark.django_db


def test_a_date_is_forgotten_when_the_event_changes():
    post = an_event(rule="FREQ=WEEKLY;COUNT=3")
    on_demand(f"{post.path}dates/2/")
    corrections.correct(post=post, revision=Revision({"title": "Other"}))
    told = {f"{post.path}dates/2/", f"{post.path}dates/2/calendar.ics"}
    assert reaction(EventDates(), Change.objects.latest("pk")) == forgotten(*told)


def test_other_changes_leave_it_alone(any_change):
    assert reaction(EventDates(), any_change) == NOTHING


def test_each_date_has_a_page_of_its_own(client):
    post = an_event(rule="FREQ=WEEKLY;COUNT=3")
    page = client.get(f"{post.path}dates/2/").content.decode()
    assert "Friday, March 26, 2027, 6:30 PM EDT" in page
    assert client.get(f"{post.path}dates/4/").status_code == 404


def test_pages_are_due_when_a_date_is_over():
    post = an_event(start="2027-03-19T18:30", end="2027-03-19T20:00")
    before = {post.path: datetime(2027, 3, 19, 23, tzinfo=UTC)}
    now = datetime(2027, 3, 20, 0, 1, tzinfo=UTC)
    assert list(EventDates().due(now, before.get)) == [post.path]
    assert list(EventDates().due(now, {post.path: now}.get)) == []
