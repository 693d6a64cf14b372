"""`kill -9` at any moment: what was answered is there, once, whole."""

import contextlib
import gzip
import http.client
import itertools
import os
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import brotli
import pytest

from tests.live import Server, command
from tests.media.pictures import encoded, gradient

pytestmark = pytest.mark.slow
PUBLISHES, KILLS, WRITERS = 200, 3, 6


def fields(number):
    return {"title": f"Post {number}", "body": f"Text number {number}. " * 20}


class Flood:
    """Publishes drafts from several threads, over power cuts, until all are answered."""

    def __init__(self, server):
        self.server = server
        opened = server.take_a_while()  # or all would wait, in no list
        self.drafts = [
            server.draft(**fields(number), opened=opened) for number in range(PUBLISHES)
        ]
        self.answered = {}
        self.lock = threading.Lock()
        self.over = threading.Event()

    def publish(self, number):
        form = {"kind": "report", **fields(number), "do": "publish"}
        while number not in self.answered and not self.over.is_set():
            try:
                status, headers, _body = self.server.post(self.drafts[number], form)
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)  # no answer: it is sent again, as people do
                continue
            assert status == 303, self.server.said
            with self.lock:
                self.answered[number] = headers["Location"]

    def run(self):
        marks = itertools.count(1)
        step = PUBLISHES // (KILLS + 1)
        with ThreadPoolExecutor(WRITERS) as writers:
            done = [writers.submit(self.publish, number) for number in range(PUBLISHES)]
            try:
                for mark in itertools.islice(marks, KILLS):
                    self.server.wait_until(
                        lambda m=mark: len(self.answered) >= m * step
                    )
                    self.server.kill()
                    self.server.start()
            except BaseException:
                self.over.set()  # or they would knock for ever at a server that is gone
                raise
        for one in done:
            one.result()


@pytest.fixture(scope="module")
def flooded(tmp_path_factory):
    """A server that was killed three times during two hundred publishes."""
    server = Server(tmp_path_factory.mktemp("site")).start()
    leave_uploads(server)
    expect_crowds(server)
    flood = Flood(server)
    flood.run()
    yield flood
    server.stop()


def expect_crowds(server):
    """No number of posts is a flood here: nobody has to wait, and none are apart."""
    with sqlite3.connect(server.data / "commonwire.sqlite3", timeout=20) as base:
        base.execute("UPDATE publishing_site SET flood_rate = NULL")


def leave_uploads(server):
    """Pictures of drafts that nobody will publish, and uploads half sent."""
    kind = "multipart/form-data; boundary=b"
    picture = encoded(gradient((64, 48)), "JPEG")
    part = (
        b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n'
    )
    server.post("/publish/", part + picture + b"\r\n--b--\r\n", Content_Type=kind)
    (server.data / "quarantine").mkdir(mode=0o700, exist_ok=True)
    (server.data / "quarantine" / "cut-off").write_bytes(picture[:100])
    (server.data / "unpublished" / ("x" * 22)).mkdir(parents=True)
    (server.data / "public" / "media" / ("y" * 22)).mkdir(parents=True, exist_ok=True)
    (server.data / "public" / "media" / ("y" * 22) / "320.jpg").write_bytes(picture)


def asked(server, sql):
    with sqlite3.connect(
        f"file:{server.data}/commonwire.sqlite3?mode=ro", uri=True
    ) as base:
        return base.execute(sql).fetchall()


def test_every_answered_post_is_there_with_its_page(flooded):
    assert len(flooded.answered) == PUBLISHES
    titles = set()
    for number, draft in enumerate(flooded.drafts):
        path = flooded.server.post_of(draft)
        status, _headers, body = flooded.server.get(path)
        assert (status, f"Text number {number}. ".encode() in body) == (200, True)
        titles.add(path)
    assert len(titles) == PUBLISHES


def test_nothing_is_there_twice(flooded):
    rows = asked(flooded.server, "SELECT title FROM publishing_post")
    assert sorted(rows) == sorted((f"Post {number}",) for number in range(PUBLISHES))


def test_publishing_again_leads_to_the_same_post(flooded):
    for number, draft in enumerate(flooded.drafts):
        before = flooded.server.post_of(draft)
        form = {"kind": "report", **fields(number), "do": "publish"}
        status, headers, _body = flooded.server.post(draft, form)
        assert (status, headers["Location"]) == (303, f"{draft}published/")
        assert flooded.server.post_of(draft) == before
    assert asked(flooded.server, "SELECT COUNT(*) FROM publishing_post") == [
        (PUBLISHES,)
    ]


def test_no_file_of_the_tree_is_half(flooded):
    root = flooded.server.data / "public"
    flooded.server.wait_until(lambda: is_quiet(flooded.server))
    plain = [
        file
        for file in root.rglob("*")
        if file.is_file()
        and file.suffix not in {".gz", ".br"}
        and ".unfinished" not in file.parts
    ]
    assert len(plain) > PUBLISHES
    for file in plain:
        body = file.read_bytes()
        assert body
        for suffix, unpack in ((".gz", gzip.decompress), (".br", brotli.decompress)):
            packed = file.with_name(file.name + suffix)
            if packed.exists():
                assert unpack(packed.read_bytes()) == body, file


def is_quiet(server):
    """The worker has printed everything."""
    (latest,) = asked(server, "SELECT MAX(id) FROM changes_change")
    (position,) = asked(
        server, "SELECT position FROM changes_cursor WHERE name = 'delivery'"
    )
    return latest == position


def test_the_newest_lists_show_the_newest(flooded):
    flooded.server.wait_until(lambda: is_quiet(flooded.server))
    listed = asked(
        flooded.server,
        "SELECT title FROM publishing_post WHERE listed ORDER BY published_at DESC, id DESC LIMIT 30",
    )
    assert len(listed) == 30
    _status, _headers, body = flooded.server.get("/wire/")
    assert all(f">{title}</a>".encode() in body for (title,) in listed)


def test_the_database_is_whole(flooded):
    assert asked(flooded.server, "PRAGMA integrity_check") == [("ok",)]
    assert asked(flooded.server, "PRAGMA foreign_key_check") == []


SWEEP = """
from commonwire.media import actions, store
from commonwire.media.models import Attachment
from django.utils import timezone
from datetime import timedelta
for hours in (1.1, 25):
    actions.sweep(
        now=timezone.now() + timedelta(hours=hours),
        unplaced=Attachment.objects.filter(placement=None),
    )
    print([p.name for p in store.quarantine().iterdir()])
"""


def test_no_upload_is_left_after_the_sweep(flooded):
    data = flooded.server.data
    done = command("shell", "--no-imports", "-c", SWEEP, data=data)
    assert (done.stderr, done.stdout.splitlines()) == ("", ["[]", "[]"])
    assert [path.name for path in data.glob("public/media/*")] == []
    left = {path.name for path in (data / "unpublished").iterdir()}
    placed = {
        row[0]
        for row in asked(flooded.server, "SELECT public_id FROM media_attachment")
    }
    assert left == placed


def test_nothing_unfinished_is_left_after_an_hour(flooded):
    data = flooded.server.data
    old = time.time() - timedelta(hours=2).total_seconds()
    left = list((data / "public" / ".unfinished").iterdir())
    for path in left:
        with contextlib.suppress(FileNotFoundError):  # the worker goes on printing
            os.utime(path, (old, old))
    sweep = "from commonwire.delivery.tree import the_tree; the_tree().sweep()"
    command("shell", "--no-imports", "-c", sweep, data=data)
    assert [path for path in left if path.exists()] == []
