"""Printing: a public address to a file, at once, by the worker or on demand."""

import errno
import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import InterfaceError, OperationalError, connection

from commonwire.changes import cursors, running
from commonwire.changes.models import Change
from commonwire.delivery import pages
from commonwire.delivery.pages.family import Family
from commonwire.delivery.together import together
from commonwire.delivery.tree import the_tree
from commonwire.kit.bucket import Overtaken, StoreDown

log = logging.getLogger(__name__)
CURSOR = "delivery"
# Changes of numbers: of these a call may have hundreds in a second. Nobody who answers
# one waits for a page, and the bell stays silent; `print_counted` looks once a second.
COUNTED = ("call.pledged",)
CURSOR_OF_COUNTED = "numbers"
FAR_BEHIND = 1_000
# What a disk or a process that is full, or a disk that fails, answers.
_OF_THE_DISK = {
    *(errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS),
    *(errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EFBIG),
}
# A page that others print at the same moment each time: something is wrong.
MOST_TRIES = 20
# What takes words away that were public.
WIPING = {
    "post.withdrawn",
    "comment.withdrawn",
    "decision.redacted",
    "flag.redacted",
}
# Commits of this process, counted as they come: the numbers of changes do not say which
# of two was committed first.
_commits = 0
_counting = threading.Lock()
# Up to which commit this process printed a page: those that wait for the page while
# another thread prints it find their change on it, and go on.
_printed_through: dict[str, int] = {}


def print_page(path: str, *, commit: int = 0, plain: bool = False) -> bytes | None:
    """Render an address and lay it in the tree; None, and no file, when it is nothing.

    An error leaves the old file. ``commit``: print only if what that one changed is not
    on it; somebody waits for it. ``plain``: it is compressed when the round settles.
    """
    for _ in range(MOST_TRIES):
        try:
            return _print_in_turn(path, commit, plain=plain)
        except Overtaken:
            log.info("a page was printed elsewhere meanwhile; it is printed again")
    raise StoreDown(f"{path} is printed elsewhere all the time")


def _print_in_turn(path: str, commit: int, *, plain: bool) -> bytes | None:
    with the_tree().lock(path):
        if commit and _printed_through.get(path, 0) >= commit:
            return None
        through = _commits
        body = _print(path, plain=plain or commit > 0)
        if commit:
            _remember(path, through)
    return body


def on_demand(path: str) -> bytes | None:
    """A page that is not in the tree: print it, or None. Those who ask for the same
    page meanwhile wait for the one that prints it."""
    found = pages.find(path)
    if found is None:
        return None
    try:
        with the_tree().lock(path):
            return the_tree().read(path) or _print(path)
    except (StoreDown, Overtaken):
        # It is not kept, and readers have it all the same.
        return found[0].render(**found[1])
    except Exception:
        running.did(pages_failed=1)
        raise


def _print(path: str, *, plain: bool = False) -> bytes | None:
    """Render and lay down; the caller holds the page's lock."""
    found = pages.find(path)
    body = found[0].render(**found[1]) if found else None
    if found is None or body is None:
        the_tree().remove(path)
        return None
    family = found[0]
    for first in family.before(path, body):
        if the_tree().read(first) is None:
            _print(first, plain=plain)
    plain = plain or not family.compresses(path)
    the_tree().write(path, body, plain=plain)
    return body


def _remember(path: str, through: int) -> None:
    if len(_printed_through) > 1_000:  # noqa: PLR2004 - any bound will do
        _printed_through.clear()
    _printed_through[path] = through


def print_at_once(change: Change) -> None:
    """The pages that must show a change before it is answered. Never fails the answer:
    what did not print now, the worker prints."""
    if change.kind in COUNTED:
        return
    try:
        _print_for(change, _count_commit())
    except StoreDown as down:
        log.error("pages wait for the store: %s", down)  # noqa: TRY400 - nothing of ours
    except Exception:
        log.exception("a page did not print")
    the_tree().bell.ring()


def _count_commit() -> int:
    global _commits  # noqa: PLW0603 - it counts for this process
    with _counting:
        _commits += 1
        return _commits


def _print_for(change: Change, commit: int) -> None:
    paths = pages.at_once(change)
    the_tree().look_ahead(paths)
    for path in paths:
        try:
            print_page(path, commit=commit)
        except StoreDown:
            raise
        except Exception:
            running.did(pages_failed=1)
            log.exception("a page did not print")
    for path in the_tree().finish():
        print_page(path)


class Unprinted(Exception):
    """The disk or the database failed, and no page is at fault: what changed has to be
    printed again, and the cursor stays."""


@dataclass
class Round:
    """What one round of the worker did."""

    changes: int = 0
    # Some of them took words away, which must go from the database's log too.
    wiped: bool = False
    printed: int = 0
    failed: int = 0
    # Of those that failed, what the machine is to blame for.
    unprinted: int = 0


