"""deploy/nginx.conf in a real nginx, in front of a real `commonwire serve`."""

import os
import shutil
import time
from contextlib import closing

import pytest
from benchmarks.client import Client, Newswire
from benchmarks.publish import LEAST_AGE, wait_for_worker
from benchmarks.texts import text

from benchmarks import servers
from commonwire.delivery.headers import FILE_CACHE, OPEN, SECURITY, TYPES
from tests.moderation.log.copies import Copy, entries

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not shutil.which("nginx") and not os.environ.get("CI"),
        reason="nginx is not installed",
    ),
]
# nginx keeps files open for a second, by a clock that counts whole ones.
LONGEST_UNSEEN = 2.0
MEDIA = ("320.jpg", "small.mp4", "sound.opus", "waveform.svg", "a.vtt", "document.pdf")
# Of the public log: its head and key, and a full tile, partial ones and a bundle.
LOG = ("/log/checkpoint", "/log/key")
TILES = (
    "/log/tile/0/000",
    "/log/tile/1/000.p/1",
    "/log/tile/entries/000",
    "/log/tile/entries/001.p/44",
)
HEADERS = {name for name, _value in (*SECURITY, *OPEN)} | {"Cache-Control"}


class Site:
    def __init__(self, wire, port, data, post):
        self.wire = wire
        self.nginx = Client(port)
        self.port = port
        self.direct = Client(wire.port)
        self.data = data
        self.public = data / "public"
        self.post = post

    def close(self):
        self.nginx.close()
        self.direct.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    place = tmp_path_factory.mktemp("site")
    data = place / "data"
    with servers.commonwire(data) as wire:
        newswire = Newswire(wire.port)
        words = text(1)
        draft, _took = newswire.draft(words)
        time.sleep(LEAST_AGE)
        newswire.publish(draft, words)
        picture = data / "public" / "media" / "abc" / "320.jpg"
        picture.parent.mkdir(parents=True)
        for name in MEDIA:
            picture.with_name(name).write_bytes(b"0123456789")
        log = Copy(tmp_path_factory.mktemp("log"), entries(300))
        shutil.copytree(log.root / "log" / "tile", data / "public" / "log" / "tile")
        newswire.client.close()
        wait_for_worker(data)
        block = servers.shipped(data / "public", wire.port)
        with servers.nginx(block, place / "nginx") as port:
            found = Site(wire, port, data, words.path)
            yield found
            found.close()


@pytest.fixture
def alone(site, tmp_path):
    """The same tree, and nobody to pass anything on to."""
    block = servers.shipped(site.public, servers.free_port())
    with (
        servers.nginx(block, tmp_path / "nginx") as port,
        closing(Client(port)) as client,
    ):
        yield client


def test_pages_are_served_without_commonwire(alone, site):
    assert (
        alone.get(site.post).body
        == (site.public / f".{site.post}index.html").read_bytes()
    )


def test_the_front_page_is_served_without_commonwire(alone, site):
    assert alone.get("/").body == (site.public / "index.html").read_bytes()


def test_what_is_for_the_operator_alone_is_not_passed_on(site):
    answer = site.nginx.get("/metrics")

    assert answer.status == 404
    assert answer.body == (site.public / "404.html").read_bytes()


def test_tor_browser_is_told_where_a_page_is(site, tmp_path):
    onion = f"http://{'a' * 56}.onion"
    block = servers.shipped(site.public, site.wire.port)
    line = "# news.example.org http://….onion$request_uri;"
    assert block.count(line) == 1
    block = block.replace(line, f"127.0.0.1 {onion}$request_uri;")
    with (
        servers.nginx(block, tmp_path / "nginx") as port,
        closing(Client(port)) as client,
    ):
        assert client.get("/wire/").headers["Onion-Location"] == f"{onion}/wire/"
        assert client.get("/feed.atom").headers["Onion-Location"] is None


def test_feeds_are_served_without_commonwire(alone):
    answer = alone.get("/feed.atom")

    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"


def test_a_dynamic_address_without_commonwire_gets_the_printed_sentence(alone, site):
    answer = alone.get("/publish/")

    assert answer.status == 502
    assert answer.body == (site.public / "50x.html").read_bytes()


