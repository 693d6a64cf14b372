"""The real server on a free port, stopped by its id."""

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.live import (
    command,
    copy_tables,
    database_named,
    database_of,
    free_port,
    made_once,
)

STARTS_WITHIN = 180
_COMMAND = [sys.executable, "-m", "commonwire", "serve"]
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
    key = copy_town(directory / "data") if demo else ""
    if not demo:
        copy_tables(directory / "data")
    port = free_port()
    url = f"http://{host}:{port}"
    environment = _environment(directory, url)
    with (
        (directory / "log").open("wb") as log,
        subprocess.Popen(
            [*_COMMAND, "--port", str(port), "--data", str(directory / "data")],
            env=environment,
            stdout=log,
            stderr=log,
        ) as server,
    ):
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz", server, Path(log.name))
            yield Site(url, key, environment)
        finally:
            server.terminate()
            try:
                server.wait(timeout=30)
            except subprocess.TimeoutExpired:
                server.kill()
                raise


def copy_town(data):
    """A site with the demo's town, which is made once; the key of its posts."""
    town = made_once("town", _make_town)
    database_of(data, template=(town / "database").read_text())
    shutil.copytree(town / "data", data)
    return (town / "key").read_text()


def _make_town(folder):
    copy_tables(folder / "data")
    made = command("demo", data=folder / "data")
    assert made.returncode == 0, made.stderr
    (folder / "key").write_text(_KEY.search(made.stdout)[1])
    (folder / "database").write_text(database_named(folder / "data"))


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
