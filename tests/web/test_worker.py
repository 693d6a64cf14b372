"""What the worker does when, and who of its makers is for what."""

from datetime import timedelta

import pytest
import time_machine

from commonwire.delivery.printing import on_demand
from commonwire.media.workshop import the_workshop
from commonwire.web.management.commands import worker
from tests.calls.factories import a_call
from tests.factories import a_picture

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_maker_of_pictures_looks_for_faces_and_the_others_are_free_for_what_comes():
    row = a_picture((60, 50))
    first, *others = worker.makers(3)
    for mine in others:
        assert worker._make_waiting(mine, the_workshop) is False
    row.refresh_from_db()
    assert row.faces is None
    assert worker._make_waiting(first, the_workshop) is True
    row.refresh_from_db()
    assert row.faces == []


def test_each_kind_of_waiting_has_its_makers():
    told = [(mine.kinds, mine.heavy) for mine in worker.makers(2)]
    quick, long = ("picture", "document"), ("video", "sound")
    assert told[:3] == [(quick, False), (quick, False), (quick, True)]
    assert told[3:] == [(long, False), (long, True)]


def test_a_call_says_that_it_is_over_as_soon_as_it_is():
    call, due = a_call(), worker.Due()
    with time_machine.travel(call.ends_at - timedelta(seconds=1), tick=False) as clock:
        before = [on_demand(call.post.path + name) for name in ("", "call.txt")]
        due.tell()
        clock.shift(timedelta(seconds=10))
        due.tell()
        after = [on_demand(call.post.path + name) for name in ("", "call.txt")]
    assert [b"It is over." in body for body in before] == [False, False]
    assert [b"It is over." in body for body in after] == [True, True]
