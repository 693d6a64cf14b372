"""One of the site's processes dies; the others notice and go on."""

import socket
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

pytestmark = pytest.mark.slow


def test_a_dead_worker_is_started_again(server):
    first = server.worker
    first.kill()
    server.wait_until(lambda: new_worker(server, first))
    opened = server.take_a_while()
    server.publish(title="After the death", body="Text.", opened=opened)
    server.wait_until(lambda: b"After the death" in server.get("/wire/")[2])


def new_worker(server, first):
    try:
        return server.worker.pid != first.pid
    except ValueError:  # between the two there is none
        return False


def test_a_dead_web_process_is_started_again(server):
    _draft, path = server.publish(title="Before the death", body="Text.")
    server.web.kill()
    server.wait_until(server.answers)
    assert b"Before the death" in server.get(path)[2]
    server.publish(title="After the death", body="Text.")


def test_nothing_of_it_outlives_the_one_command(server):
    """Who watches dies without a word: the port is free again, nobody prints."""
    others = psutil.Process(server.process.pid).children(recursive=True)
    server.process.kill()
    server.process.wait()
    server.wait_until(lambda: not any(is_alive(process) for process in others))
    server.wait_until(lambda: is_free(server.port))


def is_alive(process):
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def test_two_who_publish_one_draft_at_once_get_one_post(server):
    """As a double click on a slow line does."""
    form = {"kind": "report", "title": "Once", "body": "Text.", "do": "publish"}
    draft = server.draft(**form)
    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(lambda _n: server.post(draft, form), range(8)))
    assert {(status, headers["Location"]) for status, headers, _body in answers} == {
        (303, f"{draft}published/")
    }
    with sqlite3.connect(server.data / "commonwire.sqlite3") as base:
        assert base.execute("SELECT title FROM publishing_post").fetchall() == [
            ("Once",)
        ]
    keys = {server.get(f"{draft}published/")[2] for _ in range(2)}
    assert len(keys) == 1
