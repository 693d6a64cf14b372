"""Renewing the site's own manifest: by a command, by a timer, and by whoever works."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

from commonwire.changes import cursors
from commonwire.changes.models import Change, Cursor
from commonwire.delivery.bucket_tree import BucketTree
from commonwire.delivery.printing import CURSOR as PRINTED
from commonwire.delivery.printing import WIPING, on_demand
from commonwire.delivery.tree import the_tree
from commonwire.rescue.manifest.building import Builder
from commonwire.rescue.manifest.heads import Head
from commonwire.rescue.manifest.places import Folders, Objects, Place

MEMORY: Final = "manifest.sqlite3"
CURSOR: Final = "manifest"
RENEWED_EVERY: Final = 600


def the_place() -> Place:
    tree = the_tree()
    if isinstance(tree, BucketTree):
        return Objects(tree.bucket)
    return Folders(Path(settings.PUBLIC_DIR))


def is_kept() -> bool:
    """Whether the site has one: it begins with the first `commonwire manifest`."""
    return the_place().made_at() is not None


def renew() -> tuple[Head, Builder]:
    with _alone(wait=True):
        return _renew()


def look() -> bool:
    """Renew it when something was taken away, which it still names; and every ten
    minutes, if anything changed. Whether it was renewed."""
    cursor = Cursor.objects.filter(name=CURSOR).first()
    if cursor is None:
        return False
    # What is not printed yet is still in the tree.
    through, seen = cursors.position(PRINTED), cursor.position
    if through <= seen or not (_was_wiped(seen, through) or _is_old()):
        return False
    if not is_kept():
        cursor.delete()  # or no change could be pruned
        return False
    with _alone(wait=False) as mine:
        if mine:
            _renew()
        return mine


def _renew() -> tuple[Head, Builder]:
    memory, through = Path(settings.DATA_DIR) / MEMORY, cursors.position(PRINTED)
    builder = Builder(
        the_place(), str(memory), lambda path: on_demand(path) is not None
    )
    head = builder.build()
    Cursor.objects.update_or_create(name=CURSOR, defaults={"position": through})
    return head, builder


def _was_wiped(seen: int, through: int) -> bool:
    changes = Change.objects.filter(pk__gt=seen, pk__lte=through)
    return changes.filter(kind__in=WIPING).exists()


def _is_old() -> bool:
    made = the_place().made_at()
    return made is None or not 0 <= time.time() - made < RENEWED_EVERY


@contextlib.contextmanager
def _alone(*, wait: bool) -> Iterator[bool]:
    """Two that walk the tree at once would each think that the other's is newer."""
    name = the_tree().locks / "manifest"
    descriptor = os.open(name, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _took(descriptor, wait=wait)
    finally:
        os.close(descriptor)


def _took(descriptor: int, *, wait: bool) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
