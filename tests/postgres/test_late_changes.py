"""Rows of a sequence become visible out of order: no reader of changes may skip one."""

import threading

import pytest
from django.db import connection, transaction

from commonwire.changes import cursors, in_flight, locks
from commonwire.changes.record import record

pytestmark = pytest.mark.django_db(transaction=True)


class Late:
    """A transaction that has its change's number and is committed when it is told."""

    def __init__(self, *, fails=False):
        self.fails, self.number = fails, 0
        self._recorded, self._told = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        assert self._recorded.wait(10)

    def _run(self):
        try:
            with transaction.atomic():
                self.number = record(kind="late").pk
                self._recorded.set()
                self._told.wait(10)
                transaction.set_rollback(self.fails)
        finally:
            connection.close()

    def end(self):
        self._told.set()
        self._thread.join()


@pytest.fixture
def early():
    """A change before which nothing is missing."""
    return record(kind="early").pk


def numbers(found):
    return [change.pk for change in found]


def test_a_change_that_is_committed_late_is_not_skipped(early, monkeypatch):
    monkeypatch.setattr(in_flight, "_PATIENCE_SECONDS", 0.05)
    late = Late()
    newer = record(kind="newer").pk
    assert late.number < newer
    assert numbers(cursors.read_after(early)) == []
    late.end()
    assert numbers(cursors.read_after(early)) == [late.number, newer]


def test_a_reader_waits_for_who_is_about_to_commit(early):
    late = Late()
    newer = record(kind="newer").pk
    threading.Timer(0.1, late.end).start()
    assert numbers(cursors.read_after(early)) == [late.number, newer]
    late.end()


def test_what_was_given_up_holds_nobody_up(early):
    late = Late(fails=True)
    newer = record(kind="newer").pk
    late.end()
    assert numbers(cursors.read_after(early)) == [newer]


def test_who_records_after_the_reader_came_is_not_waited_for(early, monkeypatch):
    late, later = Late(), []
    newer = record(kind="newer").pk
    look = locks.holders

    def look_and_let_another_come(lock):
        found = look(lock)
        if not later:
            later.append(Late())
            late.end()
        return found

    monkeypatch.setattr(locks, "holders", look_and_let_another_come)
    assert numbers(cursors.read_after(early)) == [late.number, newer]
    later[0].end()


def test_what_is_settled_ends_before_a_change_that_is_under_way(early, monkeypatch):
    monkeypatch.setattr(in_flight, "_PATIENCE_SECONDS", 0.05)
    late = Late()
    newer = record(kind="newer").pk
    assert cursors.settled(after=early) == early
    late.end()
    assert cursors.settled(after=early) == newer


def test_no_change_is_lost_or_doubled_while_many_write(early):
    read, done, position = [], threading.Event(), early

    def write():
        try:
            for turn in range(40):
                with transaction.atomic():
                    record(kind="some")
                    transaction.set_rollback(turn % 5 == 0)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for each in writers:
        each.start()
    while not done.is_set() or cursors.read_after(position, limit=7):
        found = numbers(cursors.read_after(position, limit=7))
        read += found
        position = found[-1] if found else position
        if not any(each.is_alive() for each in writers):
            done.set()
    assert len(read) == len(set(read)) == 4 * 32


def test_one_process_at_a_time_reads_a_cursor(early):
    with cursors.claimed("reader") as mine:
        with cursors.claimed("reader") as second:
            assert second is None
        mine.move(to=early)
    assert cursors.position("reader") == early


def test_a_cursor_stays_when_its_reader_fails(early):
    def fail(claim):
        claim.move(to=early)
        raise LookupError

    with pytest.raises(LookupError), cursors.claimed("reader") as mine:
        fail(mine)
    with cursors.claimed("reader") as again:
        assert again.position == 0
