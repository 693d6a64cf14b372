"""A site of several web processes and workers on a PostgreSQL, and a look at what it
waits for."""

import contextlib
import functools
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg
from tests.postgres.server import Postgres

from benchmarks import servers

LOOK_SECONDS = 0.05
ON_A_FILE, IN_POSTGRES, DISK = "a file's lock", "a lock in PostgreSQL", "its disk"
# The site's sessions that have something to do; the looker's is another.
BUSY = """
    SELECT coalesce(wait_event_type || ':' || wait_event, 'works') FROM pg_stat_activity
    WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()
"""


@contextlib.contextmanager
def postgres() -> Iterator[Postgres]:
    """One that waits for its disk, as an operator's does."""
    database = Postgres("shared_buffers=512MB", "max_wal_size=4GB")
    try:
        yield database.start()
    finally:
        database.remove()


@dataclass
class Site:
    data: Path
    database: Postgres

    @property
    def url(self) -> str:
        return str(self.database.settings["DATABASE_URL"])

    @property
    def environment(self) -> dict[str, str]:
        told = {"COMMONWIRE_DATA": str(self.data), "COMMONWIRE_DATABASE_URL": self.url}
        return {**os.environ, **told}

    @functools.cached_property
    def token(self) -> str:
        words = [sys.executable, "-m", "commonwire", "token", "add", "programs"]
        said = subprocess.check_output(words, env=self.environment, text=True)
        return said.split()[-1]

    def start(
        self, count: int, stack: contextlib.ExitStack
    ) -> tuple[list[int], dict[str, list[psutil.Process]]]:
        """So many web processes and workers: the ports, and who takes processors."""
        _ = self.token
        ports = [servers.free_port() for _ in range(count)]
        web = ["serve", "--without-worker", "--port"]
        webs = [stack.enter_context(self._running(*web, str(p))) for p in ports]
        workers = [stack.enter_context(self._running("worker")) for _ in range(count)]
        for port, process in zip(ports, webs, strict=True):
            servers.wait_for(port, process, self.log)
        groups = {
            "web": webs,
            "workers": workers,
            "PostgreSQL": [self.database.process],
        }
        found = {
            name: [psutil.Process(each.pid) for each in processes]
            for name, processes in groups.items()
        }
        return ports, {**found, "programs": [psutil.Process()]}

    @property
    def log(self) -> Path:
        return self.data.with_suffix(".log")

    @contextlib.contextmanager
    def _running(self, *words: str) -> Iterator[subprocess.Popen[bytes]]:
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "commonwire", *words],
                cwd=servers.ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(60)


def spent(group: list[psutil.Process]) -> float:
    """Seconds of a core, by them and by what they started; of the programs, their own."""
    sum_ = 0.0
    for first in group:
        ours = first.pid == os.getpid()
        for each in (first, *([] if ours else first.children(recursive=True))):
            with contextlib.suppress(psutil.NoSuchProcess):
                times = each.cpu_times()
                sum_ += times.user + times.system
    return sum_


@dataclass
class Seen:
    """Who waited, summed over all looks."""

    looks: int = 0
    waits: Counter[str] = field(
        default_factory=lambda: Counter({ON_A_FILE: 0, IN_POSTGRES: 0, DISK: 0})
    )
    events: Counter[str] = field(default_factory=Counter)

    def look(self, connection: psycopg.Connection) -> None:
        events = [row[0] for row in connection.execute(BUSY).fetchall()]
        self.looks += 1
        self.events.update(events)
        self.waits[ON_A_FILE] += _waiting_for_files()
        self.waits[IN_POSTGRES] += sum(event.startswith("Lock:") for event in events)
        self.waits[DISK] += sum(
            event.startswith(("IO:", "LWLock:WAL")) for event in events
        )


@contextlib.contextmanager
def looking(url: str) -> Iterator[Seen]:
    seen, over = Seen(), threading.Event()

    def look() -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            while not over.wait(LOOK_SECONDS):
                seen.look(connection)

    looker = threading.Thread(target=look)
    looker.start()
    try:
        yield seen
    finally:
        over.set()
        looker.join()


def _waiting_for_files() -> int:
    """Of the whole machine: the kernel marks those that are blocked."""
    lines = Path("/proc/locks").read_text(encoding="ascii").splitlines()
    return sum("->" in line and "FLOCK" in line for line in lines)
