"""A local event of a call that was called off says so wherever it stands, and stays."""

import pytest

from commonwire.calls.actions import calling, local_events
from commonwire.delivery.printing import on_demand, print_stale
from tests.calendar import an_event
from tests.calls.factories import a_call
from tests.page import Page

pytestmark = pytest.mark.django_db
OFF = "Its call was called off on"


@pytest.fixture
def call():
    return a_call()


@pytest.fixture
def picket(call):
    post = an_event("Picket at the gate")
    made = local_events.add(call=call, post=post, agreed=True)
    local_events.list_event(event=made)
    return post


def read(path):
    """Once the worker has printed what is due."""
    print_stale()
    return on_demand(path)


def words(path):
    return " ".join(Page(read(path)).text.split())


def lines(path):
    """Of a file for calendars, unfolded."""
    return read(path).decode().replace("\r\n ", "").splitlines()


def sequence(post):
    (line,) = [x for x in lines(f"{post.path}calendar.ics") if x.startswith("SEQUENCE")]
    return int(line.partition(":")[2])


def test_its_page_and_every_list_say_it(call, picket):
    assert OFF not in words(picket.path) + words("/calendar/")
    calling.call_off(call=call, because="The ice is too thin.")

    for path in (
        picket.path,
        f"{picket.path}dates/1/",
        "/calendar/",
        "/calendar/2027/03/",
    ):
        assert OFF in words(path), path
    assert OFF.encode() in read("/calendar/feed.atom")


def test_calendars_get_it_as_tentative_with_its_words(call, picket):
    assert "STATUS:CONFIRMED" in lines("/calendar/calendar.ics")
    calling.call_off(call=call, because="The ice is too thin.")

    for path in (f"{picket.path}calendar.ics", "/calendar/calendar.ics"):
        told = lines(path)
        assert "STATUS:TENTATIVE" in told
        assert any(line.startswith("SUMMARY") and OFF in line for line in told)


def test_when_the_call_is_on_again_nothing_of_it_is_left(call, picket):
    calling.call_off(call=call, because="The ice is too thin.")
    calling.take_up(call=call)

    assert OFF not in words(picket.path)
    assert "STATUS:CONFIRMED" in lines(f"{picket.path}calendar.ics")


def test_each_turn_counts_for_calendars(call, picket):
    found = [sequence(picket)]
    calling.call_off(call=call, because="The ice is too thin.")
    found.append(sequence(picket))
    calling.take_up(call=call)
    found.append(sequence(picket))

    assert found == sorted(set(found))


def test_an_event_that_is_not_listed_there_says_nothing_of_it(call):
    post = an_event("Somebody's own")
    local_events.add(call=call, post=post)
    calling.call_off(call=call, because="The ice is too thin.")

    assert OFF not in words(post.path)


def test_an_event_that_others_put_there_says_nothing_until_its_author_agrees(call):
    post = an_event("Somebody's own")
    event = local_events.list_event(event=local_events.add(call=call, post=post))
    calling.call_off(call=call, because="The ice is too thin.")
    assert OFF not in words(post.path)
    assert "STATUS:CONFIRMED" in lines(f"{post.path}calendar.ics")

    local_events.agree(event=event)
    assert OFF in words(post.path)


def test_an_event_leads_to_its_call(call, picket):
    links = [a["attributes"].get("href") for a in Page(on_demand(picket.path)).all("a")]

    assert call.post.path in links
