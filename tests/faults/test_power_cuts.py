"""`kill -9` at any moment: what was answered is there, once, whole."""

import contextlib
import gzip
import http.client
import json
import os
import queue
import re
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
PUBLISHES, WRITERS = 200, 6
# More than a site of this rate takes at once: people are sent to the waiting room, and
# before all are published the raw wire opens.
RATE = 150
# Every tenth fills in what people do not see, and is held.
HELD = range(0, PUBLISHES, 10)
# When the power is cut: so many are in the waiting room, so many are published.
WAITING, PUBLISHED = 50, (40, 120)


def fields(number):
    return {"title": f"Post {number}", "body": f"Text number {number}. " * 20}


class Person:
    """Publishes without scripts: goes to the waiting room when sent there, comes back
    when it opens, and sends the same again when no answer came."""

    def __init__(self, server, number):
        self.server, self.number = server, number
        self.room = self.published = ""
        self.not_before, self.has_waited = 0.0, False
        status, headers, _body = self.post("/publish/", form(number))
        assert status == 303
        self.draft = headers["Location"]

    def post(self, path, sent):
        address = f"198.51.100.{self.number}"
        return self.server.post(path, sent, X_Forwarded_For=address)

    def go_on(self):
        """One try; whether it is published."""
        if time.monotonic() < self.not_before:
            time.sleep(0.01)
            return False
        self.not_before = time.monotonic() + 0.1
        sent = {} if self.room else {**form(self.number), "do": "publish"}
        try:
            status, headers, body = self.post(self.room or self.draft, sent)
        except (OSError, http.client.HTTPException):
            return False
        if status in {422, 429}:  # not yet
            left = re.search(rb'data-left="(\d+)"', body)
            self.not_before += int(left[1]) if left else 1
            return False
        assert status == 303, self.server.said
        place = headers["Location"]
        if "/wait/" in place:
            self.room, self.has_waited = place, True
            return False
        self.published = place
        return True


def form(number):
    trap = {"homepage": "https://pills.example/"} if number in HELD else {}
    return {"kind": "report", **fields(number), **trap}


class Crowd:
    """People who publish at once, over power cuts, until all are answered."""

    def __init__(self, server):
        self.server = server
        self.people = [Person(server, number) for number in range(PUBLISHES)]
        self.left = queue.SimpleQueue()
        # Who came last has waited least.
        for person in reversed(self.people):
            self.left.put(person)
        self.over = threading.Event()

    def publish(self):
        while not self.over.is_set() and self.published < PUBLISHES:
            with contextlib.suppress(queue.Empty):
                person = self.left.get(timeout=0.1)
                if not person.go_on():
                    self.left.put(person)

    @property
    def published(self):
        return sum(bool(person.published) for person in self.people)

    @property
    def waiting(self):
        return sum(person.has_waited for person in self.people)

    def run(self):
        with ThreadPoolExecutor(WRITERS) as writers:
            done = [writers.submit(self.publish) for _ in range(WRITERS)]
            try:
                self.cut(lambda: self.waiting >= WAITING)
                for number in PUBLISHED:
                    self.cut(lambda most=number: self.published >= most)
                self.server.wait_until(lambda: self.published == PUBLISHES)
            finally:
                self.over.set()  # or they would knock for ever at a server that is gone
        for one in done:
            one.result()

    def cut(self, when):
        self.server.wait_until(when)
        self.server.kill()
        self.server.start()


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """On a server that was killed three times while two hundred people published."""
    server = Server(tmp_path_factory.mktemp("site")).start()
    leave_uploads(server)
    the_site_takes(server, RATE)
    crowd = Crowd(server)
    crowd.run()
    yield crowd
    server.stop()


def the_site_takes(server, rate):
    with sqlite3.connect(server.data / "commonwire.sqlite3", timeout=20) as base:
        base.execute("UPDATE publishing_site SET flood_rate = ?", (rate,))


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


def test_every_answered_post_is_there_with_its_page(crowd):
    paths = set()
    for person in crowd.people:
        assert person.published == f"{person.draft}published/"
        path = crowd.server.post_of(person.draft)
        status, _headers, body = crowd.server.get(path)
        words = f"Text number {person.number}. ".encode()
        assert (status, words in body) == (200, True)
        paths.add(path)
    assert len(paths) == PUBLISHES


