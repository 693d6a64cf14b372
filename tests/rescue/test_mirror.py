"""A copy of a site over HTTP, from an honest source and from others."""

import json
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from commonwire.rescue.failures import Refused
from commonwire.rescue.manifest import heads
from commonwire.rescue.manifest.verifying import InFolder, verify
from commonwire.rescue.mirroring import mirror
from tests.rescue.manifest.trees import built, forged, key, laid

HASH = "0" * 64


class Source(ThreadingHTTPServer):
    """Hands out a folder, and what it was told to say instead."""

    daemon_threads = True

    def __init__(self, root):
        super().__init__(("127.0.0.1", 0), Handler)
        self.root, self.lies, self.asked, self.cut = root, {}, [], {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        name, source = self.path[1:], self.server
        source.asked.append((name, self.headers.get("Range", "")))
        file = source.root / name
        body = source.lies.get(name) or (file.read_bytes() if file.is_file() else None)
        start = int(self.headers.get("Range", "bytes=0-")[6:-1])
        self.send_response(404 if body is None else 206 if start else 200)
        self.send_header("Content-Length", str(len(body or b"") - start))
        self.end_headers()
        self.wfile.write((body or b"")[start : source.cut.pop(name, None)])


@pytest.fixture
def source(tmp_path):
    key()
    root = laid(tmp_path / "site", index_html="a", wire__index_html="b", media__x="ccc")
    built(root, tmp_path / "memory")
    running = Source(root)
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture
def copy(tmp_path):
    return tmp_path / "copy"


def change(source, **files):
    built(laid(source.root, **files), source.root.parent / "memory")


def pages(source):
    return [name for name, _range in source.asked if not name.startswith("manifest/")]


def test_a_mirror_is_a_proved_copy(source, copy):
    done = mirror(source.url, copy)
    assert (done.fetched, done.failed) == (3, [])
    assert (copy / "wire" / "index.html").read_text() == "b"
    assert verify(InFolder(copy)).is_good
    assert done.requests == len(source.asked)


def test_an_update_fetches_what_changed_and_no_more(source, copy):
    mirror(source.url, copy)
    change(source, wire__index_html="B", wire__new_html="n")
    source.asked.clear()
    done = mirror(source.url, copy)
    assert pages(source) == ["wire/index.html", "wire/new.html"]
    assert len(source.asked) == 2 + 3  # its head and two folders
    assert done.fetched == 2
    assert verify(InFolder(copy)).is_good


def test_nothing_new_is_one_request(source, copy):
    mirror(source.url, copy)
    source.asked.clear()
    mirror(source.url, copy)
    assert [name for name, _range in source.asked] == ["manifest/head"]


def test_what_the_site_takes_away_goes_from_the_mirror(source, copy):
    mirror(source.url, copy)
    shutil.rmtree(source.root / "media")
    change(source)
    done = mirror(source.url, copy)
    assert done.removed == 1
    assert not (copy / "media").exists()
    assert verify(InFolder(copy)).is_good
    assert b"media" not in b"".join(
        file.read_bytes() for file in copy.rglob("*") if file.is_file()
    )


def test_it_goes_on_where_it_was_cut(source, copy):
    source.lies["wire/index.html"] = b"not it"
    assert mirror(source.url, copy).failed == ["wire/index.html"]
    source.lies.clear()
    source.asked.clear()
    assert mirror(source.url, copy).failed == []
    assert pages(source) == ["wire/index.html"]


def test_a_large_file_goes_on_in_the_middle(source, copy):
    change(source, media__film="f" * 3_000_000)
    source.cut["media/film"] = 2_000_000
    mirror(source.url, copy)
    ranges = [told for name, told in source.asked if name == "media/film"]
    assert ranges == ["", "bytes=2000000-"]
    assert (copy / "media" / "film").stat().st_size == 3_000_000


def test_a_file_that_is_not_what_the_manifest_says_is_not_taken(source, copy):
    mirror(source.url, copy)
    change(source, index_html="new")
    source.lies["index.html"] = b"bad"
    with pytest.raises(CommandError, match="1 file could not be had"):
        call_command("mirror", source.url, str(copy))
    assert (copy / "index.html").read_text() == "a"


def test_an_endless_file_is_not_read_to_its_end(source, copy):
    source.lies["index.html"] = b"x" * 5_000_000
    done = mirror(source.url, copy)
    assert done.failed == ["index.html"]
    assert done.bytes < 1_000_000


def test_a_page_that_changes_meanwhile_comes_with_the_next_manifest(source, copy):
    stale = (source.root / "manifest" / "head").read_bytes()
    change(source, index_html="new")
    fresh = source.root / "manifest" / "head"
    newest = fresh.read_bytes()
    fresh.write_bytes(stale)

    class Late(dict):
        def get(self, name, default=None):
            if name == "index.html":
                fresh.write_bytes(newest)
            return super().get(name, default)

    source.lies = Late()
    assert mirror(source.url, copy).failed == []
    assert (copy / "index.html").read_text() == "new"


def test_an_older_manifest_than_before_is_refused(source, copy):
    old = (source.root / "manifest" / "head").read_bytes()
    change(source, index_html="new")
    mirror(source.url, copy)
    source.lies["manifest/head"] = old
    with pytest.raises(Refused, match="older manifest than it did before"):
        mirror(source.url, copy)
    assert (copy / "index.html").read_text() == "new"


def test_a_head_that_was_changed_is_refused(source, copy):
    head = (source.root / "manifest" / "head").read_bytes()
    source.lies["manifest/head"] = head.replace(b"\n3 5\n", b"\n3 6\n")
    with pytest.raises(Refused, match="not believed: the signature"):
        mirror(source.url, copy)


def test_another_key_than_at_first_is_refused(source, copy):
    mirror(source.url, copy)
    other = type(heads.the_signer())(heads.the_signer().name, b"o" * 32)
    head = heads.opened(
        (source.root / "manifest" / "head").read_bytes(), heads.the_signer().verifier
    )
    source.lies["manifest/key"] = f"{other.verifier}\n".encode()
    source.lies["manifest/head"] = other.sign(head.text).encode()
    with pytest.raises(Refused, match="not signed by the key"):
        mirror(source.url, copy)


def test_a_name_that_leaves_the_folder_is_refused(source, copy):
    forged(source.root, {"files": {"../out": [1, HASH]}, "folders": {}}, number=9**15)
    with pytest.raises(Refused, match="names a file that is none"):
        mirror(source.url, copy)
    assert not (copy.parent / "out").exists()


def test_a_part_of_the_manifest_that_was_changed_is_refused(source, copy):
    for file in (source.root / "manifest").rglob("*.json"):
        file.write_text(json.dumps({"files": {}, "folders": {}}))
    with pytest.raises(Refused, match="not what its name says"):
        mirror(source.url, copy)


def test_a_source_that_does_not_answer_is_one_line(tmp_path, copy):
    with pytest.raises(CommandError, match="does not answer as a website does"):
        call_command("mirror", "http://127.0.0.1:20009/", str(copy))


def test_a_folder_with_something_else_in_it_is_left_alone(source, copy):
    laid(copy, letter="kept")
    with pytest.raises(Refused, match="holds something that is no mirror"):
        mirror(source.url, copy)
    assert [each.name for each in copy.iterdir()] == ["letter"]


@pytest.mark.parametrize("url", ["ftp://a.example/", "wire.example", "file:///etc"])
def test_what_is_no_address_of_a_site_is_refused(url, copy):
    with pytest.raises(Refused, match="is no address of a site"):
        mirror(url, copy)
