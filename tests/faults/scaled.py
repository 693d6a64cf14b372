"""The scaled set-up on this machine: PostgreSQL, a Valkey (or Redis), an S3 store, two web
processes, two workers, and nginx as shipped in front. Each part is killed in turn, and
started again, while people publish, decide and read. Then what must hold is looked at;
it is backed up, restored into the embedded default, and the trees are compared.

python -m tests.faults.scaled [--seed N] [--rounds N]
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks import servers
from commonwire.env import BucketPlace
from commonwire.kit.bucket import Bucket
from tests.deploy.test_nginx_s3 import let_read, shipped
from tests.faults import verdict
from tests.faults.campaign import Campaign, is_well
from tests.faults.machine import ROOT, Machine, Process
from tests.faults.people import Person, Unanswered
from tests.faults.run import KINDS, say
from tests.live import free_port
from tests.postgres.server import Postgres

PASSPHRASE = "six words for a walk of tests"
AWAY_SECONDS = 3
BETWEEN_SECONDS = 4


class Part(Process):
    """Any program, started again as it was."""

    def start(self):
        with self.machine.log(self.name).open("ab") as log:
            self.running = subprocess.Popen(
                self.words, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        return self


class Scaled(Machine):
    """People come through nginx; the store is reached by a line that can be cut, for the
    server at its other end holds its objects in memory."""

    def __init__(self, folder, database):
        super().__init__(folder, database)
        self.web_ports, self.ports = self.ports, [free_port()]
        valkey, store, line = (free_port() for _ in range(3))
        python = [sys.executable, "-m"]
        self.place = BucketPlace(
            "wire", "site", f"http://127.0.0.1:{line}", "us-east-1"
        )
        self.own = {
            "CACHE_URL": f"valkey://127.0.0.1:{valkey}/0",
            "STORE": f"s3://wire/site?endpoint={self.place.endpoint}&region=us-east-1",
        }
        server = shutil.which("valkey-server") or shutil.which("redis-server")
        parts = {
            "valkey": [server, "--port", valkey, "--save", "", "--bind", "127.0.0.1"],
            "store": [*python, "benchmarks.bucket_server", store, 0],
            "line": [*python, "tests.faults.line", line, store],
            "nginx": self._nginx(self.web_ports),
        }
        self.parts = {
            name: Part(name, [str(word) for word in words], self)
            for name, words in parts.items()
        }

    def _nginx(self, web_ports):
        place = self.folder / "nginx"
        place.mkdir()
        first, second = web_ports
        block = shipped(self.place, first, place / "cache")
        for ours, theirs in (
            (
                f"server 127.0.0.1:{first};",
                f"server 127.0.0.1:{first}; server 127.0.0.1:{second};",
            ),
            # As if each came from a network of its own.
            ("X-Forwarded-For $remote_addr", "X-Forwarded-For $http_x_forwarded_for"),
        ):
            assert block.count(ours) == 1, ours
            block = block.replace(ours, theirs)
        listens = block.partition("listen 127.0.0.1:")[2].partition(";")[0]
        block = block.replace(f"127.0.0.1:{listens};", f"127.0.0.1:{self.ports[0]};")
        (place / "nginx.conf").write_text(servers.whole_configuration(place, block))
        return ["nginx", "-c", place / "nginx.conf", "-e", place / "error.log"]

    @property
    def settings(self):
        return {**super().settings, **self.own}

    def begin(self):
        for name in ("valkey", "store", "line"):
            self.parts[name].start()
        bucket = Bucket(self.place)
        for _ in range(100):
            try:
                bucket.client.create_bucket(Bucket="wire")
                break
            except Exception:  # noqa: BLE001 - it is not there yet
                time.sleep(0.2)
        let_read(self.place)

    @property
    def public(self):
        """What is in the bucket now, as a directory."""
        here = self.folder / "bucket"
        shutil.rmtree(here, ignore_errors=True)
        bucket = Bucket(self.place)
        for name in bucket.keys(""):
            file = here / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(bucket.read(name)[0])
        return here

    def end(self):
        super().end()
        for part in self.parts.values():
            part.end()


class Reader(Person):
    """Opens the front and what is on it."""

    pause = 0.05

    def __init__(self, run, seed):
        super().__init__(run, seed)
        self.seen = Counter()

    def do(self):
        begun = time.monotonic()
        try:
            status, _headers, said = self.ask("GET", self.random.choice(PAGES))
            if b"</html>" not in said:
                raise AssertionError(f"half a page: {said[-200:]}")
            self.seen[str(status)] += 1
        except Unanswered:
            self.seen["no answer"] += 1
        self.answered.append(time.monotonic() - begun)


PAGES = ("/", "/wire/", "/topics/labor/", "/calls/", "/log/")


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.faults.scaled")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    os.environ.setdefault("AWS_ACCESS_KEY_ID", "walk")
    os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "walk")
    database = Postgres().start()
    folder = Path(tempfile.mkdtemp(prefix="scaled-"))
    try:
        wrong = Walk(
            Scaled(folder, database), seed=asked.seed, faults=asked.rounds
        ).run()
    finally:
        database.remove()
    for sentence in wrong[:100]:
        say(f"WRONG {sentence}")
    say(f"{len(wrong)} wrong; logs in {folder}" if wrong else "0 wrong")
    if not wrong:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(bool(wrong))


class Walk(Campaign):
    def _set_up(self):
        self.machine.begin()
        super()._set_up()

    def _begin(self):
        self.machine.parts["nginx"].start()
        super()._begin()
        self.readers = [Reader(self, f"reader {number}") for number in range(2)]
        for reader in self.readers:
            reader.start()

    def _answers(self):
        """Both web processes: the next to die is often the other, and to start takes
        as long as the machine is busy."""
        every = [*self.machine.web_ports, *self.machine.ports]
        return super()._answers() and all(is_well(port) for port in every)

    def _let_things_happen(self):
        machine = self.machine
        victims = [
            *machine.processes,
            *(machine.parts[n] for n in ("valkey", "line", "nginx")),
        ]
        time.sleep(BETWEEN_SECONDS)
        for _ in range(self.faults):
            for victim in victims:
                self._without(victim.name, victim.kill, victim.start)
            self._without("PostgreSQL", self._crash_database, machine.database.start)

    def _crash_database(self):
        self.machine.database.stop(at_once=True)

    def _without(self, name, kill, start):
        before, seen = (
            self._sums(),
            sum((each.seen for each in self.readers), Counter()),
        )
        kill()
        time.sleep(AWAY_SECONDS)
        during = self._sums()
        start()
        time.sleep(BETWEEN_SECONDS)
        self._wait(self._answers)
        after, now = self._sums(), sum((each.seen for each in self.readers), Counter())
        read = ", ".join(f"{number} × {what}" for what, number in (now - seen).items())
        say(
            f"{name:10} away: {during - before} answered to those who write, "
            f"{after - during} after; readers: {read}"
        )

    def _sums(self):
        return sum(len(each.answered) for each in self.people)

    def _end(self):
        wrong = super()._end()
        for reader in self.readers:
            reader.join(60)
        slowest = max(each for reader in self.readers for each in reader.answered)
        say(f"the slowest page took {slowest:.2f} s")
        wrong += [reader.wrong for reader in self.readers if reader.wrong]
        for kind in KINDS:
            say(f"{len(self.answered(kind)):5} answered: {kind.lower()}")
        return wrong + self._moved()

    def _moved(self):
        """Backed up, restored into the embedded default, printed there."""
        machine, folder = self.machine, self.machine.folder
        told = {"BACKUP_PASSPHRASE": PASSPHRASE}
        here = {"DATA": str(folder / "moved"), "DATABASE_URL": "", "STORE": ""}
        here |= {"CACHE_URL": "", **told}
        there, backup = machine.public, str(folder / "backup")
        done = [
            machine.command("backup", backup, **told),
            machine.command("restore", backup, **here),
            machine.command("prepare", **here),
            machine.command("print", "--all", **here),
        ]
        failed = [each.stdout + each.stderr for each in done if each.returncode]
        if failed:
            return failed
        meant, found = verdict.files(there), verdict.files(folder / "moved" / "public")
        say(
            f"moved: {len(found)} pages in the embedded default, {len(meant)} in the bucket"
        )
        # There everything is printed; here what somebody asked for, and old tiles.
        odd = {n for n in meant if meant[n] != found.get(n)}
        odd = {name for name in odd if not verdict.OLD_TILE.fullmatch(name)}
        return [f"{name} is another in the embedded default" for name in sorted(odd)]


if __name__ == "__main__":
    main()
