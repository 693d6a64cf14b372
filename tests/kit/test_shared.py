"""What web processes count together in a real Redis, and alone when it is away."""

import shutil
import subprocess
import time

import pytest
from django.core.cache import cache
from django.test import override_settings

from commonwire.kit import buckets, shared
from commonwire.kit.buckets import Buckets, Network
from commonwire.kit.meters import Meter
from tests.live import free_port

SOMEBODY, ANOTHER = Network("1" * 32, shared=False), Network("2" * 32, shared=False)


class Store:
    """``folder``: where nothing shall be written."""

    def __init__(self, folder):
        self.folder, self.port, self.process = folder, free_port(), None
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self):
        words = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.process = subprocess.Popen(
            ["redis-server", *words], cwd=self.folder, stdout=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 30
        while shared.asked(lambda there: there.ping()) is None:
            assert time.monotonic() < deadline
            shared._resting_until = 0
            time.sleep(0.02)

    def stop(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def store(tmp_path, monkeypatch):
    if not shutil.which("redis-server"):
        pytest.skip("redis-server is not installed: tests/programs.sh")
    there = Store(tmp_path)
    place = {"BACKEND": "commonwire.kit.shared.SharedCache", "LOCATION": there.url}
    place["KEY_FUNCTION"] = "commonwire.kit.shared.key_of"
    monkeypatch.setattr(buckets, "_looked", -float("inf"))
    monkeypatch.setattr(shared, "_resting_until", 0)
    with override_settings(CACHE_URL=there.url, CACHES={"default": place}):
        there.start()
        yield there
        there.stop()
        shared.client(there.url).close()
        cache.close()


def two_processes(**more):
    return [Buckets("here", **more) for _ in range(2)]


def test_processes_take_from_one_bucket(store):
    one, two = two_processes(capacity=2, seconds=3600)
    assert (one.take(SOMEBODY), two.take(SOMEBODY)) == (True, True)
    assert (one.take(SOMEBODY), two.has_token(SOMEBODY)) == (False, False)
    assert two.take(ANOTHER)
    assert 3500 < two.wait(SOMEBODY) <= 3600


def test_what_is_given_back_is_there_for_all_and_no_more_than_was_taken(store):
    one, two = two_processes(capacity=1, seconds=3600)
    assert one.take(SOMEBODY)
    two.give_back(SOMEBODY)
    two.give_back(SOMEBODY)
    assert (one.take(SOMEBODY), two.has_token(SOMEBODY)) == (True, False)


def test_tokens_come_back(store):
    one, two = two_processes(capacity=1, seconds=0.01)
    assert one.take(SOMEBODY)
    time.sleep(0.02)
    assert two.take(SOMEBODY)


def test_processes_count_what_comes_in_together(store):
    one, two = (Meter("here", seconds=3600) for _ in range(2))
    one.count()
    two.count()
    assert (one.sum, two.sum) == (2, 2)


def test_one_network_has_one_key_in_all_processes(store, monkeypatch):
    asked = {"REMOTE_ADDR": "203.0.113.7"}
    one = buckets.network_of(asked)
    monkeypatch.setattr(buckets, "_secret", (b"another process", time.monotonic()))
    monkeypatch.setattr(buckets, "_looked", -float("inf"))
    assert buckets.network_of(asked) == one


def test_a_code_that_was_used_is_used_everywhere(store):
    assert cache.add("code", 1, 60)
    assert not shared.SharedCache(store.url, {"KEY_FUNCTION": shared.key_of}).add(
        "code", 1, 60
    )


def test_no_address_is_in_it_and_everything_in_it_ends(store):
    bucket = Buckets("here", capacity=2, seconds=3600)
    bucket.take(buckets.network_of({"REMOTE_ADDR": "203.0.113.7"}))
    Meter("here", seconds=60).count()
    there = shared.client(store.url)
    keys = there.keys()
    assert len(keys) == 3
    assert all(there.ttl(key) > 0 for key in keys)
    assert not any(b"203.0.113.7" in key for key in keys)


def test_each_counts_alone_while_it_is_away(store):
    one, two = two_processes(capacity=1, seconds=3600)
    store.stop()
    assert (one.take(SOMEBODY), two.take(SOMEBODY)) == (True, True)
    assert not one.take(SOMEBODY)
    assert cache.add("code", 1, 60)
    assert not cache.add("code", 1, 60)
    shared._resting_until = 0
    store.start()
    assert two.take(SOMEBODY)
