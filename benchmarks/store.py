"""How long a publish takes to be public, in a directory and in a bucket whose server takes
five milliseconds longer for each answer.

Texts of 3,000 characters among 100 posts, one after the other: until the POST is
answered, until the post's page and the front page are in the store, and until every page
that it made stale is. The server (moto) is written in Python and shares the machine: what
it takes for itself is in a row of its own, and the requests of each publish are counted.

    python -m benchmarks.store [--quick] [--json FILE]
"""

import http.client
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.bucket_server import COUNT
from benchmarks.client import Newswire, expect
from benchmarks.publish import prepare, wait_for_worker
from benchmarks.reports import Report, median, program
from benchmarks.seed import seed

from benchmarks import servers
from commonwire.env import BucketPlace
from commonwire.kit.bucket import Bucket

POSTS_BEFORE = 100
LATENCY = 5.0
Read = Callable[[str], bytes | None]


def measure(report: Report, quick: bool) -> None:
    number = 4 if quick else 60
    os.environ.setdefault("AWS_ACCESS_KEY_ID", "benchmark")
    os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "benchmark")
    rows = []
    with tempfile.TemporaryDirectory() as here:
        rows.append(("a directory", *_in_directory(Path(here, "one"), number), 0.0, 0))
        for latency in (0.0, LATENCY):
            name = f"a bucket, {latency:g} ms"
            data = Path(here, f"bucket-{latency:g}")
            rows.append((name, *_in_bucket(data, number, latency)))
    report.table(
        ("milliseconds, p50", "POST", "page, front", "all", "a request", "requests"),
        rows,
    )
    report.figures["milliseconds"] = {row[0]: row[1:] for row in rows}


def _in_directory(data: Path, number: int) -> tuple[float, float, float]:
    seed(data, POSTS_BEFORE)
    with servers.commonwire(data) as wire:

        def read(path: str) -> bytes | None:
            file = data / "public" / path[1:] / "index.html"
            return file.read_bytes() if file.exists() else None

        return _publish(Newswire(wire.port), data, number, read)


def _in_bucket(
    data: Path, number: int, latency: float
) -> tuple[float, float, float, float, int]:
    seed(data, POSTS_BEFORE)
    with servers.late_bucket(latency) as server:
        place = BucketPlace("wire", "", f"http://127.0.0.1:{server.port}", "us-east-1")
        bucket = Bucket(place)
        bucket.client.create_bucket(Bucket=place.name)
        store = f"s3://wire?endpoint={place.endpoint}&region={place.region}"
        with servers.commonwire(data, store=store) as wire:

            def read(path: str) -> bytes | None:
                found = bucket.read(f"{path[1:]}index.html")
                return found[0] if found else None

            newswire = Newswire(wire.port)
            _publish(newswire, data, 2, read)
            before = _asked(server.port)
            took = _publish(newswire, data, number, read, first=10)
            asked = _asked(server.port) - before
            return *took, _request(bucket), asked // number


def _publish(
    wire: Newswire, data: Path, number: int, read: Read, first: int = 0
) -> tuple[float, float, float]:
    """Medians: until the answer, until page and front are there, until all are."""
    answered, shown, settled = [], [], []
    drafts, _took = prepare(wire, number, first=2_000_000 + first)
    for address, words in drafts:
        wait_for_worker(data)
        begun = time.perf_counter()
        answered.append(wire.publish(address, words).post)
        title = words.title.encode()
        while not all(title in (read(each) or b"") for each in (words.path, "/")):
            expect(time.perf_counter() - begun < 60, "the page")
        shown.append((time.perf_counter() - begun) * 1000)
        wait_for_worker(data)
        settled.append((time.perf_counter() - begun) * 1000)
    return median(answered), median(shown), median(settled)


def _request(bucket: Bucket) -> float:
    """What one takes, one after the other."""
    took = []
    for _ in range(50):
        begun = time.perf_counter()
        bucket.look("index.html")
        took.append((time.perf_counter() - begun) * 1000)
    return median(took)


def _asked(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", COUNT)
    number = int(connection.getresponse().read())
    connection.close()
    return number


if __name__ == "__main__":
    program(__doc__, measure)