def print_stale(
    *, limit: int = 2_000, beat: Callable[[], None] = lambda: None
) -> Round:
    """Print what changed since the last round, each page once; then wait for the disk,
    and only then move the cursor. After a crash the round is done again; likewise, when
    the disk takes no page, or the database does not answer: raises Unprinted. One
    worker at a time does it."""
    with cursors.claimed(CURSOR) as claim:
        if claim is None:
            return Round()
        changes = cursors.read_after(claim.position, limit=limit)
        if not changes:
            return Round()
        done = _print_changes(changes, beat)
        claim.move(to=changes[-1].pk)
        return done


def _print_changes(changes: list[Change], beat: Callable[[], None]) -> Round:
    done = Round(changes=len(changes))
    changes = [change for change in changes if change.kind not in COUNTED]
    done.wiped = any(change.kind in WIPING for change in changes)
    if any(change.kind == "site.changed" for change in changes):
        the_tree().forget_pages()
    gone = list(dict.fromkeys(p for each in changes for p in pages.forgotten(each)))
    the_tree().forget(gone)
    stale = dict.fromkeys(p for change in changes for p in pages.stale(change))
    the_tree().look_ahead(stale)
    with together():
        for path in _seen_first(stale, wiped=done.wiped):
            _print_or_keep(path, done)
            beat()
    _finish(done)
    _settle([*gone, *_with_what_comes_before(stale)])
    _refuse_if_unprinted(done)
    return done


def _seen_first(paths: Iterable[str], *, wiped: bool) -> list[str]:
    """Pages that people read before the feeds and files of programs; when words were
    taken away, whatever had them before the log that says so."""

    def late(path: str) -> tuple[bool, bool]:
        return wiped and path.startswith("/log/"), not path.endswith("/")

    return sorted(paths, key=late)


def print_due(now: datetime) -> Round:
    """Print what only time has made stale, of the pages that somebody has asked for."""
    done = Round()
    due = pages.due(now, the_tree().printed_at)
    the_tree().look_ahead(due)
    for path in due:
        _print_or_keep(path, done)
    _finish(done)
    _settle(due)
    return done


def print_counted() -> Round:
    """Print the pages whose numbers changed since the last time, each once, however often
    they did. One worker at a time does it."""
    with cursors.claimed(CURSOR_OF_COUNTED) as claim:
        if claim is None:
            return Round()
        start = claim.position
        newest = cursors.settled(after=start)
        changes = cursors.newest_of_each_post(
            after=start, through=newest, kinds=COUNTED
        )
        done = _print_numbers(changes)
        if changes or newest - start > FAR_BEHIND:  # or old ones could not be deleted
            claim.move(to=newest)
        return done


def _print_numbers(changes: list[Change]) -> Round:
    done = Round(changes=len(changes))
    paths = dict.fromkeys(path for each in changes for path in pages.counted(each))
    the_tree().look_ahead(paths)
    for path in paths:
        _print_or_keep(path, done)
    _finish(done)
    _settle(paths)
    _refuse_if_unprinted(done)
    return done


def _finish(done: Round) -> None:
    """Wait for what is on its way to the store; what was printed elsewhere meanwhile is
    printed again, from what is known now."""
    for path in the_tree().finish():
        _print_or_keep(path, done)


def _settle(paths: Iterable[str]) -> None:
    settled = dict.fromkeys(paths)
    found = {path: pages.find(path) for path in settled}
    packed = {path for path, page in found.items() if page and page[0].compresses(path)}
    the_tree().settle(settled, packed=packed)


def _print_or_keep(path: str, done: Round) -> None:
    try:
        print_page(path, plain=True)
        done.printed += 1
    except StoreDown:
        raise  # the round is done again, when the store is there again
    except Exception as error:
        done.failed += 1
        running.did(pages_failed=1)
        done.unprinted += _is_of_the_machine(error)
        log.exception("a page did not print; its old file stays")
        connection.close_if_unusable_or_obsolete()


def _is_of_the_machine(error: Exception) -> bool:
    """Every page would meet it, and none is at fault. A picture that one page misses is
    no such thing: the others must not wait for it."""
    if isinstance(error, OSError):
        return error.errno in _OF_THE_DISK or _is_of_the_tree(error)
    return isinstance(error, OperationalError | InterfaceError)


def _is_of_the_tree(error: OSError) -> bool:
    """What every page is written through is not there: its disk is not mounted."""
    unfinished = str(the_tree().unfinished)
    return error.errno == errno.ENOENT and str(error.filename).startswith(unfinished)


def _refuse_if_unprinted(done: Round) -> None:
    if done.unprinted:
        raise Unprinted(f"{done.unprinted} pages found no room, or no database")


def _with_what_comes_before(paths: Iterable[str]) -> Iterator[str]:
    """A signed head is worth nothing without the tiles that lie there for it."""
    for path in paths:
        found = pages.find(path)
        if found and type(found[0]).before is not Family.before:
            body = the_tree().read(path)
            yield from found[0].before(path, body) if body else ()
        yield path
