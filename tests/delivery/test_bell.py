"""The worker's bell: who changes something wakes it at once."""

import os
import threading

import pytest

from commonwire.delivery.bell import Bell
from commonwire.delivery.tree import the_tree
from tests.factories import a_post

LONG = 30


@pytest.fixture
def bell(tmp_path):
    return Bell(tmp_path / "bell")


def test_who_waits_hears_it(bell, tmp_path):
    bell.wait(0)  # from now on somebody listens
    threading.Timer(0.01, Bell(tmp_path / "bell").ring).start()
    assert bell.wait(LONG)


def test_what_rang_before_is_heard_once(bell):
    bell.wait(0)
    for _ in range(3):
        bell.ring()
    assert (bell.wait(LONG), bell.wait(0)) == (True, False)


def test_nobody_has_to_listen(bell, tmp_path):
    bell.ring()
    os.mkfifo(tmp_path / "bell")
    bell.ring()
    assert not bell.wait(0)


def test_it_rings_however_long_nobody_listened(bell):
    bell.wait(0)
    for _ in range(70_000):  # more than the pipe holds
        bell.ring()
    assert bell.wait(LONG)


@pytest.mark.django_db(transaction=True)
def test_a_change_rings():
    the_tree().bell.wait(0)
    a_post()
    assert the_tree().bell.wait(LONG)
