"""Which processes run: each says so every few seconds, in the database, where all machines
see it. With it goes what it did meanwhile, added to the sums of all."""

import logging
import secrets
import threading
from datetime import timedelta

from django.db import DatabaseError, close_old_connections, transaction
from django.db.models import F
from django.utils import timezone

from commonwire.changes.models import Running, Sum
from commonwire.kit import pool

log = logging.getLogger(__name__)
WEB, WORKER = "web", "worker"
BEAT_SECONDS = 15
# Longer than a machine that is busy takes between two beats.
LATELY = timedelta(seconds=60)
FORGOTTEN = timedelta(hours=1)

_did: dict[str, float] = {}
_lock = threading.Lock()


def did(**what: float) -> None:
    """Remember that this process did so much; it is told with its next beat."""
    with _lock:
        for name, number in what.items():
            _did[name] = _did.get(name, 0) + number


def count(kind: str) -> int:
    """How many such processes were seen lately."""
    since = timezone.now() - LATELY
    return Running.objects.filter(kind=kind, seen_at__gt=since).count()


def sums() -> dict[str, float]:
    return dict(Sum.objects.values_list("name", "number"))


def forget_old() -> None:
    Running.objects.filter(seen_at__lt=timezone.now() - FORGOTTEN).delete()


class Heart:
    """Beats beside whatever else a process does."""

    def __init__(self, kind: str) -> None:
        self.kind, self.name = kind, secrets.token_hex(8)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._go_on, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """It is not running any more; who is killed is forgotten in a minute."""
        self._stopping.set()
        self._thread.join(timeout=5)
        try:
            Running.objects.filter(name=self.name).delete()
        except DatabaseError:
            log.warning("a process that ends could not say so")

    def _go_on(self) -> None:
        while True:
            try:
                self.beat()
            except DatabaseError as error:
                log.warning("a process could not say that it runs: %s", error)
                pool.mend()
            finally:
                close_old_connections()
            if self._stopping.wait(BEAT_SECONDS):
                return

    def beat(self) -> None:
        with _lock:
            done = dict(_did)
            _did.clear()
        seen = {"kind": self.kind, "seen_at": timezone.now()}
        try:
            with transaction.atomic():
                Running.objects.update_or_create(name=self.name, defaults=seen)
                _add(done)
        except DatabaseError:
            did(**done)
            raise


def _add(done: dict[str, float]) -> None:
    # In one order, or two processes would wait for each other.
    for name, number in sorted(done.items()):
        Sum.objects.get_or_create(name=name)
        Sum.objects.filter(name=name).update(number=F("number") + number)