def test_nothing_is_there_twice(crowd):
    rows = asked(crowd.server, "SELECT title FROM publishing_post")
    assert sorted(rows) == sorted((f"Post {number}",) for number in range(PUBLISHES))


def test_publishing_again_leads_to_the_same_post(crowd):
    for person in crowd.people:
        before = crowd.server.post_of(person.draft)
        person.room, person.not_before = "", 0.0
        assert person.go_on()
        assert crowd.server.post_of(person.draft) == before
    assert asked(crowd.server, "SELECT COUNT(*) FROM publishing_post") == [(PUBLISHES,)]


def test_no_file_of_the_tree_is_half(crowd):
    root = crowd.server.data / "public"
    crowd.server.wait_until(lambda: is_quiet(crowd.server))
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


@pytest.mark.parametrize(
    ("path", "which"), [("/wire/", "listed"), ("/wire/raw/", "raw")]
)
def test_the_newest_lists_show_the_newest(crowd, path, which):
    crowd.server.wait_until(lambda: is_quiet(crowd.server))
    newest = asked(
        crowd.server,
        f"SELECT title FROM publishing_post WHERE {which} AND waiting_since IS NULL "
        "ORDER BY published_at DESC, id DESC LIMIT 20",
    )
    assert len(newest) == 20
    _status, _headers, body = crowd.server.get(path)
    assert all(f">{title}</a>".encode() in body for (title,) in newest)


def test_every_post_is_on_the_wire_or_on_the_raw_one_or_waits(crowd):
    rows = asked(
        crowd.server,
        "SELECT listed, raw, waiting_since IS NOT NULL, COUNT(*) FROM publishing_post "
        "GROUP BY 1, 2, 3",
    )
    found = {tuple(states): number for *states, number in rows}
    listed, raw = found[1, 0, 0], found[0, 1, 0]
    assert (listed, listed + raw) == (RATE, PUBLISHES - len(HELD))


def test_the_flood_began_once_and_every_hold_is_in_the_log(crowd):
    facts = asked(crowd.server, "SELECT act, facts, post_id FROM moderation_decision")
    acts = [act for act, _facts, _post in facts]
    assert acts.count("flood-on") == 1
    alone = {post for act, _facts, post in facts if act == "hold" and post}
    together = sum(
        json.loads(said)["posts"]
        for act, said, post in facts
        if act == "hold" and not post
    )
    ((to_come,),) = asked(crowd.server, "SELECT SUM(undecided) FROM moderation_heap")
    assert len(alone) + together + to_come == len(HELD)
    server = crowd.server
    site = f"http://127.0.0.1:{server.port}"
    done = command("log", "verify", data=server.data, SITE_URL=site)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_people_met_the_waiting_room(crowd):
    assert crowd.waiting >= WAITING


def test_the_database_is_whole(crowd):
    assert asked(crowd.server, "PRAGMA integrity_check") == [("ok",)]
    assert asked(crowd.server, "PRAGMA foreign_key_check") == []


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


def test_no_upload_is_left_after_the_sweep(crowd):
    data = crowd.server.data
    done = command("shell", "--no-imports", "-c", SWEEP, data=data)
    assert (done.stderr, done.stdout.splitlines()) == ("", ["[]", "[]"])
    assert [path.name for path in data.glob("public/media/*")] == []
    left = {path.name for path in (data / "unpublished").iterdir()}
    placed = {
        row[0] for row in asked(crowd.server, "SELECT public_id FROM media_attachment")
    }
    assert left == placed


def test_nothing_unfinished_is_left_after_an_hour(crowd):
    data = crowd.server.data
    old = time.time() - timedelta(hours=2).total_seconds()
    left = list((data / "public" / ".unfinished").iterdir())
    for path in left:
        with contextlib.suppress(FileNotFoundError):  # the worker goes on printing
            os.utime(path, (old, old))
    sweep = "from commonwire.delivery.tree import the_tree; the_tree().sweep()"
    command("shell", "--no-imports", "-c", sweep, data=data)
    assert [path for path in left if path.exists()] == []
