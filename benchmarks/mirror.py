"""A mirror's update after ten new posts on a site of 100,000.

The posts' own pages lie in the tree, twelve kilobytes each and every one another; the
mirror is a whole copy from before. Then ten posts with a picture are published and what
they make stale is printed. Counted is what the mirror asks for and what came, against
the size of the files that are new or others than before.

    python -m benchmarks.mirror [--quick] [--json FILE]
"""

import functools
import http.server
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.backup import NEW_POSTS, more
from benchmarks.reports import Report, program
from benchmarks.seed import environment, seed

MOST_OF_WHAT_CHANGED = 2.0
PAGE = 12_000


def measure(report: Report, quick: bool) -> None:
    compare(report, 300 if quick else 100_000)


def compare(report: Report, posts: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        site, copy = place / "site", place / "copy"
        seed(site, posts)
        _lay_pages(site)
        _lists(site)
        first = _manifest(site)
        shutil.copytree(site / "public", copy)
        (copy / ".mirror").mkdir()
        with _served(site / "public") as url:
            _mirror(url, copy)
            before = _files(copy)
            more(site, NEW_POSTS)
            again = _manifest(site)
            requests, came = _mirror(url, copy)
        changed = _changed(before, copy)
    report.table(
        ("", "seconds"), [("the first manifest", first), ("the next one", again)]
    )
    report.table(
        ("update", "files", "bytes", "requests"),
        [
            ("what changed", len(changed), sum(changed), 0),
            ("what the mirror took", len(changed), came, requests),
        ],
    )
    report.figures |= {"changed": sum(changed), "came": came, "requests": requests}
    ratio = came / sum(changed)
    report.target("bytes / bytes that changed", ratio, most=MOST_OF_WHAT_CHANGED)


def _lay_pages(site: Path) -> None:
    with sqlite3.connect(site / "commonwire.sqlite3") as database:
        rows = database.execute("SELECT day, slug FROM publishing_post").fetchall()
    database.close()
    filling = "x" * PAGE
    for day, slug in rows:
        folder = site / "public" / day.replace("-", "/") / slug
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text(f"{day} {slug}\n{filling}")


def _lists(site: Path) -> None:
    """Lists and feeds as they are before; what they make stale is printed with them."""
    more(site, 1)


def _manifest(site: Path) -> float:
    """Without printing what nobody asked for: it would be every page."""
    head = site / "public" / "manifest" / "head"
    head.parent.mkdir(exist_ok=True)
    head.touch()
    start = time.perf_counter()
    _run(site, "manifest")
    return time.perf_counter() - start


def _mirror(url: str, copy: Path) -> tuple[int, int]:
    """Requests and bytes."""
    said = _run(copy.parent / "no-site", "mirror", url, str(copy))
    found = re.search(r"([\d,]+) requests?, ([\d,]+) bytes", said)
    if found is None:
        raise SystemExit(said)
    requests, came = (int(number.replace(",", "")) for number in found.groups())
    return requests, came


def _run(data: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "commonwire", *words],
        env=environment(data),
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def _files(copy: Path) -> dict[str, tuple[int, int]]:
    """Size and time of each file but those of the manifest."""
    return {
        str(file.relative_to(copy)): (file.stat().st_size, file.stat().st_mtime_ns)
        for file in copy.rglob("*")
        if file.is_file()
        and file.relative_to(copy).parts[0] not in {"manifest", ".mirror"}
    }


def _changed(before: dict[str, tuple[int, int]], copy: Path) -> list[int]:
    """The sizes of files that are new or others."""
    return [each[0] for name, each in _files(copy).items() if before.get(name) != each]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def _served(root: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(root))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    sys.exit(program(__doc__, measure))
