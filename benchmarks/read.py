"""A printed page through deploy/nginx.conf and from `commonwire serve`, against bare nginx.

* bare: nginx with one worker process and the shortest configuration, a file with the
  same bytes;
* nginx: the same nginx with deploy/nginx.conf, the page in the public tree;
* serve: ``commonwire serve`` alone, one web process.

The page is a post of about 20 kB, published through the form. Server and client (wrk,
one thread, 32 connections) have a core each, the same for all. Interleaved rounds,
medians. Then the resident memory of ``commonwire serve`` with its worker, idle.

    python -m benchmarks.read [--quick] [--json FILE]
"""

import re
import subprocess
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from benchmarks.client import Client, Newswire
from benchmarks.publish import prepare, wait_for_worker
from benchmarks.reports import Report, median, program
from benchmarks.seed import seed

from benchmarks import servers

LEAST_NGINX = 0.95
LEAST_SERVE = 0.65
MOST_MEGABYTES = 200
# Gives a page of about 20 kB.
BODY = 14_500
_BARE = """
server {{
    listen 127.0.0.1:{port};
    root {root};
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 100000;
    types {{ text/html html; }}
}}
"""


def measure(report: Report, quick: bool) -> None:
    rounds, seconds = (1, 1) if quick else (15, 3)
    with tempfile.TemporaryDirectory() as name:
        place, data = Path(name), Path(name, "ours")
        place.chmod(0o755)
        seed(data, 1_000)
        with servers.commonwire(data, core=0) as wire:
            time.sleep(3)
            _memory(report, wire, "idle, just started")
            page = _publish(wire, data)
            _memory(report, wire, "idle, after publishing", is_target=True)
            _requests(report, place, wire, page, rounds, seconds)
            _memory(report, wire, "idle, after reading")


def _publish(wire: servers.Server, data: Path) -> str:
    """The address of a fresh post, printed, with its compressed forms beside it."""
    newswire = Newswire(wire.port)
    [(draft, text)], _ = prepare(newswire, 1, first=int(time.time()), length=BODY)
    newswire.publish(draft, text)
    wait_for_worker(data)
    return text.path


def _requests(
    report: Report,
    place: Path,
    wire: servers.Server,
    page: str,
    rounds: int,
    seconds: int,
) -> None:
    root = place / "bare"
    root.mkdir()
    body = Client(wire.port).get(page).body
    (root / "page.html").write_bytes(body)
    block = _BARE.format(port=servers.free_port(), root=root)
    shipped = servers.shipped(
        place / "ours" / "public", wire.port, brotli=servers.has_brotli()
    )
    with (
        servers.nginx(block, place / "nginx-bare", core=0) as bare,
        servers.nginx(shipped, place / "nginx-ours", core=0) as ours,
    ):
        ways = {
            "bare nginx, a file": (bare, "/page.html", ""),
            "nginx, the post": (ours, page, ""),
            "serve, the post": (wire.port, page, ""),
            "nginx, the post, gzip": (ours, page, "gzip"),
            "serve, the post, gzip": (wire.port, page, "gzip"),
            "nginx, the post, br": (ours, page, "br"),
            "serve, the post, br": (wire.port, page, "br"),
            "nginx, the front page": (ours, "/", ""),
            "serve, the front page": (wire.port, "/", ""),
        }
        rates: dict[str, list[float]] = defaultdict(list)
        for way in ways.values():
            _wrk(*way, seconds=1)  # warm
        for number in range(rounds):
            turn = list(ways)[number % len(ways) :] + list(ways)[: number % len(ways)]
            for name in turn:
                rates[name].append(_wrk(*ways[name], seconds=seconds))
        sizes = {name: len(_fetch(*way)) for name, way in ways.items()}
    _report(report, rates, sizes)


def _report(
    report: Report, rates: dict[str, list[float]], sizes: dict[str, int]
) -> None:
    middle = {name: median(found) for name, found in rates.items()}
    bare = middle["bare nginx, a file"]
    report.table(
        ("answers per second", "bytes", "median", "least", "most", "ratio"),
        [
            (
                name,
                sizes[name],
                middle[name],
                min(found),
                max(found),
                middle[name] / bare,
            )
            for name, found in rates.items()
        ],
    )
    report.figures["answers per second"] = middle
    report.figures["bytes"] = sizes
    report.target(
        "nginx with deploy/nginx.conf / bare nginx",
        middle["nginx, the post"] / bare,
        least=LEAST_NGINX,
    )
    report.target(
        "commonwire serve alone / bare nginx",
        middle["serve, the post"] / bare,
        least=LEAST_SERVE,
    )


def _wrk(port: int, path: str, coding: str, *, seconds: int) -> float:
    words = ["wrk", "-t1", "-c32", f"-d{seconds}s"]
    if coding:
        words += ["-H", f"Accept-Encoding: {coding}"]
    words.append(f"http://127.0.0.1:{port}{path}")
    said = subprocess.run(
        [*servers.pinned(1), *words], check=True, capture_output=True, text=True
    ).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(said)
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0])


def _fetch(port: int, path: str, coding: str) -> bytes:
    headers = {"Accept-Encoding": coding} if coding else {}
    return Client(port).get(path, headers).body


def _memory(
    report: Report, wire: servers.Server, when: str, *, is_target: bool = False
) -> None:
    found = [process.memory_full_info() for process in wire.tree]
    resident = sum(each.rss for each in found) / 1e6
    proportional = sum(each.pss for each in found) / 1e6
    report.figures[f"memory, {when}"] = {"rss": resident, "pss": proportional}
    if is_target:
        report.target(
            f"resident MB, {len(found)} processes, {when}",
            resident,
            most=MOST_MEGABYTES,
        )
    report.say(
        f"memory of {len(found)} processes, {when}: {resident:.0f} MB resident, "
        f"{proportional:.0f} MB with shared pages counted once\n"
    )


if __name__ == "__main__":
    program(__doc__, measure)
