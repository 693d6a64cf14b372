"""deploy/Caddyfile in a real Caddy, in front of a printed tree and a stand-in that says
what reached it."""

import gzip
import http.server
import os
import shutil
import subprocess
import threading
import time
from contextlib import closing, contextmanager

import pytest
from benchmarks.client import Client

from benchmarks import servers
from commonwire.delivery.headers import FILE_CACHE, kind_of, said_of

pytestmark = pytest.mark.skipif(
    not shutil.which("caddy") and not os.environ.get("CI"),
    reason="caddy is not installed",
)
CONF = servers.ROOT / "deploy" / "Caddyfile"
ADDRESS = "203.0.113.77"
ONION = f"http://{'a' * 56}.onion"
PAGE = b"<!doctype html><title>A vote</title>" * 20
TREE = {
    "index.html": PAGE,
    "wire/index.html": PAGE,
    "wire/embed.html": PAGE,
    "feed.atom": b"<feed/>",
    "oembed.json": b"{}",
    "log/checkpoint": b"a head",
    "media/abc/320.jpg": b"0123456789",
    "assets/site.css": b"a {}",
    "404.html": b"not here",
    "50x.html": b"away",
    ".unfinished/1": b"half",
}
HEADERS = ("Content-Security-Policy", "Cross-Origin-Resource-Policy", "Referrer-Policy")


class Upstream(http.server.BaseHTTPRequestHandler):
    """Says what it was asked, and who it was told is asking."""

    def do_GET(self):
        told = self.headers.get("X-Forwarded-For")
        body = f"{self.command} {self.path} {told}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.do_GET()

    def log_message(self, *_args):
        pass


@contextmanager
def running(place):
    """A client of Caddy; what it stands before; what it logs."""
    for name, body in TREE.items():
        file = place / "tree" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
    (place / "tree" / "index.html.gz").write_bytes(gzip.compress(PAGE))
    upstream = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    port = servers.free_port()
    settings = {
        "COMMONWIRE_NAME": f"http://127.0.0.1:{port}",
        "COMMONWIRE_TREE": str(place / "tree"),
        "COMMONWIRE_UPSTREAM": f"127.0.0.1:{upstream.server_port}",
        "COMMONWIRE_ONION_URL": ONION,
        "HOME": str(place),
    }
    with (place / "log").open("wb") as log:
        words = ["caddy", "run", "--adapter", "caddyfile", "--config", str(CONF)]
        process = subprocess.Popen(
            words, env=os.environ | settings, stdout=log, stderr=log
        )
    try:
        with closing(_client_of(port, place / "log")) as client:
            yield client, upstream, place / "log"
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def caddy(tmp_path_factory):
    with running(tmp_path_factory.mktemp("caddy")) as found:
        yield found


def _client_of(port, log):
    for _ in range(200):
        try:
            return Client(port)
        except OSError:
            time.sleep(0.05)
    raise AssertionError(log.read_text())


@pytest.mark.parametrize("path", ["/", "/wire/", "/feed.atom", "/wire/embed.html",
    "/oembed.json", "/log/checkpoint", "/media/abc/320.jpg", "/assets/site.css"])  # fmt: skip
def test_what_is_printed_is_handed_out_with_the_headers_of_commonwire(caddy, path):
    answer = caddy[0].get(path)
    file = path.strip("/") + ("/index.html" if path.endswith("/") else "")
    assert answer.body == TREE[file.strip("/")]
    assert answer.headers["Content-Type"] == kind_of(path)
    said = dict(said_of(path))
    assert {n: answer.headers[n] for n in HEADERS} == {n: said.get(n) for n in HEADERS}


@pytest.mark.parametrize(
    ("path", "cache"),
    [
        ("/", "no-cache"),
        ("/media/abc/320.jpg", FILE_CACHE),
        ("/media/gone", "no-store"),
    ],
)
def test_how_long_it_may_be_kept(caddy, path, cache):
    assert caddy[0].get(path).headers["Cache-Control"] == cache


def test_the_compressed_form_is_what_lies_in_the_tree(caddy):
    answer = caddy[0].get("/", {"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert gzip.decompress(answer.body) == PAGE


@pytest.mark.parametrize(
    "path", ["/publish/", "/desk/", "/api/v1/posts", "/2026/01/16/not-yet/", "/?from=a"]
)
def test_the_rest_reaches_commonwire_with_who_asks(caddy, path):
    answer = caddy[0].get(path, {"X-Forwarded-For": ADDRESS})
    assert answer.body == f"GET {path} 127.0.0.1".encode()


def test_what_is_sent_reaches_commonwire_where_a_file_lies_too(caddy):
    answer = caddy[0].post("/", {"a": "b"}, multipart=False)
    assert answer.body.startswith(b"POST /")


@pytest.mark.parametrize(
    "path", ["/metrics", "/.unfinished/1", "/index.html", "/index.html.gz"]
)
def test_what_is_nobodys_is_not_there(caddy, path):
    answer = caddy[0].get(path)
    assert (answer.status, answer.body) == (404, TREE["404.html"])


def test_tor_browser_is_told_where_a_page_is(caddy):
    assert caddy[0].get("/wire/").headers["Onion-Location"] == f"{ONION}/wire/"
    assert caddy[0].get("/feed.atom").headers["Onion-Location"] is None


def test_nothing_that_goes_wrong_is_logged_with_who_asked(tmp_path):
    agent = {"User-Agent": "canary-9917", "X-Forwarded-For": ADDRESS}
    # One of its own: the other tests need what it stands before.
    with running(tmp_path) as (client, upstream, log):
        upstream.shutdown()
        upstream.server_close()
        assert client.get("/publish/?q=canary-9917", agent).status >= 500
        client.get("/nothing/%ff?canary-9917", agent)
        said = log.read_text()
    assert not [
        word for word in ("canary", ADDRESS, "127.0.0.1:", "remote") if word in said
    ]
