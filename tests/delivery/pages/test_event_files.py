import pytest
from icalendar import Calendar

from commonwire.changes.models import Change
from commonwire.delivery.pages.event import EventFiles
from commonwire.delivery.printing import on_demand
from commonwire.publishing.actions import corrections, sorting
from commonwire.publishing.content import Revision
from tests.calendar import an_event
from tests.delivery.pages import NOTHING, forgotten, reaction
from tests.factories import a_post

pytestmark = pytest.mark.django_db


def test_the_file_is_forgotten_when_the_event_changes():
    post = an_event()
    on_demand(f"{post.path}calendar.ics")
    corrections.correct(post=post, revision=Revision({"title": "Other"}))
    file = f"{post.path}calendar.ics"
    assert reaction(EventFiles(), Change.objects.latest("pk")) == forgotten(file)


def test_other_changes_leave_it_alone(any_change):
    assert reaction(EventFiles(), any_change) == NOTHING


def test_the_file_has_every_date():
    post = an_event(rule="FREQ=WEEKLY;COUNT=3")
    read = Calendar.from_ical(on_demand(f"{post.path}calendar.ics"))
    assert len({each["UID"] for each in read.walk("VEVENT")}) == 3


def test_there_is_none_of_what_is_hidden_or_no_event():
    post, report = an_event(), a_post()
    sorting.sort(post=post, wire_class="hidden")
    files = [f"{each.path}calendar.ics" for each in (post, report)]
    assert [on_demand(path) for path in files] == [None, None]
