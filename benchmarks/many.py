"""Programs that publish at the same time through the API of several web processes."""

import http.client
import itertools
import json
import threading
import time
from collections import Counter
from typing import Protocol

from benchmarks.client import expect
from benchmarks.texts import text

PROGRAMS = 16
LENGTH = 1_500
_numbers = itertools.count(70_000_000)


class Published(Protocol):
    token: str


def publishing(site: Published, ports: list[int], seconds: float) -> tuple[int, float]:
    """How many posts were answered, and within how many seconds."""
    answered: Counter[int] = Counter()
    start = time.monotonic()

    def publish(place: int) -> None:
        port = ports[place % len(ports)]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {
            "Authorization": f"Bearer {site.token}",
            "Content-Type": "application/json",
        }
        while time.monotonic() - start < seconds:
            own = text(next(_numbers), LENGTH)
            body = json.dumps({"title": own.title, "body": own.body})
            connection.request("POST", "/api/v1/posts", body, headers)
            answer = connection.getresponse()
            said = answer.read()
            expect(answer.status == 201, f"{answer.status} {said[:200]!r}")
            answered[place] += 1
        connection.close()

    threads = [threading.Thread(target=publish, args=[n]) for n in range(PROGRAMS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return answered.total(), time.monotonic() - start
