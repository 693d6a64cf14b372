"""An S3 server that takes some milliseconds longer for each answer, as one in another
house does: `python -m benchmarks.bucket_server PORT MILLISECONDS`.

`/moto-api/asked` says how many requests there were.
"""

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from typing import Any

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, run_simple

COUNT = "/moto-api/asked"


class Quiet(WSGIRequestHandler):
    # Connections stay open, as real servers keep them.
    protocol_version = "HTTP/1.1"


class Late:
    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.asked = 0
        self.inner = DomainDispatcherApplication(create_backend_app)
        self.lock, self.one = threading.Lock(), threading.Lock()

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        if environ["PATH_INFO"] == COUNT:
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [str(self.asked).encode()]
        with self.lock:
            self.asked += 1
        time.sleep(self.seconds)
        # Moto looks at a condition and then puts; real servers do both at once.
        with self.one if environ["REQUEST_METHOD"] == "PUT" else nullcontext():
            answer: Iterable[bytes] = self.inner(environ, start_response)
        return answer


if __name__ == "__main__":
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    port, late = int(sys.argv[1]), Late(float(sys.argv[2]) / 1000)
    run_simple("127.0.0.1", port, late, threaded=True, request_handler=Quiet)
