"""Wakes the worker at once when something changed. It is only a hint: who misses it looks
a moment later all the same, and on another machine nobody hears it."""

import contextlib
import os
import select
from pathlib import Path


class Bell:
    """A pipe with a name, on which nothing is told but that somebody rang."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._heard: int | None = None

    def ring(self) -> None:
        with contextlib.suppress(OSError):  # nobody listens, or it rings already
            descriptor = os.open(self._place, os.O_WRONLY | os.O_NONBLOCK)
            try:
                os.write(descriptor, b"!")
            finally:
                os.close(descriptor)

    def wait(self, seconds: float) -> bool:
        """Until it rings, or so long; whether it rang."""
        if self._heard is None:
            self._heard = self._listen()
        rang, _write, _wrong = select.select([self._heard], [], [], seconds)
        if rang:
            with contextlib.suppress(BlockingIOError):  # another worker heard it
                os.read(self._heard, 4096)
        return bool(rang)

    def _listen(self) -> int:
        with contextlib.suppress(FileExistsError):
            os.mkfifo(self._place, 0o600)
        # For writing too: or it would end whenever nobody holds the other end.
        return os.open(self._place, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
