"""The real server on a free port, stopped by its id."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.live import copy_tables, database_of, free_port

STARTS_WITHIN = 180
_KEY = re.compile(r"\n  ((?:[a-z-]+ ){5}[a-z-]+)\n")
_PATHS = re.compile(r'href="(/\d{4}/\d\d/\d\d/[^"]+/)"')


@dataclass(frozen=True)
class Site:
    url: str
    key: str  # of all the demo's posts, if there are any
    environment: dict[str, str]


@contextmanager
def running_site(directory, host="127.0.0.1", *, demo=True):
    """With the demo town in it, unless an empty one will do."""
    copy_tables(directory / "data")
    port = free_port()
    url = f"http://{host}:{port}"
    environment = _environment(directory, url)
    command = [sys.executable, "-m", "commonwire"]
    with (
        (directory / "log").open("wb") as log,
        subprocess.Popen(
            [*command, "serve", "--port", str(port), "--data", str(directory / "data")],
            env=environment,
            stdout=log,
            stderr=log,
        ) as server,
    ):
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz", server, Path(log.name))
            key = _fill(command, environment) if demo else ""
            yield Site(url, key, environment)
        finally:
            server.terminate()
            try:
                server.wait(timeout=30)
            except subprocess.TimeoutExpired:
                server.kill()
                raise


def _fill(command, environment):
    """The key of the demo's posts."""
    said = subprocess.run(
        [*command, "demo"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=300,
    ).stdout
    return _KEY.search(said)[1]


def _environment(directory, url):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    base = {f"COMMONWIRE_{k}": v for k, v in database_of(directory / "data").items()}
    return kept | {
        **base,
        "COMMONWIRE_DATA": str(directory / "data"),
        "COMMONWIRE_SITE_URL": url,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }


def _wait_for(address, server, log):
    before = time.monotonic()
    while time.monotonic() - before < STARTS_WITHIN:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{log.read_text()}")


def posts_in(html):
    """The addresses of the posts that a page leads to."""
    return list(dict.fromkeys(_PATHS.findall(html)))
