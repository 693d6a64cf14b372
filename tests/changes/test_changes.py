"""The record of changes, and how far its readers have come."""

import pytest
from django.db import transaction

from commonwire.changes import cursors
from commonwire.changes.models import Change
from commonwire.changes.record import record

pytestmark = pytest.mark.django_db(transaction=True)


@transaction.atomic
def fail_after(change):
    record(kind=change)
    raise LookupError


def test_a_change_is_undone_with_what_it_tells_of():
    with pytest.raises(LookupError):
        fail_after("site.changed")
    assert Change.objects.count() == 0


def test_a_reader_reads_on_where_it_stopped():
    numbers = [record(kind="site.changed").pk for _ in range(3)]
    cursors.position("reader")
    cursors.advance("reader", to=numbers[1])
    found = cursors.read_after(cursors.position("reader"))
    assert [change.pk for change in found] == numbers[2:]


def test_readers_do_not_disturb_each_other():
    number = record(kind="site.changed").pk
    cursors.position("slow")
    cursors.position("quick")
    cursors.advance("quick", to=number)
    assert (cursors.position("slow"), cursors.position("quick")) == (0, number)


def test_what_every_reader_has_passed_is_pruned_but_the_newest():
    numbers = [record(kind="site.changed").pk for _ in range(5)]
    for name, position in (("slow", numbers[3]), ("quick", numbers[4])):
        cursors.position(name)
        cursors.advance(name, to=position)
    cursors.prune(keep=3)
    assert [change.pk for change in Change.objects.order_by("pk")] == numbers[2:]


def test_what_a_slow_reader_has_not_read_stays():
    numbers = [record(kind="site.changed").pk for _ in range(5)]
    cursors.position("slow")
    cursors.position("quick")
    cursors.advance("quick", to=numbers[-1])
    cursors.prune(keep=1)
    assert Change.objects.count() == 5
