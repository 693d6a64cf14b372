import gc
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from commonwire.calendar.actions.importing import look_due
from commonwire.calls.call_queries import turned_between
from commonwire.changes import home, locks, running
from commonwire.delivery import purging, shelf
from commonwire.delivery.printing import print_counted, print_due, print_stale
from commonwire.delivery.tree import the_tree
from commonwire.kit import pool
from commonwire.kit.bucket import StoreDown
from commonwire.mail.sending import send_due
from commonwire.media import sketching, store, work
from commonwire.media.states import LONG, QUICK, Kind
from commonwire.media.workshop import Workshop
from commonwire.publishing.actions import files
from commonwire.publishing.actions.embargo import release_due
from commonwire.publishing.actions.featuring import tell_due
from commonwire.rescue.manifest import keeping
from commonwire.search import actions as search
from commonwire.web.housekeeping import empty_the_log, keep_house, tend

log = logging.getLogger(__name__)
PAUSE_SECONDS = 0.2
# Files of this machine are felt; those of others are looked for.
FEEL_SECONDS = 0.02
REST_SECONDS = 1
DUE_EVERY = timedelta(seconds=5)
HOUSEKEEPING_SECONDS = 600
TENDING_SECONDS = 15
MAIL_SECONDS = 1
LOOKING_SECONDS = 60
COUNTING_SECONDS = 1
SHELVING_SECONDS = 0.3
INDEXING_SECONDS = 0.5
SIGNING_SECONDS = 2
# Of what was there before the index: few at a time, for whoever writes waits for them.
FILLED_AT_ONCE = 20


