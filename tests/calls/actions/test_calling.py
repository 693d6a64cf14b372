from dataclasses import replace
from datetime import date

import pytest

from commonwire.calls.actions import calling
from commonwire.calls.content import DemandContent
from commonwire.calls.states import CallState, DemandStatus
from commonwire.changes.models import Change
from tests.calls.factories import ASKS, DEMANDS, a_call, a_time, changed, told

pytestmark = pytest.mark.django_db
LATER = date(2027, 1, 23)


def stands(call):
    """Its demands as they stand, to be changed."""
    return tuple(
        DemandContent(d.text, d.addressee, d.status, d.since, d.number)
        for d in call.demands.all()
    )


def test_demands_are_numbered_in_the_order_they_came():
    call = a_call()

    assert [(d.number, d.text) for d in call.demands.all()] == [
        (number, demand.text) for number, demand in enumerate(DEMANDS, 1)
    ]


def test_a_call_begins_with_one_version():
    assert [v.number for v in a_call().versions.all()] == [1]


def test_another_day_is_another_version():
    call = a_call()

    changed(call, told(a_time(LATER), demands=stands(call)))

    assert call.version == 2
    assert call.state() == CallState.UPDATED


def test_another_wording_of_a_demand_is_another_version_and_its_history():
    call = a_call()
    first, *others = stands(call)

    changed(call, told(demands=(replace(first, text="Night buses all night"), *others)))

    assert call.version == 2
    [change] = call.demands.get(number=1).history.all()
    assert change.before == {"text": DEMANDS[0].text}


def test_another_order_is_no_other_version_and_keeps_the_numbers():
    call = a_call()

    changed(call, told(demands=tuple(reversed(stands(call)))))

    assert call.version == 1
    assert [d.number for d in call.demands.all()] == [3, 2, 1]


def test_an_ask_may_change_without_another_version():
    call = a_call()

    changed(call, told(asks=ASKS[:1], demands=stands(call)))

    assert call.version == 1
    assert [ask.text for ask in call.asks.filter(dropped=False)] == [ASKS[0].text]


def test_an_ask_that_goes_and_comes_back_is_the_same():
    call = a_call()
    ask = call.asks.first()

    changed(call, told(asks=ASKS[1:], demands=stands(call)))
    changed(call, told(demands=stands(call)))

    assert call.asks.get(pk=ask.pk).dropped is False
    assert call.asks.count() == len(ASKS)


def test_a_demand_that_is_not_told_any_more_is_dropped_and_keeps_its_place():
    call = a_call()

    changed(call, told(demands=stands(call)[1:]))

    gone = call.demands.get(number=1)
    assert gone.status == DemandStatus.DROPPED
    assert [d.number for d in call.demands.all()] == [2, 3, 1]


def test_a_demand_that_is_won_says_since_when_and_is_no_other_version():
    call = a_call()
    demand = call.demands.get(number=2)

    calling.set_status(demand=demand, status=DemandStatus.WON, day=date(2027, 1, 3))

    demand.refresh_from_db()
    call.refresh_from_db()
    assert (demand.status, demand.since) == ("won", date(2027, 1, 3))
    assert [c.status_words for c in demand.history.all()] == ["won"]
    assert call.version == 1


def test_a_call_that_is_called_off_stays_and_says_why():
    call = a_call()

    calling.call_off(call=call, because="The ice is too thin.")
    again = calling.call_off(call=call, because="Another reason.")

    assert again.state() == CallState.CALLED_OFF
    assert again.called_off_because == "The ice is too thin."
    kinds = Change.objects.filter(post_id=call.post_id).values_list("kind", flat=True)
    assert list(kinds) == ["post.published", "post.call_changed"]


def test_a_call_has_ended_when_its_time_is_over():
    call = a_call()

    assert call.state(call.ends_at) == CallState.ENDED


def test_a_translation_is_one_when_the_author_of_the_call_agrees():
    call = a_call()
    other = a_call(language="es", content=told(translates=call.pk))

    calling.agree_translation(translation=other, agrees=True)

    assert call.translations.exclude(translation_agreed_at=None).get() == other
