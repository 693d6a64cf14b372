from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from commonwire.calls.actions import calling
from commonwire.changes.models import Change
from commonwire.delivery.pages.calls import Calls
from commonwire.delivery.printing import on_demand, print_due, print_stale
from tests.calls.factories import a_call
from tests.delivery.pages import NOTHING, reaction, stale, with_feeds
from tests.page import Page

pytestmark = pytest.mark.django_db(transaction=True)


def said(path):
    return " ".join(Page(on_demand(path)).text.split())


def test_a_new_call_and_one_that_is_called_off_stand_on_it_at_once():
    call = a_call()
    assert reaction(Calls(), Change.objects.latest("pk")) == stale(
        *with_feeds("/calls/")
    )
    calling.call_off(call=call, because="The ice is too thin.")
    assert reaction(Calls(), Change.objects.latest("pk")) == stale(
        *with_feeds("/calls/")
    )
    print_stale()
    assert "The ice is too thin." in said("/calls/")


def test_other_changes_leave_it_alone(any_change):
    assert reaction(Calls(), any_change) == NOTHING


def test_days_are_counted_anew_each_day_and_a_call_is_over_by_itself():
    call = a_call()
    with time_machine.travel(call.starts_at - timedelta(days=3), tick=False) as clock:
        assert "In 3 days." in said("/calls/")
        clock.shift(timedelta(days=2, hours=1))
        print_due(timezone.now())
        assert "It is tomorrow." in said("/calls/")
        clock.move_to(call.ends_at + timedelta(minutes=1))
        print_due(timezone.now())
        assert "It is over." in said("/calls/")
