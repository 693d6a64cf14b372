"""What one process does for all of them."""

import threading

import pytest

from commonwire.changes import locks
from commonwire.web.management.commands.prepare import alone
from tests.postgres.together import in_a_thread

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_at_a_time_has_a_lock():
    with locks.tried(locks.LOOKING) as mine, locks.tried(locks.LOOKING) as second:
        assert (mine, second) == (True, False)
    with locks.tried(locks.LOOKING) as again:
        assert again


def test_who_is_cut_off_lets_go_of_it():
    with pytest.raises(LookupError), locks.tried(locks.LOOKING):
        raise LookupError
    with locks.tried(locks.LOOKING) as mine:
        assert mine


def test_locks_are_one_each():
    with locks.tried(locks.LOOKING), locks.tried(locks.HOUSEKEEPING) as mine:
        assert mine


def test_two_machines_prepare_one_site_one_after_the_other(tmp_path):
    """They share nothing but the database."""
    is_in = threading.Event()

    def prepare():
        with alone(tmp_path):
            is_in.set()

    with locks.held(locks.PREPARING):
        other = in_a_thread(prepare)
        assert not is_in.wait(0.3)
    other.join()
    assert is_in.is_set()