def test_the_compressed_form_is_what_lies_in_the_tree(site):
    answer = site.nginx.get(site.post, {"Accept-Encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.body == (site.public / f".{site.post}index.html.gz").read_bytes()


@pytest.mark.skipif(not servers.has_brotli(), reason="nginx has no brotli_static here")
def test_brotli_when_it_is_switched_on(site, tmp_path):
    block = servers.shipped(site.public, site.wire.port, brotli=True)
    with (
        servers.nginx(block, tmp_path / "nginx") as port,
        closing(Client(port)) as client,
    ):
        answer = client.get(site.post, {"Accept-Encoding": "br"})

    assert answer.body == (site.public / f".{site.post}index.html.br").read_bytes()


def test_who_has_the_page_gets_304(site):
    known = site.nginx.get(site.post).headers["ETag"]

    assert site.nginx.get(site.post, {"If-None-Match": known}).status == 304


def test_a_part_of_a_picture(site):
    answer = site.nginx.get("/media/abc/320.jpg", {"Range": "bytes=2-4"})

    assert (answer.status, answer.body) == (206, b"234")


@pytest.mark.parametrize("wanted", ["bytes=10-", "bytes=99-200", "bytes=-0"])
def test_a_part_that_is_not_there(site, wanted):
    for client in (site.nginx, site.direct):
        answer = client.get("/media/abc/320.jpg", {"Range": wanted})

        assert answer.status == 416
        assert answer.headers["Content-Range"] == "bytes */10"


def test_a_medium_that_is_gone_is_not_remembered(site):
    for client in (site.nginx, site.direct):
        answer = client.get("/media/abc/gone.jpg")

        assert (answer.status, answer.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/feed.atom",
        "/feed.rss",
        "/feed.json",
        "/podcast.png",
        "/publish/",
        "/search/?q=a",
    ]
    + ["/embed.html", "/wire/embed.html", "/oembed.json", "/embed.js", "/embed.css"]
    + [f"/media/abc/{name}" for name in MEDIA]
    + [*LOG, *TILES],
)
def test_headers_are_those_of_commonwire(site, path):
    site.direct.get(path)  # What is not in the tree yet is printed.
    ours, theirs = site.nginx.get(path), site.direct.get(path)

    assert _said(ours, HEADERS) == _said(theirs, HEADERS)
    assert ours.headers.get_all("Content-Type") == theirs.headers.get_all(
        "Content-Type"
    )


@pytest.mark.parametrize(
    ("path", "kind", "cache"),
    [(path, "text/plain; charset=utf-8", "no-cache") for path in LOG]
    + [(path, "application/octet-stream", FILE_CACHE) for path in TILES],
)
def test_the_log_s_files_are_what_their_standard_says(site, alone, path, kind, cache):
    site.nginx.get(path)

    answer = alone.get(path)

    assert answer.body == (site.public / path.removeprefix("/")).read_bytes()
    assert _said(answer, {"Content-Type", "Cache-Control"}) == {
        "Content-Type": [kind],
        "Cache-Control": [cache],
    }


def test_a_tile_that_is_not_there_is_not_remembered(site):
    for client in (site.nginx, site.direct):
        answer = client.get("/log/tile/0/009")

        assert (answer.status, answer.headers["Cache-Control"]) == (404, "no-store")


def test_headers_of_assets_are_those_of_commonwire(site):
    sheet = next((site.public / "assets").glob("site.*.css"))
    ours, theirs = (
        client.get(f"/assets/{sheet.name}") for client in (site.nginx, site.direct)
    )

    assert _said(ours, HEADERS) == _said(theirs, HEADERS)


def test_every_type_of_the_tree_is_known():
    shipped = servers.SHIPPED.read_text()

    for suffix, kind in TYPES.items():
        said = f'"{kind}"' if " " in kind else kind
        assert f"{said} {suffix.removeprefix('.')};" in shipped


def test_a_page_that_is_not_there_is_printed_and_then_served_by_nginx(site, alone):
    assert alone.get("/about/").status == 502

    assert site.nginx.get("/about/").status == 200

    assert alone.get("/about/").status == 200


def test_a_change_is_seen_within_two_seconds(site):
    page = site.public / "privacy" / "index.html"
    site.nginx.get("/privacy/")
    new = page.with_name("new")
    new.write_bytes(b"changed")
    new.replace(page)

    time.sleep(LONGEST_UNSEEN)
    assert site.nginx.get("/privacy/").body == b"changed"


@pytest.mark.parametrize(
    "path",
    [
        "/.unfinished/x",
        "/privacy/.x",
        "/.git/config",
        "/x/index.html",
        "/x.gz",
        "/log/tile/0/000.gz",
        "/log/tile/0/.x",
    ],
)
def test_hidden_names_are_denied(site, path):
    file = site.public / path.removeprefix("/")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("secret")

    assert site.nginx.get(path).status == 404


def test_what_is_too_large_gets_the_printed_sentence(site):
    with closing(Client(site.port)) as client:
        answer = client.announce("/publish/", 1_200_000_000)

    assert answer.status == 413
    assert answer.body == (site.public / "413.html").read_bytes()


def test_what_is_nowhere_gets_the_printed_404(site):
    answer = site.nginx.get("/media/nothing.jpg")

    assert answer.status == 404
    assert answer.body == (site.public / "404.html").read_bytes()


def test_an_address_without_its_stroke_is_sent_on(site):
    answer = site.nginx.get("/wire")

    assert answer.headers["Location"] == "/wire/"


def test_nothing_is_logged(site):
    shipped = servers.SHIPPED.read_text()

    assert "access_log off;" in shipped
    assert "error_log /dev/null crit;" in shipped


def _said(answer, names):
    return {name: answer.headers.get_all(name) for name in names}


def test_a_link_with_a_code_is_answered_like_the_page_it_leads_to(site):
    plain, coded = (site.nginx.get(site.post + query) for query in ("", "?from=flyer"))
    assert (coded.status, coded.body) == (plain.status, plain.body) == (200, plain.body)
    assert (
        coded.headers["Content-Security-Policy"]
        == dict(SECURITY)["Content-Security-Policy"]
    )
