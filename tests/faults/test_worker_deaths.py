"""`kill -9` of the worker at every stage of making a file: it is made once by the next
one, and nothing is left over."""

import itertools
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from tests.live import PATIENCE, copy_tables, environment
from tests.media import clips, papers
from tests.media.pictures import telling

pytestmark = pytest.mark.slow
SETTINGS = {"SECRET_KEY": "a secret of forty characters for the tests"}
# Takes a file in, publishes it before it is made, and works until it dies at a stage.
PROGRAM = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from commonwire.media import actions, bench, store, work
from commonwire.media.models import Attachment

stage, source = sys.argv[1:]

def die(*_given, **_named):
    os.kill(os.getpid(), signal.SIGKILL)

def then_die(function):
    def both(*given, **named):
        function(*given, **named)
        die()
    return both

if source:
    path, file = store.new_upload()
    with file:
        file.write(Path(source).read_bytes())
    row = actions.receive(upload=path)
    actions.publish(attachments=[row])
    print(row.public_id, flush=True)
if stage == "claimed":
    work._make = die
elif stage == "being decoded":
    bench._lines = die
elif stage == "written":
    store.settle_in = die
elif stage == "laid in the tree":
    store.publish = then_die(store.publish)
elif stage == "saved":
    work._clear_up = die
call_command("worker")
"""
WAITING = "SELECT 1 FROM media_attachment WHERE state = 'waiting'"
# Where nothing of a published file may be left.
PRIVATE = ("quarantine", "unpublished")
STAGES = ("claimed", "being decoded", "written", "laid in the tree", "saved")


class Site:
    """A data directory without a server; its worker is started by hand."""

    def __init__(self, data):
        self.data = data
        self.environment = {
            **environment(DATA=str(data), **SETTINGS),
            "DJANGO_SETTINGS_MODULE": "commonwire.settings",
        }

    def die_at(self, stage, source=""):
        """Work until the worker is killed; what it said."""
        program = [sys.executable, "-c", PROGRAM, stage, str(source)]
        done = subprocess.run(
            program,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == -signal.SIGKILL, done.stderr
        return done.stdout.strip()

    def work_after_hours(self):
        """A new worker, until nothing waits and nothing is left over; what lies there
        is two hours old by then, so that its housekeeping sweeps it."""
        for place in PRIVATE:
            for path in (self.data / place).iterdir():
                os.utime(path, (time.time() - 7200,) * 2)
        words = [sys.executable, "-m", "commonwire", "worker"]
        worker = subprocess.Popen(words, env=self.environment)
        deadline = time.monotonic() + PATIENCE
        try:
            while self.names(*PRIVATE) or self.rows(WAITING):
                assert time.monotonic() < deadline, self.names(*PRIVATE)
                time.sleep(0.1)
        finally:
            worker.terminate()
            worker.wait(PATIENCE)

    def rows(self, sql, *values):
        base = f"file:{self.data}/commonwire.sqlite3?mode=ro"
        with sqlite3.connect(base, uri=True, timeout=20) as connection:
            return connection.execute(sql, values).fetchall()

    def row(self, public_id):
        told = "state, reason, attempts, content_id, upload"
        sql = f"SELECT {told} FROM media_attachment WHERE public_id = ?"
        ((state, reason, attempts, content_id, upload),) = self.rows(sql, public_id)
        return state, reason, attempts, content_id, upload

    def names(self, *places):
        """Of all that lies there; what goes away meanwhile is passed over."""
        walks = [os.walk(self.data / place) for place in places]
        return sorted(
            name
            for _folder, folders, names in itertools.chain(*walks)
            for name in (*folders, *names)
        )


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    place = tmp_path_factory.mktemp("sources")
    (place / "picture").write_bytes(telling("JPEG"))
    (place / "document").write_bytes(papers.telling())
    clip = clips.video(place / "clip.mp4", seconds=0.4)
    clip.rename(place / "video")
    sound = clips.sound(place / "sound.wav", codec="pcm_s16le", seconds=0.4)
    sound.rename(place / "sound")
    return place


@pytest.fixture
def site(tmp_path):
    return Site(copy_tables(tmp_path / "site"))


@pytest.mark.parametrize(
    "kind",
    [
        "picture",
        "video",
        pytest.param("document", marks=pytest.mark.thorough),
        pytest.param("sound", marks=pytest.mark.thorough),
    ],
)
@pytest.mark.parametrize("stage", STAGES)
def test_a_file_whose_worker_dies_is_made_once_by_the_next(stage, kind, site, sources):
    public_id = site.die_at(stage, sources / kind)
    site.work_after_hours()
    state, reason, attempts, content_id, upload = site.row(public_id)
    assert (state, reason, upload) == ("made", "", "")
    assert attempts == (1 if stage == "saved" else 2)
    assert [path.name for path in (site.data / "public" / "media").iterdir()] == [
        content_id
    ]
    assert not [name for name in site.names("public/media") if name[0] == "."]
    assert site.names("public/.unfinished") == []


def test_a_file_that_kills_each_worker_is_refused_in_words(site, sources):
    public_id = site.die_at("being decoded", sources / "picture")
    for _ in range(2):
        site.die_at("being decoded")
    site.work_after_hours()
    state, reason, attempts, content_id, upload = site.row(public_id)
    assert (state, reason, content_id, upload) == ("refused", "unsafe", "", "")
    assert attempts == 4
    assert site.names("public/media") == []
