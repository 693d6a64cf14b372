"""How much happened lately, in this process."""

import threading
import time
from collections import deque


class Meter:
    """Counts what happened within the last ``seconds``, to a tenth of them."""

    PARTS = 10

    def __init__(self, *, seconds: float) -> None:
        self.seconds = seconds
        self._counts: deque[tuple[int, int]] = deque()
        self._sum = 0
        self._lock = threading.Lock()

    def count(self) -> None:
        with self._lock:
            part = self._forget_old()
            number = 0
            if self._counts and self._counts[-1][0] == part:
                number = self._counts.pop()[1]
            self._counts.append((part, number + 1))
            self._sum += 1

    @property
    def sum(self) -> int:
        with self._lock:
            self._forget_old()
            return self._sum

    def clear(self) -> None:
        with self._lock:
            self._counts.clear()
            self._sum = 0

    def _forget_old(self) -> int:
        """The number of the present part of time."""
        part = int(time.monotonic() * self.PARTS / self.seconds)
        while self._counts and self._counts[0][0] <= part - self.PARTS:
            self._sum -= self._counts.popleft()[1]
        return part
