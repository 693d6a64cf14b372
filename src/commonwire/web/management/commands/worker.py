import logging
import os
import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from commonwire.delivery.printing import print_stale
from commonwire.web.housekeeping import keep_house

log = logging.getLogger(__name__)
PAUSE_SECONDS = 0.2
HOUSEKEEPING_SECONDS = 600


class Command(BaseCommand):
    help = "Print stale pages as they become so, and sweep what is to be forgotten."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--with-parent",
            type=int,
            metavar="PID",
            help="stop when this process is gone",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stopping = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        parent = options["with_parent"]
        kept_house = float("-inf")
        while not self.stopping and (parent is None or os.getppid() == parent):
            if time.monotonic() - kept_house > HOUSEKEEPING_SECONDS:
                _guarded(keep_house)
                kept_house = time.monotonic()
            if not _guarded(print_stale):
                time.sleep(PAUSE_SECONDS)

    def _stop(self, *_signal: Any) -> None:
        self.stopping = True


def _guarded(work: Any) -> bool:
    """Do it; whether there may be more. A failing database is waited for, not died of."""
    try:
        done = work()
    except Exception:
        log.exception("the worker goes on after this")
        close_old_connections()
        time.sleep(1)
        return False
    return bool(done and done.changes)
