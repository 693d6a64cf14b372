"""The site's processes on a machine that fails: each is started, killed and stopped by
its own number, and a file tells them what is wrong with the clock and the disk."""

import contextlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

from tests.live import PATIENCE, environment, free_port

ROOT = Path(__file__).parents[2]
INSIDE = Path(__file__).parent / "inside"
SECRET = "a secret of forty characters for the tests"
WEBS, WORKERS = 2, 2
# Of a disk that is made for the run, where this is allowed.
# The site takes no files on one with less than a gigabyte free.
DISK_MEGABYTES = 1300
LEFT_BYTES = 4096
# Thousands of pages are printed at the end of a long run.
LONGEST_COMMAND = 1200


class Process:
    """One that an operator's systemd would start again."""

    def __init__(self, name, words, machine):
        self.name, self.words, self.machine = name, words, machine
        self.running = None

    def start(self):
        with self.machine.log(self.name).open("ab") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "commonwire", *self.words],
                env=self.machine.environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self

    @property
    def is_alive(self):
        return self.running is not None and self.running.poll() is None

    def kill(self):
        """It and all that it started, at once and without a word."""
        self.signal(signal.SIGKILL)
        self.running.wait()

    def signal(self, number):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.running.pid, number)

    @property
    def children(self):
        with contextlib.suppress(psutil.NoSuchProcess):
            return psutil.Process(self.running.pid).children(recursive=True)
        return []

    def limit_files(self, size):
        """No file may grow beyond so many bytes."""
        with contextlib.suppress(psutil.NoSuchProcess):
            whole = psutil.Process(self.running.pid)
            for each in (whole, *self.children):
                with contextlib.suppress(psutil.NoSuchProcess):
                    hard = each.rlimit(psutil.RLIMIT_FSIZE)[1]
                    # Who remakes files may write less than others for ever.
                    least = min(size, hard, key=lambda each: each % 2**64)
                    each.rlimit(psutil.RLIMIT_FSIZE, (least, hard))

    def end(self):
        if self.is_alive:
            self.signal(signal.SIGCONT)
            self.running.terminate()
            try:
                self.running.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()


class Machine:
    """``folder``: everything lies below it. ``database``: something with `settings`, and
    `stop` and `start` if it is a server."""

    def __init__(self, folder, database=None):
        self.folder, self.database = folder, database
        folder.mkdir(parents=True, exist_ok=True)
        self.disk = Disk(folder / "disk")
        self.data = self.disk.place / "data"
        self.control = folder / "control"
        self.tell(clock=0, error="", often=0.0)
        self.ports = [free_port() for _ in range(WEBS)]
        self.webs = [
            Process(
                f"web-{number}",
                ["serve", "--without-worker", "--port", str(port)],
                self,
            )
            for number, port in enumerate(self.ports)
        ]
        self.workers = [
            Process(f"worker-{number}", ["worker"], self) for number in range(WORKERS)
        ]

    @property
    def processes(self):
        return [*self.webs, *self.workers]

    @property
    def public(self):
        """What readers get, as a directory."""
        return self.data / "public"

    @property
    def settings(self):
        told = self.database.settings if self.database else {}
        return {
            "DATA": str(self.data),
            "SITE_URL": f"http://127.0.0.1:{self.ports[0]}",
            "SECRET_KEY": SECRET,
            **told,
        }

    @property
    def environment(self):
        own = environment(**self.settings)
        paths = os.pathsep.join([str(INSIDE), own["PYTHONPATH"]])
        # Or a file that may not grow cuts what Python keeps of a module, for all runs.
        own |= {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
        return {**own, "FAULTS_CONTROL": str(self.control)}

    def log(self, name):
        return self.folder / f"{name}.log"

    def tell(self, **wrong):
        """What is wrong with the machine from now on."""
        if self.control.exists():
            wrong = {**json.loads(self.control.read_text("ascii")), **wrong}
        new = self.control.with_suffix(".new")
        new.write_text(json.dumps(wrong), "ascii")
        new.replace(self.control)

    def program(self, text, *, name="program", **settings):
        """Run a program inside the site, on a machine that is well; what it printed."""
        own = environment(**{**self.settings, **settings})
        own["PYTHONPATH"] = os.pathsep.join([str(ROOT), own["PYTHONPATH"]])
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{text}"],
            env={**own, "DJANGO_SETTINGS_MODULE": "commonwire.settings"},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        if done.returncode:
            raise AssertionError(f"{name}: {done.stdout}\n{done.stderr}")
        return done.stdout

    def command(self, *words, **settings):
        """On a machine that is well; one that does not end is ended, as a failure."""
        try:
            return self._command(words, settings)
        except subprocess.TimeoutExpired as error:
            told = f"it did not end within {error.timeout:.0f} seconds"
            return subprocess.CompletedProcess(words, 1, stdout="", stderr=told)

    def _command(self, words, settings):
        return subprocess.run(
            [sys.executable, "-m", "commonwire", *words],
            env=environment(**{**self.settings, **settings}),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=LONGEST_COMMAND,
            check=False,
        )

    def printing(self, pages):
        """Who prints these pages, on the machine as it is."""
        with self.log("print").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "commonwire", "print", *sorted(pages)],
                env=self.environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )

    def start(self):
        for process in self.processes:
            if not process.is_alive:
                process.start()

    def heal(self):
        """Everything is as it should be again, and runs."""
        self.tell(clock=0, error="", often=0.0)
        self.disk.empty()
        if self.database:
            self.database.start()
        for process in self.processes:
            if process.is_alive:
                process.signal(signal.SIGCONT)
                process.limit_files(resource.RLIM_INFINITY)
        self.start()

    def end(self):
        for process in self.processes:
            process.end()
        self.disk.end()


class Disk:
    """Of its own and small where we may mount one, so that it can be filled; else a
    directory of the machine's."""

    def __init__(self, place):
        self.place, self.filler = place, place / "filler"
        place.mkdir(parents=True, exist_ok=True)
        self.is_own = self._mount()

    def _mount(self):
        if os.geteuid() != 0 or not shutil.which("mount"):
            return False
        size = f"size={DISK_MEGABYTES}m,mode=711"
        words = ["mount", "-t", "tmpfs", "-o", size, "faults", str(self.place)]
        return subprocess.run(words, check=False, capture_output=True).returncode == 0

    def fill(self):
        """Until nothing more goes in; what is freed meanwhile is the site's."""
        with self.filler.open("ab") as file, contextlib.suppress(OSError):
            while True:
                left = shutil.disk_usage(self.place).free
                if left < LEFT_BYTES:
                    return
                os.posix_fallocate(file.fileno(), file.tell(), left)
                file.seek(0, os.SEEK_END)

    def empty(self):
        self.filler.unlink(missing_ok=True)

    def end(self):
        self.empty()
        if self.is_own:
            # Whoever still ends holds it for a moment.
            for _ in range(50):
                words = ["umount", str(self.place)]
                if (
                    subprocess.run(words, check=False, capture_output=True).returncode
                    == 0
                ):
                    return
                time.sleep(0.1)
