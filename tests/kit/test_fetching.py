"""Fetching what strangers typed: from a server of our own that stands for the open
internet, and never from what is behind the door."""

import socket
import threading
import time
from types import SimpleNamespace

import pytest

from commonwire.kit import dialling, fetching, names
from commonwire.kit.fetching import NotAllowed, NotThere, fetch

PUBLIC = "93.184.215.14"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


class Internet:
    """Names and what they lead to; answers in the order they are asked for."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.answers, self.asked, self.dialled = [], [], []
        self.names = {"site.example": [[PUBLIC]]}
        threading.Thread(target=self._serve, daemon=True).start()

    def addresses(self, name):
        if name not in self.names:
            raise names.Unknown(name)
        known = self.names[name]
        return known.pop(0) if len(known) > 1 else known[0]

    def connect(self, address, timeout):
        self.dialled.append(address)
        return _connect(self.listener.getsockname(), timeout=timeout)

    def _serve(self):
        while True:
            try:
                line, _peer = self.listener.accept()
            except OSError:
                return
            with line:
                self.asked.append(line.recv(65_536).decode("latin-1"))
                for part in self.answers.pop(0):
                    try:
                        line.sendall(part)
                    except OSError:
                        break


_connect = socket.create_connection


@pytest.fixture
def internet(monkeypatch):
    found = Internet()
    monkeypatch.setattr(names, "addresses", found.addresses)
    monkeypatch.setattr(dialling.socket, "create_connection", found.connect)
    yield found
    found.listener.close()


def redirect(to):
    return [f"HTTP/1.1 302 Found\r\nLocation: {to}\r\n\r\n".encode()]


def test_what_is_there_is_fetched(internet):
    internet.answers = [[OK]]
    found = fetch("http://site.example/a b?q=ü#part")
    assert (found.status, found.body) == (200, b"hello")
    assert internet.dialled == [(PUBLIC, 80)]
    assert internet.asked[0].startswith("GET /a%20b?q=%C3%BC HTTP/1.1\r\n")
    assert "\r\nHost: site.example\r\n" in internet.asked[0]


def test_a_redirect_is_followed(internet):
    internet.names["other.example"] = [["1.1.1.1"]]
    internet.answers = [redirect("//other.example:8080/x"), [OK]]
    assert fetch("http://site.example").url == "http://other.example:8080/x"
    assert internet.dialled == [(PUBLIC, 80), ("1.1.1.1", 8080)]


@pytest.mark.parametrize(
    "to",
    ["http://127.0.0.1/", "http://inside.example/", "http://[::1]/", "//[fe80::1]"],
)
def test_a_redirect_leads_to_no_private_network(internet, to):
    internet.names["inside.example"] = [["10.0.0.7"]]
    internet.answers = [redirect(to)]
    with pytest.raises(NotAllowed, match="not on the public internet"):
        fetch("http://site.example/")
    assert internet.dialled == [(PUBLIC, 80)]


def test_a_name_that_changes_its_mind_is_asked_once(internet):
    internet.names["rebinding.example"] = [[PUBLIC], ["127.0.0.1"]]
    internet.answers = [[OK]]
    fetch("http://rebinding.example/")
    assert internet.dialled == [(PUBLIC, 80)]


def test_a_redirect_to_the_same_name_is_looked_at_again(internet):
    internet.names["rebinding.example"] = [[PUBLIC], ["169.254.169.254"]]
    internet.answers = [redirect("/again")]
    with pytest.raises(NotAllowed, match="not on the public internet"):
        fetch("http://rebinding.example/")
    assert internet.dialled == [(PUBLIC, 80)]


def test_one_private_address_among_public_ones_closes_the_door(internet):
    internet.names["mixed.example"] = [[PUBLIC, "192.168.1.1"]]
    with pytest.raises(NotAllowed, match="not on the public internet"):
        fetch("http://mixed.example/")
    assert internet.dialled == []


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254"),
        *("0.0.0.0", "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.0.8"),
        *("::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1"),
        *("2002:7f00:1::1", "64:ff9b:1::a00:1", "fe80::1%eth0", "no address"),
    ],
)
def test_these_addresses_are_not_public(address):
    assert not dialling.is_public(address)


@pytest.mark.parametrize(
    "address", [PUBLIC, "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_these_addresses_are_public(address):
    assert dialling.is_public(address)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("file:///etc/passwd", "begins with https://"),
        ("gopher://site.example/", "begins with https://"),
        ("site.example", "begins with https://"),
        ("http://", "begins with https://"),
        ("http://ada:word@site.example/", "name and password"),
        ("http://site.example:25/", "this port"),
        ("http://site.example:99999/", "no address"),
        ("http://[::1", "no address"),
        ("http://a..b/", "no address"),
        ("http://site.example\\@inside.example/", "name and password"),
        ("http://[fe80::1%25eth0]/", "no address"),
        ("http://127。0。0。1/", "not on the public internet"),
        ("http://site.example/" + "x" * 2_000, "too long"),
    ],
)
def test_what_is_no_address_to_fetch_says_why(internet, url, words):
    with pytest.raises(NotAllowed, match=words):
        fetch(url)
    assert internet.dialled == []


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "nowhere.example"])
def test_nothing_but_the_name_system_says_what_a_name_means(internet, host):
    with pytest.raises(NotThere, match="no site called"):
        fetch(f"http://{host}/")
    assert internet.dialled == []


@pytest.mark.parametrize(
    "host", ["localhost", "A.Localhost.", "nas.local", "x.internal"]
)
def test_names_of_what_is_behind_the_door_are_refused_whatever_they_lead_to(
    internet, host
):
    with pytest.raises(NotAllowed, match="not on the public internet"):
        fetch(f"http://{host}/")
    assert internet.dialled == []


def test_what_says_that_it_is_too_large_is_not_read(internet):
    internet.answers = [[b"HTTP/1.1 200 OK\r\nContent-Length: 30000000\r\n\r\n"]]
    with pytest.raises(NotAllowed, match="at most 1,000,000 bytes"):
        fetch("http://site.example/")


def test_what_does_not_end_is_read_as_far_as_the_limit(internet):
    internet.answers = [[b"HTTP/1.1 200 OK\r\n\r\n", *[b"x" * 10_000] * 400]]
    with pytest.raises(NotAllowed, match="at most 20,000 bytes"):
        fetch("http://site.example/", most_bytes=20_000)


def drip(*parts, drop=b"x"):
    yield from parts
    for _second in range(100):
        time.sleep(0.02)
        yield drop


@pytest.mark.parametrize(
    "begun", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nA: ", b""]
)
def test_a_server_that_drips_is_cut_off(internet, begun):
    internet.answers = [drip(begun)]
    with pytest.raises(NotThere, match="took too long"):
        fetch("http://site.example/", seconds=0.2)


def test_one_that_says_nothing_at_all_is_cut_off(internet):
    internet.answers = [drip(drop=b"")]
    with pytest.raises(NotThere, match="took too long"):
        fetch("https://site.example/", seconds=0.2)


def test_half_an_answer_is_none(internet):
    internet.answers = [[OK[:-2]]]
    with pytest.raises(NotThere, match="does not answer"):
        fetch("http://site.example/")


def test_no_redirects_without_end(internet):
    internet.answers = [redirect(f"/{number}") for number in range(5)]
    with pytest.raises(NotThere, match="redirects too often"):
        fetch("http://site.example/")


def test_what_was_secret_stays_secret():
    answer = SimpleNamespace(getheader=lambda _name: "http://site.example/")
    with pytest.raises(NotAllowed, match="from https:// to http://"):
        fetching._next("https://site.example/", answer)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"HTTP/1.1 404 No\r\n\r\n", "number 404"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "does not answer as a website"),
        (b"", "does not answer as a website"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", "packed"),
    ],
)
def test_what_a_server_answers_instead_is_said(internet, answer, words):
    internet.answers = [[answer]]
    with pytest.raises(NotThere, match=words):
        fetch("http://site.example/")


def test_what_has_not_changed_is_not_sent_again(internet):
    internet.answers = [[b"HTTP/1.1 304 Not Modified\r\nETag: 1\r\n\r\n"]]
    found = fetch("http://site.example/", headers={"If-None-Match": "1"})
    assert (found.status, found.body, found.headers["etag"]) == (304, b"", "1")
    assert "\r\nIf-None-Match: 1\r\n" in internet.asked[0]
