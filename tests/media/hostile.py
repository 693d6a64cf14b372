"""A workbench whose child does what the upload says, if that is not a picture.

Started by tests in place of ``commonwire.media.workbench``.
"""

import ctypes
import os
import signal
import socket
import time
from pathlib import Path

from commonwire.media import making, workbench
from commonwire.media.exchange import Made, Rendition
from commonwire.media.messages import Refused

LIE = Rendition("../../passwd", 10, 10, "image/jpeg", 10)


def do(job, say):
    content = Path(job["upload"]).read_bytes()
    if content.startswith(b"\x89PNG"):
        return making.do(job, say)
    order, _, rest = content.decode().partition(" ")
    if order == "hold":
        return hold(job["upload"])
    return ORDERS[order](rest).as_dict()


def hang(_):
    time.sleep(1000)


def hold(upload):
    """Under way until the test takes it away."""
    while Path(upload).exists():
        time.sleep(0.01)
    raise Refused("cut_off")


def spin(_):
    while True:
        pass


def crash(_):
    ctypes.string_at(0)


def raise_anything(_):
    raise ZeroDivisionError


def hoard(_):
    return bytearray(3 * 1024**3)


def lie(_):
    return Made("picture", 10, 10, [LIE])


def kill_the_bench(_):
    os.kill(os.getppid(), signal.SIGKILL)
    hang(_)


def be_killed(_):
    os.kill(os.getpid(), signal.SIGKILL)


def connect(port):
    with socket.create_connection(("127.0.0.1", int(port)), timeout=1):
        return Made("picture", 10, 10, [])


def read(path):
    try:
        Path(path).read_bytes()
    except OSError as error:
        raise Refused("empty") from error
    raise Refused("video")


def write(path):
    try:
        Path(path).write_bytes(b"here")
    except OSError as error:
        raise Refused("empty") from error
    raise Refused("video")


def look(_):
    """Refused as empty if there is nothing of the site's about."""
    files = [number for number in range(3, 64) if is_open(number)]
    # One is the pipe for the answer.
    raise Refused("video" if len(files) > 1 or "SECRET" in os.environ else "empty")


def is_open(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


ORDERS = {
    "hang": hang,
    "spin": spin,
    "crash": crash,
    "raise": raise_anything,
    "hoard": hoard,
    "lie": lie,
    "kill": kill_the_bench,
    "be_killed": be_killed,
    "connect": connect,
    "read": read,
    "write": write,
    "look": look,
}

if __name__ == "__main__":
    workbench.main(do)
