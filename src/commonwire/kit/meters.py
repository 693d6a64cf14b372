"""How much happened lately: in this process, or in all that share a Valkey."""

import threading
import time
from collections import deque

from commonwire.kit import shared


class Meter:
    """Counts what happened within the last ``seconds``, to a tenth of them."""

    PARTS = 10

    def __init__(self, name: str, *, seconds: float) -> None:
        self.name = name
        self.seconds = seconds
        self._counts: deque[tuple[int, int]] = deque()
        self._sum = 0
        self._lock = threading.Lock()

    def count(self) -> None:
        shared.asked(self._count_together)
        with self._lock:
            part = self._forget_old()
            number = 0
            if self._counts and self._counts[-1][0] == part:
                number = self._counts.pop()[1]
            self._counts.append((part, number + 1))
            self._sum += 1

    @property
    def sum(self) -> int:
        together = shared.asked(self._sum_together)
        if together is not None:
            return together
        with self._lock:
            self._forget_old()
            return self._sum

    def clear(self) -> None:
        with self._lock:
            self._counts.clear()
            self._sum = 0

    def _count_together(self, there: shared.Client) -> None:
        now = self._part_now()
        key = shared.named("meter", self.name, str(now))
        with there.pipeline() as both:
            both.incr(key)
            both.expire(key, int(self.seconds) + 2)
            both.execute()

    def _sum_together(self, there: shared.Client) -> int:
        now = self._part_now()
        parts = range(now - self.PARTS + 1, now + 1)
        keys = [shared.named("meter", self.name, str(part)) for part in parts]
        return sum(int(number or 0) for number in there.mget(keys))

    def _part_now(self) -> int:
        """By the clock that all of them have."""
        return int(time.time() * self.PARTS / self.seconds)

    def _forget_old(self) -> int:
        """The number of the present part of time."""
        part = int(time.monotonic() * self.PARTS / self.seconds)
        while self._counts and self._counts[0][0] <= part - self.PARTS:
            self._sum -= self._counts.popleft()[1]
        return part
