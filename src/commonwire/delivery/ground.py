"""What a public tree stands on, wherever its files are: which address lies where, and
this machine's locks, pulse and bell."""

import contextlib
import fcntl
import os
import time
import zlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from commonwire.delivery.bell import Bell
from commonwire.kit.pulse import Pulse

LONGEST_NAME = 255
_LOCKS = 256


def place_of(path: str) -> str | None:
    """The name of the file of a public address; None when it can have none."""
    parts = path.removeprefix("/").split("/")
    if parts[-1].startswith("index.html") or parts[-1].endswith((".gz", ".br")):
        return None  # a page has one address, and a form is chosen by its header
    if parts[-1] == "":
        parts[-1] = "index.html"
    for part in parts:
        if part in {"", ".", ".."} or part[0] == "." or "\0" in part:
            return None
        if len(part.encode("utf-8", "surrogatepass")) > LONGEST_NAME:
            return None
    return "/".join(parts)


class Ground:
    def __init__(self, root: Path, locks: Path) -> None:
        self.root = root
        self.locks = locks
        self.unfinished = root / ".unfinished"

    @cached_property
    def pulse(self) -> Pulse:
        return Pulse(self.locks / "pulse")

    @cached_property
    def bell(self) -> Bell:
        return Bell(self.locks / "bell")

    def prepare(self) -> None:
        for directory in (self.root, self.unfinished, self.locks):
            directory.mkdir(parents=True, exist_ok=True)
        self.root.chmod(0o755)
        self.unfinished.chmod(0o700)
        self.locks.chmod(0o700)

    def sweep(self, *, older_than: float = 3600) -> None:
        """Delete what a crash left unfinished."""
        for entry in self.unfinished.iterdir():
            with contextlib.suppress(FileNotFoundError):
                if time.time() - entry.stat().st_mtime > older_than:
                    entry.unlink()

    @contextlib.contextmanager
    def lock(self, path: str) -> Iterator[None]:
        """One printer of a page at a time, in whatever process or thread: the last to
        print it has read the latest state."""
        number = zlib.crc32(path.encode()) % _LOCKS
        descriptor = os.open(f"{self.locks}/{number}", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
