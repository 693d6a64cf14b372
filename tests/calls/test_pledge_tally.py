import pytest
from django.utils import timezone

from commonwire.calls.actions import pledging
from commonwire.calls.actions.pledging import PledgeContent
from commonwire.calls.models import Pledge
from commonwire.calls.pledge_tally import Count, PlaceCount, days, tally
from tests.calls.factories import a_call

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def mail_is_on(settings):
    settings.MAIL_FROM = "wire@example.org"


def pledges(call, number, *, sure=True, **content):
    asks = tuple(call.asks.all()[:1])
    for _each in range(number):
        made = pledging.pledge(
            call=call,
            content=PledgeContent(asks, **content),
            token=str(Pledge.objects.count()),
        )
        if sure:
            Pledge.objects.filter(pk=made.pk).update(confirmed_on=TODAY)


def test_the_unconfirmed_are_counted_apart_by_ask_area_and_day():
    call = a_call()
    pledges(call, 2, place="Alder County")
    pledges(call, 1, sure=False, place="alder  county.")
    pledges(call, 1, sure=False)
    found = tally(call)
    assert (found.counted, found.unconfirmed, found.people) == (2, 2, 4)
    assert found.places == (PlaceCount("Alder County", 2, 1),)
    assert found.asks == {call.asks.first().pk: Count(2, 2)}
    assert [each[1:] for each in days(call)] == [(2, 2)]


def test_progress_towards_a_goal():
    call = a_call()
    pledging.set_goal(call=call, people=8)
    pledges(call, 3)
    found = tally(call)
    assert (found.goal, found.percent, found.bar) == (8, 37, 3)
    pledging.set_goal(call=call, people=2)
    found = tally(call)
    assert (found.percent, found.bar) == (100, 2)


def test_a_goal_of_each_area_is_reached_in_some():
    call = a_call()
    pledging.set_goal(call=call, people=2, in_each_area=True)
    pledges(call, 2, place="North")
    pledges(call, 1, place="South")
    assert tally(call).reached == 1


def test_those_who_wait_for_others_are_told_apart():
    call = a_call()
    pledges(call, 2, place="North", others=2, others_in_place=True)
    assert tally(call).waiting == 2
    pledges(call, 1, place="North")
    assert tally(call).waiting == 0


@pytest.mark.parametrize("number", [1, 3])
def test_a_tally_asks_as_much_for_many_as_for_one(number, django_assert_num_queries):
    call = a_call()
    pledges(call, number, note="See you")
    with django_assert_num_queries(5):
        tally(call)
