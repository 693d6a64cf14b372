"""An S3 server over HTTP in this process, and buckets in it."""

import logging
import socket
from contextlib import contextmanager
from dataclasses import replace
from itertools import count

from moto.server import ThreadedMotoServer

from commonwire.env import BucketPlace
from commonwire.kit.bucket import Bucket

_names = count()


class Store:
    def __init__(self):
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self.server.start()
        host, port = self.server.get_host_and_port()
        self.endpoint = f"http://{host}:{port}"

    def stop(self):
        self.server.stop()

    def place(self):
        """Where a new bucket is."""
        name = f"wire-{next(_names)}"
        found = BucketPlace(name, "site", self.endpoint, "us-east-1")
        Bucket(found).client.create_bucket(Bucket=name)
        return found


def nobody():
    """An address at which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


@contextmanager
def cut(bucket):
    """While the store does not answer."""
    client = bucket.client
    bucket.client = Bucket(replace(bucket.place, endpoint=nobody())).client
    yield
    bucket.client, bucket._down_until = client, 0.0
