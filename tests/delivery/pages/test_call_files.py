from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from commonwire.calls.actions import calling, endorsing, issuing
from commonwire.calls.actions.endorsing import Authority
from commonwire.calls.actions.organisations import change_organisation
from commonwire.calls.stewardship import Acting
from commonwire.changes.models import Change
from commonwire.delivery.pages.calls import CallFiles
from commonwire.delivery.pages.posters import Posters
from commonwire.delivery.printing import on_demand, print_due
from tests.calls.factories import a_call
from tests.delivery.pages import NOTHING, forgotten, reaction
from tests.factories import an_organisation
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def call():
    """One of which somebody took its text and calendar."""
    made = a_call()
    for name in ("call.txt", "call.ics"):
        on_demand(made.post.path + name)
    return made


def taken(call):
    return [call.post.path + name for name in ("call.txt", "call.ics")]


def test_what_was_taken_is_forgotten_when_the_call_changes(call):
    calling.call_off(call=call, because="The ice is too thin.")

    assert reaction(CallFiles(), Change.objects.latest("pk")) == forgotten(*taken(call))


def test_an_endorser_under_another_name_is_named_so(call):
    body = an_organisation("Riverton Riders")
    endorsing.endorse(call=call, acting=Acting(body), authority=Authority())
    on_demand(call.post.path)
    on_demand(call.post.path + "call.txt")
    change_organisation(organisation=body, seen=body.version, name="River Riders")

    found = reaction(CallFiles(), Change.objects.latest("pk")).forgotten
    assert {call.post.path, call.post.path + "call.txt"} <= found


def test_who_stands_as_its_issuer_is_named_from_then_on(call):
    issuing.issue(post=call.post, by=Acting(an_organisation("Southern Region")))

    found = reaction(CallFiles(), Change.objects.latest("pk")).forgotten
    assert set(taken(call)) <= found


def test_whatever_a_body_issued_names_it_as_it_is_called_now(post):
    body = an_organisation("Riverton Riders")
    issuing.issue(post=post, by=Acting(body))
    for name in ("", "poster-a4.pdf"):
        on_demand(post.path + name)
    change_organisation(organisation=body, seen=body.version, name="River Riders")

    change = Change.objects.latest("pk")
    assert post.path in reaction(CallFiles(), change).forgotten
    assert reaction(Posters(), change) == forgotten(f"{post.path}poster-a4.pdf")


def test_other_changes_leave_them_alone(any_change):
    assert reaction(CallFiles(), any_change) == NOTHING


def test_the_page_counts_the_days_and_says_by_itself_that_the_call_is_over(call):
    with time_machine.travel(call.starts_at - timedelta(days=3), tick=False) as clock:
        assert "In 4 days." not in said(call)
        on_demand(call.post.path)
        clock.move_to(call.ends_at + timedelta(minutes=1))
        print_due(timezone.now())
        assert "It is over." in said(call)


def said(call):
    return " ".join(Page(on_demand(call.post.path)).text.split())
