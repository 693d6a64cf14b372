"""Who sends very much stands back; nobody else waits for them."""

import io
import threading

import pytest

from commonwire.web import turnstile
from commonwire.web.turnstile import (
    FEW,
    MOMENT,
    MOST_HELD,
    Line,
    Place,
    Porch,
    TooMuch,
    Turnstile,
)

POST = "/api/v1/posts"


class Server:
    """Django's place: remembers who came through."""

    def __init__(self):
        self.served = []

    def __call__(self, environ, _start_response):
        self.served.append(environ["REMOTE_ADDR"])
        return [b"served"]


def ask(gate, address="203.0.113.1", path=POST, **headers):
    """The status when it was refused, else nothing."""
    told = []
    headers = {"REQUEST_METHOD": "POST", "HTTP_ALTCHA": "worked"} | headers
    environ = {"PATH_INFO": path, "REMOTE_ADDR": address, **headers}
    gate(environ, lambda status, headers: told.append((status, dict(headers))))
    return told


@pytest.fixture
def gate():
    return Turnstile(Server())


@pytest.fixture
def closed(gate, monkeypatch):
    """A line for many that does not move, and is full."""
    monkeypatch.setattr(turnstile, "MOST_WAITING", 0)
    gate._many = Line(at_once=0)
    gate._porch = Porch(pause=lambda _seconds: None)
    return gate


def test_few_requests_go_through_at_once(gate):
    assert [ask(gate) for _ in range(FEW)] == [[]] * FEW


def test_who_asks_for_more_is_told_to_come_back_when_the_line_is_full(closed):
    for _ in range(FEW):
        ask(closed)
    ((status, headers),) = ask(closed)
    assert status == "429 Too Many Requests"
    assert headers["Retry-After"] == "30"
    assert "Content-Security-Policy" in headers


def test_nobody_waits_for_another_network(closed):
    for _ in range(FEW + 5):
        ask(closed, "203.0.113.1")
    assert ask(closed, "203.0.113.2") == []


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/desk/", "/publish/x/files/", "/publish/x/files/y"]
)
def test_readers_editors_and_pieces_of_files_do_not_stand_in_line(closed, path):
    assert [ask(closed, path=path) for _ in range(3 * FEW)] == [[]] * (3 * FEW)


@pytest.mark.parametrize(
    ("headers", "path", "waits"),
    [
        ({"HTTP_ALTCHA": ""}, POST, True),
        ({"HTTP_ALTCHA": "", "HTTP_AUTHORIZATION": "Bearer x"}, POST, False),
        ({"HTTP_ALTCHA": "", "REQUEST_METHOD": "GET"}, "/api/v1/challenge", False),
        ({"HTTP_ALTCHA": ""}, "/publish/", False),
    ],
)
def test_a_program_that_brings_no_work_waits_from_the_first(
    closed, headers, path, waits
):
    assert bool(ask(closed, path=path, **headers)) == waits


def test_networks_that_many_people_share_may_ask_for_more(closed):
    assert [ask(closed, "127.0.0.1") for _ in range(3 * FEW)] == [[]] * (3 * FEW)


def test_who_asked_least_goes_first(monkeypatch):
    line, order = Line(at_once=0), []
    people = [threading.Thread(target=enter, args=(line, n, order)) for n in (9, 30, 2)]
    for person in people:
        person.start()
    wait_until(lambda: len(line._waiting) == 3)
    for turn in range(3):
        line._next()
        wait_until(lambda turn=turn: len(order) == turn + 1)
    assert order == [2, 9, 30]


def enter(line, asked, order):
    line.enter(asked)
    order.append(asked)


def wait_until(happened):
    tick = threading.Event()
    for _ in range(2_000):
        if happened():
            return
        tick.wait(0.005)
    raise AssertionError("in vain")


def test_a_full_line_sends_away_who_asked_most(monkeypatch):
    monkeypatch.setattr(turnstile, "MOST_WAITING", 1)
    line = Line(at_once=0)
    line._waiting = [Place(5, -1)]
    with pytest.raises(TooMuch):
        line.enter(50)
    assert [place.asked for place in line._waiting] == [5]


def test_a_line_that_does_not_move_is_left_in_the_end(monkeypatch):
    monkeypatch.setattr(turnstile, "LONGEST_WAIT", 0.01)
    line = Line(at_once=0)
    with pytest.raises(TooMuch):
        line.enter(1)
    assert line._waiting == []


def test_who_is_done_lets_the_next_in_also_after_an_error():
    def failing(environ, start_response):
        raise RuntimeError

    gate = Turnstile(failing)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            ask(gate)
    assert gate._few._free == turnstile.AT_ONCE


# Those who are sent away


def sent(size):
    return {"CONTENT_LENGTH": str(size), "wsgi.input": io.BytesIO(b"x" * size)}


def test_who_is_sent_away_waits_a_moment_for_that():
    pauses = []
    Porch(pause=pauses.append).hold({})
    assert pauses == [MOMENT]


def test_what_comes_beyond_is_sent_away_at_once():
    over = threading.Event()
    porch = Porch(pause=lambda _seconds: over.wait(20))
    those = [threading.Thread(target=porch.hold, args=({},)) for _ in range(MOST_HELD)]
    for one in those:
        one.start()
    wait_until(lambda: porch._places._value == 0)
    porch.hold({})
    assert not over.is_set()
    over.set()
    for one in those:
        one.join()


def test_who_is_sent_away_is_heard_out():
    environ = sent(600_000)
    Porch(pause=lambda _seconds: None).hold(environ)
    assert environ["wsgi.input"].read() == b""


@pytest.mark.parametrize("length", ["", "-5", "much"])
def test_a_length_that_is_none_is_not_waited_for(length):
    environ = {**sent(10), "CONTENT_LENGTH": length}
    Porch(pause=lambda _seconds: None).hold(environ)
    assert environ["wsgi.input"].tell() == 0


def test_who_goes_while_sending_is_no_error():
    class Gone:
        def read(self, _size):
            raise ConnectionError

    pauses = []
    Porch(pause=pauses.append).hold({**sent(9), "wsgi.input": Gone()})
    assert pauses == [MOMENT]
