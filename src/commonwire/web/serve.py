"""`commonwire serve`: prepares, then watches the web process and the worker.

Imports neither Django nor the rest of the program: this process only waits.
"""

import os
import socket
import subprocess
import sys
import threading
import time
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from commonwire import env

# Every request has a thread of its own while it lasts, slow uploads included; idle ones
# end by themselves. In a flood four fifths of them stand at the turnstile.
THREADS = 320
LONGEST_PAUSE = 30.0
# A run that was killed holds its port until the last of its processes is gone.
PORT_WITHIN = 3.0


def serve(host: str, port: int, *, works: bool = True) -> int:
    """``works``: with a worker of its own."""
    env.make_data_directory(env.data_directory())
    if not _gets_free(host, port):
        sys.stderr.write(
            f"commonwire: port {port} is taken; stop what listens there or say "
            "--port NUMBER\n"
        )
        return 1
    env.remember_site(env.site_url())
    if subprocess.run(_command("prepare"), check=False).returncode != 0:  # noqa: S603
        return 1
    sys.stdout.write(f"Commonwire is at {env.site_url()}/ (stop it with Ctrl-C)\n")
    sys.stdout.flush()
    worker = Worker()
    if works:
        worker.start()
    try:
        _granian(host, port).serve()
    finally:
        worker.stop()
    return 0


def _granian(host: str, port: int) -> Any:
    return Granian(
        "commonwire.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=20,
        backpressure=THREADS * 4,
        respawn_failed_workers=True,
        respawn_interval=1,
        workers_kill_timeout=15,
        websockets=False,
        log_level=LogLevels.error,
    )


def _gets_free(host: str, port: int) -> bool:
    end = time.monotonic() + PORT_WITHIN
    while not _is_free(host, port):
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "commonwire", *words]


class Worker:
    """Keeps a worker process running, with longer pauses while it keeps dying."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        """Call it before anything else forks: a fork beside Popen may inherit the pipe
        on which Popen waits, and keep it waiting for ever."""
        self._spawn()
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
        if self._thread.ident is not None:
            self._thread.join(timeout=20)

    def _watch(self) -> None:
        pause = 1.0
        while self._process is not None:
            self._process.wait()
            lived = time.monotonic() - self._started
            pause = 1.0 if lived > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
            if self._stopping.wait(pause):
                return
            self._spawn()

    def _spawn(self) -> None:
        self._started = time.monotonic()
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            _command("worker", "--with-parent", str(os.getpid()))
        )
