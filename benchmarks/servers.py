"""The servers that are compared: started on free ports, stopped by their own ids."""

import contextlib
import http.client
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
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
from benchmarks.seed import settings

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "deploy" / "nginx.conf"
BROTLI_MODULE = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


@dataclass(frozen=True)
class Server:
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def tree(self) -> list[psutil.Process]:
        """The process and all that it started."""
        first = psutil.Process(self.process.pid)
        return [first, *first.children(recursive=True)]


def pinned(core: int | None) -> list[str]:
    """What holds a program to one core, where there are two."""
    if core is None or (os.cpu_count() or 1) < 2 or not shutil.which("taskset"):
        return []
    return ["taskset", "-c", str(core)]


def free_port() -> int:
    """None that the kernel hands out to clients, or a client could take it first."""
    for port in random.SystemRandom().sample(range(20_000, 32_000), 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no port is free")


@contextlib.contextmanager
def commonwire(
    data: Path, core: int | None = None, store: str = ""
) -> Iterator[Server]:
    """`commonwire serve` with its worker, as an operator starts it."""
    port = free_port()
    words = [*pinned(core), sys.executable, "-m", "commonwire"]
    words += ["serve", "--port", str(port)]
    words += ["--data", str(data)]
    told = {**settings(data), "COMMONWIRE_STORE": store}
    with _running(words, port, data.with_suffix(".log"), **told) as it:
        yield it


@contextlib.contextmanager
def bare(data: Path) -> Iterator[Server]:
    """The bare Django site under the same Granian."""
    port = free_port()
    words = [sys.executable, "-m", "benchmarks.bare", str(port), str(data)]
    with _running(words, port, data.with_suffix(".log")) as server:
        yield server


@contextlib.contextmanager
def late_bucket(milliseconds: float) -> Iterator[Server]:
    """An S3 server that takes so much longer for each answer."""
    port = free_port()
    words = [sys.executable, "-m", "benchmarks.bucket_server"]
    with tempfile.TemporaryDirectory() as place:
        log = Path(place, "bucket.log")
        with _running([*words, str(port), str(milliseconds)], port, log) as server:
            yield server


@contextlib.contextmanager
def nginx(server_block: str, place: Path, core: int | None = None) -> Iterator[int]:
    """nginx with one worker process; the port is the one that the block listens on."""
    program = shutil.which("nginx")
    if program is None:
        raise SystemExit("nginx is not installed: apt-get install nginx-light")
    place.mkdir(parents=True, exist_ok=True)
    port = int(re.findall(r"listen (?:127\.0\.0\.1:)?(\d+);", server_block)[0])
    (place / "nginx.conf").write_text(whole_configuration(place, server_block))
    words = [*pinned(core), program, "-c", str(place / "nginx.conf")]
    words += ["-e", str(place / "error.log")]
    with _running(words, port, place / "nginx.log"):
        yield port


def whole_configuration(place: Path, block: str) -> str:
    """What nginx wants to know beside what is in deploy/."""
    return _MAIN.format(place=place, block=block)


def shipped(tree: Path, upstream: int, *, brotli: bool = False) -> str:
    """deploy/nginx.conf with the values set that an operator sets."""
    text = SHIPPED.read_text(encoding="utf-8")
    for ours, theirs in (
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("root /var/lib/commonwire/public;", f"root {tree};"),
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{upstream};"),
        ("# brotli_static on;", "brotli_static on;" if brotli else "#"),
    ):
        if text.count(ours) != 1:
            raise ValueError(f"deploy/nginx.conf has {text.count(ours)} × {ours}")
        text = text.replace(ours, theirs)
    return text


def has_brotli() -> bool:
    return BROTLI_MODULE.exists()


_USER = "user root;" if os.geteuid() == 0 else ""
_BROTLI = f"load_module {BROTLI_MODULE};" if has_brotli() else ""
_MAIN = f"""{_BROTLI}
{_USER}
daemon off;
worker_processes 1;
pid {{place}}/nginx.pid;
error_log {{place}}/error.log crit;
events {{{{ worker_connections 1024; }}}}
http {{{{
    client_body_temp_path {{place}}/body;
    proxy_temp_path {{place}}/proxy;
    fastcgi_temp_path {{place}}/fastcgi;
    scgi_temp_path {{place}}/scgi;
    uwsgi_temp_path {{place}}/uwsgi;
{{block}}
}}}}
"""


@contextlib.contextmanager
def _running(words: list[str], port: int, log: Path, **told: str) -> Iterator[Server]:
    environment = told | {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("COMMONWIRE_", "DJANGO_"))
    }
    with log.open("ab") as out:
        process = subprocess.Popen(
            words, cwd=ROOT, env=environment, stdout=out, stderr=out
        )
    try:
        wait_for(port, process, log)
        yield Server(port, process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 300
    while time.monotonic() < end:
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("HEAD", "/")
            connection.getresponse().read()
            connection.close()
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise SystemExit(f"a server did not start:\n{log.read_text(errors='replace')}")
