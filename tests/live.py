"""The real thing: `commonwire serve` as an operator starts it, in a directory of its own."""

import contextlib
import fcntl
import functools
import hashlib
import http.client
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

import altcha
import psutil

from tests.postgres.server import TABLES, make_database

SOURCE = Path(__file__).parents[1] / "src"
# Where all processes of a test run may keep what they share; conftest.py says it.
SHARED_BY_ALL = None
# Of a machine that has much else to do.
PATIENCE = 120
LEAST_SECONDS = 4


# Where the tests' PostgreSQL is, when they run on one.
POSTGRES = os.environ.get("COMMONWIRE_TESTS_ON")


def database_of(data, *, template="template1"):
    """On PostgreSQL a data directory's database: a setting, so that every command about
    the directory finds it. ``template``: what it is made from when it is not there."""
    if not POSTGRES:
        return {}
    return {"DATABASE_URL": make_database(POSTGRES, database_named(data), template)}


def database_named(data):
    digest = hashlib.sha256(str(Path(data).resolve()).encode()).hexdigest()
    return f"site_{digest[:16]}"


def environment(**settings):
    """Nothing of the tests' own settings."""
    if "DATA" in settings and "DATABASE_URL" not in settings:
        settings |= database_of(settings["DATA"])
    ours = ("COMMONWIRE_", "DJANGO_")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    kept |= {f"COMMONWIRE_{name}": value for name, value in settings.items()}
    return {**kept, "PYTHONPATH": str(SOURCE), "PYTHONUNBUFFERED": "1"}


def command(*words, data=None, **settings):
    """Run one command to its end."""
    if data is not None:
        settings["DATA"] = str(data)
    return subprocess.run(
        [sys.executable, "-m", "commonwire", *words],
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@functools.cache
def new_tables():
    """A data directory with nothing but its tables and the program's own files, for
    copies: to make them takes seconds."""
    return made_once("tables", _make_tables)


def made_once(name, make):
    """A folder that all processes of a test run share; `make` makes what it is given."""
    place = SHARED_BY_ALL or Path(tempfile.mkdtemp(prefix=name))
    made, begun = place / name, place / f"{name}-begun"
    with (place / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(begun, ignore_errors=True)
            make(begun)
            begun.rename(made)
    return made


def _make_tables(data):
    site = data.with_name("tables-site")
    shutil.rmtree(site, ignore_errors=True)
    for place, word in ((data, "migrate"), (site, "prepare")):
        place.mkdir(mode=0o711)
        database_of(place, template=TABLES)
        done = command(word, data=place, SECRET_KEY="only for making tables " * 2)
        assert done.returncode == 0, done.stderr
    (data / "public").mkdir(mode=0o755)
    for name in ("public/assets", "assets-of"):
        (site / name).rename(data / name)
    shutil.rmtree(site)


def copy_tables(data):
    """A site that has nothing but its tables."""
    database_of(data, template=TABLES)
    return shutil.copytree(new_tables(), data)


def free_port():
    """A port that nobody listens on. Not one the kernel hands out itself: while a server
    is started again, another test's connection could be given it."""
    for port in random.SystemRandom().sample(range(20_000, 32_000), 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


class Server:
    """``data``: its directory; what it says is in ``out`` and ``err``, over restarts."""

    def __init__(self, folder, **settings):
        self.data = folder / "data"
        self.out, self.err = folder / "out.log", folder / "err.log"
        self.port = free_port()
        self.settings = settings
        self.process = self.opened = None

    def start(self, *, with_tables=True):
        """``with_tables``: unless it is the first run itself that is looked at."""
        if with_tables and not self.data.exists():
            copy_tables(self.data)
        words = ["serve", "--port", str(self.port), "--data", str(self.data)]
        with self.out.open("ab") as out, self.err.open("ab") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "commonwire", *words],
                env=environment(**{**database_of(self.data), **self.settings}),
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
        self.wait_until(self.answers)
        self.opened = self._open_form()
        return self

    def _open_form(self):
        """The token of a form that somebody opened now, and when that was."""
        _status, _headers, body = self.get("/publish/")
        return re.search(rb'name="opened" value="([^"]+)"', body)[
            1
        ].decode(), time.time()

    def take_a_while(self):
        """As long as screening wants people to have written at least."""
        token, since = self.opened
        self.wait_until(lambda: time.time() - since > LEAST_SECONDS)
        return token

    def answers(self):
        if self.process.poll() is not None:
            raise AssertionError(self.said)
        try:
            return self.get("/healthz")[0] == 200
        except OSError:
            return False

    def wait_until(self, happened):
        """Poll for something that will come; how long it takes is no part of a test."""
        deadline = time.monotonic() + PATIENCE
        while not happened():
            if time.monotonic() > deadline:
                raise AssertionError(f"in vain\n{self.said}")
            time.sleep(0.05)

    def kill(self):
        """As a power cut: every process of it at once, without a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)

    @property
    def said(self):
        return self.out.read_text() + self.err.read_text()

    @property
    def worker(self):
        (found,) = [child for child, words in self._children if "worker" in words]
        return found

    @property
    def web(self):
        """The process that answers."""
        (found,) = [child for child, words in self._children if "worker" not in words]
        return found

    @property
    def _children(self):
        """Those alive, with their command lines."""
        found = []
        for child in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.NoSuchProcess):
                words = child.cmdline()
                if "serve" in words or "worker" in words:
                    found.append((child, words))
        return found

    # Requests

    def request(self, method, path, body=None, **headers):
        """Status, headers and body."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=PATIENCE
        )
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders(body)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def get(self, path, **headers):
        return self.request("GET", path, **headers)

    def post(self, path, fields, **headers):
        """A plain form."""
        headers.setdefault("Content_Type", "application/x-www-form-urlencoded")
        body = (
            fields
            if isinstance(fields, bytes)
            else urlencode(fields, doseq=True).encode()
        )
        return self.request("POST", path, body, **headers)

    def work(self):
        """A proof of work, as a browser's script or a program does it."""
        found = json.loads(self.get("/api/v1/challenge")[2])
        challenge = altcha.Challenge.from_dict(found)
        return altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()

    def draft(self, **fields):
        """The address of a draft of these fields, which can be published at once."""
        if "opened" not in fields:
            fields["altcha"] = self.work()
        status, headers, _body = self.post("/publish/", {"kind": "report", **fields})
        assert status == 303
        return headers["Location"].partition("#")[0]

    def publish(self, **fields):
        """The addresses of the draft and of the post."""
        draft = self.draft(**fields)
        status, headers, _body = self.post(
            draft, {"kind": "report", **fields, "do": "publish"}
        )
        assert (status, headers["Location"]) == (303, f"{draft}published/")
        return draft, self.post_of(draft)

    def post_of(self, draft):
        status, _headers, body = self.get(f"{draft}published/")
        assert status == 200
        return re.search(rb'href="(/\d{4}/\d\d/\d\d/[^"]+)"', body)[1].decode()
