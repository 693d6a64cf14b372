"""Numbers that change many times a second, on pages that are printed once in one."""

import pytest

from commonwire.calls.actions import pledging
from commonwire.calls.actions.pledging import PledgeContent
from commonwire.changes import cursors
from commonwire.delivery import printing
from commonwire.delivery.pages.post import Posts
from commonwire.delivery.printing import print_counted, print_stale
from commonwire.delivery.tree import the_tree
from tests.calls.factories import ASKS, a_call, told

pytestmark = pytest.mark.django_db(transaction=True)


def pledged(call, number):
    for each in range(number):
        content = PledgeContent(tuple(call.asks.all()))
        pledging.pledge(call=call, content=content, token=f"{call.pk}/{each}")


def test_a_page_is_printed_once_for_all_who_pledged_meanwhile():
    short = told(asks=ASKS[:1], demands=())
    call, other = a_call(), a_call(body="Something else.", content=short)
    pledged(call, 3)
    pledged(other, 1)
    done = print_counted()
    assert (done.changes, done.printed) == (2, 2)
    assert print_counted().printed == 0


def test_nobody_who_pledges_waits_for_a_page():
    call = a_call()
    print_stale()
    the_tree().remove(call.post.path)
    pledged(call, 1)
    assert the_tree().read(call.post.path) is None
    print_stale()
    assert the_tree().read(call.post.path) is None
    print_counted()
    assert the_tree().read(call.post.path)


def test_old_changes_can_be_deleted_where_nobody_pledges(monkeypatch):
    monkeypatch.setattr(printing, "FAR_BEHIND", 0)
    a_call()
    print_counted()
    assert cursors.position(printing.CURSOR_OF_COUNTED) == cursors.latest() > 0


def test_which_page_says_the_number():
    call = a_call()
    pledged(call, 1)
    (change,) = cursors.newest_of_each_post(
        after=0, through=cursors.latest(), kinds=printing.COUNTED
    )
    assert Posts().counted(change) == (call.post.path,)