class Command(BaseCommand):
    help = (
        "Print stale pages as they become so, make the files that wait, and sweep what "
        "is to be forgotten."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--with-parent",
            type=int,
            metavar="PID",
            help="stop when this process is gone",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _see_that_we_are_at_home()
        self.stopping = threading.Event()
        self.felt = threading.Condition()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        parent = options["with_parent"]
        heart = running.Heart(running.WORKER)
        heart.start()
        self._start_threads()
        self._go_on(parent)
        work.let_go()
        heart.stop()

    def _go_on(self, parent: int | None) -> None:
        kept_house = tended = float("-inf")
        due = Due()
        gc.freeze()  # what the program itself is made of is never rubbish
        while not self.stopping.is_set() and (parent is None or os.getppid() == parent):
            if time.monotonic() - kept_house > HOUSEKEEPING_SECONDS:
                _guarded(_kept_house)
                kept_house = time.monotonic()
            if time.monotonic() - tended > TENDING_SECONDS:
                _guarded(_tended)
                tended = time.monotonic()
            _guarded(_released)
            _guarded(due.tell)
            if not _guarded(_printed):
                the_tree().bell.wait(PAUSE_SECONDS)

    def _start_threads(self) -> None:
        """They end with the process: what they leave unfinished is begun again."""
        beside: list[Callable[[], None]] = [self._purge, self._count, self._feel]
        beside += [self._look, self._index, self._sign]
        beside += (partial(self._make, mine) for mine in makers(os.cpu_count() or 1))
        if settings.MAIL_FROM:
            beside.append(self._mail)
        if bucket := shelf.the_bucket():
            bucket.examine()
            beside.append(self._shelve)
        for duty in beside:
            threading.Thread(target=duty, daemon=True).start()

    def _make(self, mine: "Queue") -> None:
        shop = Workshop()
        while not self.stopping.is_set():
            felt = store.pulse().now()
            if not _guarded(lambda: _make_waiting(mine, shop)):
                self._rest(felt)
        shop.close()

    def _purge(self) -> None:
        """Beside the rest: nobody knows how long an operator's hook takes."""
        while not self.stopping.wait(TENDING_SECONDS):
            _guarded(purging.try_again)

    def _shelve(self) -> None:
        """Beside the rest: films are large, and the store may be far."""
        while not self.stopping.wait(SHELVING_SECONDS):
            _guarded(shelf.put_noted)

    def _count(self) -> None:
        """Beside the rest, so that a number is right within a second however much else
        is to be printed; and never twice in one."""
        wait = float(COUNTING_SECONDS)
        while not self.stopping.wait(wait):
            begun = time.monotonic()
            _guarded(_counted)
            wait = max(0.0, COUNTING_SECONDS - (time.monotonic() - begun))

    def _index(self) -> None:
        """Beside the rest: what is searched for may come a moment later than what is
        read, and an index that is made anew takes hours."""
        while not self.stopping.is_set():
            if not _guarded(_indexed):
                self.stopping.wait(INDEXING_SECONDS)

    def _look(self) -> None:
        """Beside the rest: calendars elsewhere take their time."""
        while not self.stopping.wait(LOOKING_SECONDS):
            _guarded(_looked)

    def _sign(self) -> None:
        """Beside the rest: to renew the manifest takes a look at every folder."""
        while not self.stopping.wait(SIGNING_SECONDS):
            _guarded(_signed)

    def _mail(self) -> None:
        """Beside the rest: nobody knows how long a mail server takes."""
        while not self.stopping.wait(MAIL_SECONDS):
            _guarded(_mailed)

    def _feel(self) -> None:
        """For all makers: each for itself woke the processor five times as often."""
        felt = store.pulse().now()
        while not self.stopping.wait(FEEL_SECONDS):
            if store.pulse().now() != felt:
                felt = store.pulse().now()
                with self.felt:
                    self.felt.notify_all()

    def _rest(self, felt: int) -> None:
        """Until a file comes, which is felt at once when it does on this machine."""
        with self.felt:
            self.felt.wait_for(
                lambda: store.pulse().now() != felt or self.stopping.is_set(),
                REST_SECONDS,
            )

    def _stop(self, *_signal: Any) -> None:
        self.stopping.set()


def _see_that_we_are_at_home() -> None:
    try:
        home.examine(settings.DATA_DIR)
    except home.AnotherHome as error:
        raise CommandError(str(error)) from error
    except DatabaseError:
        log.warning("the database does not answer yet, or is not prepared")


@dataclass(frozen=True)
class Queue:
    """What of all that waits one of the makers is for."""

    kinds: tuple[Kind, ...]
    heavy: bool = False
    # Whether it looks for faces when nothing waits.
    sketches: bool = False


def makers(cores: int) -> list[Queue]:
    """One for each core and one for what turned out heavy; one for films and recordings
    and one for the long ones among them. The first looks for faces, which steps back for everything: on a busy machine it would
    keep whoever is at it from a picture that comes."""
    quick = [Queue(QUICK, sketches=number == 0) for number in range(cores)]
    return [*quick, Queue(QUICK, heavy=True), Queue(LONG), Queue(LONG, heavy=True)]


class Due:
    """Features and calls begin and end by the clock, without anybody's doing."""

    def __init__(self) -> None:
        self._told: datetime | None = None

    def tell(self) -> bool:
        now = timezone.now()
        if self._told is None or now - self._told > DUE_EVERY:
            tell_due(since=self._told, now=now)
            if self._told and turned_between(self._told, now):
                print_due(now)
            self._told = now
        return False


def _make_waiting(mine: Queue, shop: Workshop) -> bool:
    """Make one file, or look for faces when none waits; whether there was one."""
    waiting = work.waiting(mine.kinds, heavy=mine.heavy)
    if mine.sketches and not waiting:
        return sketching.sketch_one(shop=shop)
    return any(files.make(public_id, shop=shop) for public_id in waiting)


def _printed() -> bool:
    begun = time.monotonic()
    done = print_stale()
    if done.changes:
        took = time.monotonic() - begun
        running.did(print_rounds=1, print_seconds=took, pages_printed=done.printed)
    if done.wiped:
        empty_the_log()
    return bool(done.changes)


def _looked() -> bool:
    with locks.tried(locks.LOOKING) as mine:
        if mine:
            look_due()
    return False


def _signed() -> bool:
    keeping.look()
    return False


def _counted() -> bool:
    print_counted()
    return False


def _indexed() -> bool:
    followed = search.follow()
    if followed.wiped:
        empty_the_log()
    if followed.changes:
        return True
    return bool(search.fill(limit=FILLED_AT_ONCE))


def _mailed() -> bool:
    if sent := send_due(timezone.now()):
        running.did(mails_sent=sent)
        empty_the_log()
    return False


def _released() -> bool:
    release_due()
    return False


def _kept_house() -> bool:
    with locks.tried(locks.HOUSEKEEPING) as mine:
        if mine:
            keep_house()
    return False


def _tended() -> bool:
    tend()
    return False


def _guarded(work: Callable[[], bool]) -> bool:
    """Do it; whether there may be more. A failing database is waited for, not died of."""
    try:
        return work()
    except StoreDown as down:
        log.error("this waits for the store: %s", down)  # noqa: TRY400 - nothing of ours
        time.sleep(1)
        return False
    except Exception:
        log.exception("the worker goes on after this")
        pool.mend()
        time.sleep(1)
        return False
    finally:
        close_old_connections()  # a pool's goes back: there are fewer than threads
