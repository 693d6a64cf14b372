from datetime import UTC, datetime

import pytest
import time_machine
from django.utils import timezone

from commonwire.calendar.actions import dates
from commonwire.calls.actions import local_events
from commonwire.calls.models import Issuer
from commonwire.changes.models import Change
from commonwire.delivery.pages.calendar import Calendars
from tests.calendar import an_event
from tests.calls.factories import a_call, a_time, told
from tests.delivery.pages import NOTHING, reaction, stale, with_feeds
from tests.factories import a_section, an_organisation

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def test_an_event_makes_its_calendars_stale():
    an_event(topics=(a_section(),))
    pages = [
        each
        for path in ("/calendar/", "/calendar/topics/labor/")
        for each in (*with_feeds(path), f"{path}calendar.ics")
    ]
    assert reaction(Calendars(), Change.objects.latest("pk")) == stale(*pages)


def test_other_posts_leave_them_alone(any_change):
    assert reaction(Calendars(), any_change) == NOTHING


def test_the_list_shows_what_is_coming_by_its_days(client):
    an_event("Vigil", start="2027-03-19T18:30", end="2027-03-19T20:00")
    an_event("Past", start="2027-02-20T18:30")
    page = client.get("/calendar/").content.decode()
    assert "Friday, March 19, 2027" in page
    assert ("Vigil" in page, "6:30 PM to 8:00 PM EDT" in page, "Past" in page) == (
        True,
        True,
        False,
    )
    assert 'href="/calendar/2027/02/"' in page


def test_a_topic_has_its_own(client):
    an_event("Of labor", topics=(a_section(),))
    an_event("Of nothing")
    page = client.get("/calendar/topics/labor/").content.decode()
    assert ("Of labor" in page, "Of nothing" in page) == (True, False)
    assert client.get("/calendar/topics/none/").status_code == 404


def test_every_day_the_list_is_due():
    printed = {"/calendar/": datetime(2027, 2, 28, 12, tzinfo=UTC)}
    assert list(Calendars().due(NOW, printed.get)) == ["/calendar/"]
    assert list(Calendars().due(NOW, {"/calendar/": NOW}.get)) == []


def test_feeds_have_events_alone(client):
    an_event("Vigil")
    assert b"Vigil" in client.get("/calendar/feed.atom").content


def test_an_organisation_has_the_events_that_it_issued(client):
    union, post = an_organisation("Local 41"), an_event("Of the union")
    an_event("Of others")
    now = timezone.now()
    Issuer.objects.create(post=post, organisation=union, accepted_at=now)
    path = f"/calendar/organisations/{union.slug}/"
    page = client.get(path).content.decode()
    assert ("Of the union" in page, "Of others" in page) == (True, False)
    dates.cancel(post=post, number=1)
    assert path in reaction(Calendars(), Change.objects.latest("pk")).stale


def test_a_call_has_the_events_that_are_listed_under_it(client):
    call = a_call(content=told(a_time(NOW.date())))
    listed, waiting = an_event("Listed"), an_event("Waiting")
    for post in (listed, waiting):
        made = local_events.add(call=call, post=post)
        if post == listed:
            local_events.list_event(event=made)
    page = client.get(f"/calendar/calls/{call.post_id}/").content.decode()
    assert ("Listed" in page, "Waiting" in page) == (True, False)
    assert client.get(f"/calendar/calls/{listed.pk}/").status_code == 404
