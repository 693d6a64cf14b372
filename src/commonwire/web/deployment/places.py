"""Directories: who may read them, and whether there is room."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from commonwire.delivery import purging
from commonwire.delivery.tree import the_tree
from commonwire.media import quotas
from commonwire.web.deployment.findings import Findings, mend, note

# Of the data directory: others may pass through it to the public tree, and list nothing.
_OTHERS_READ = 0o066


def data_directory(**_asked: Any) -> Findings:
    found, data = [], Path(settings.DATA_DIR)
    state = data.stat()
    if state.st_mode & _OTHERS_READ:
        found.append(
            mend(
                "places.W001",
                f"Others may list or write {data}.",
                f"Run: chmod 711 {data}",
            )
        )
    if state.st_uid != os.geteuid():
        found.append(
            mend(
                "places.W002",
                f"{data} belongs to another user than the one who runs this.",
                "Run Commonwire, and this check, as the user whose directory it is.",
            )
        )
    if os.geteuid() == 0:
        found.append(
            note(
                "places.I001",
                "This runs as root.",
                "Give it a user of its own: deploy/systemd/ does.",
            )
        )
    return found + [_private(path) for path in _readable(data)]


def _readable(data: Path) -> Iterator[Path]:
    """Private files that others may read."""
    for pattern in ("*.sqlite3*", "secret_key", "log_key", "quarantine", "unpublished"):
        for path in data.glob(pattern):
            if path.stat().st_mode & 0o077:
                yield path


def _private(path: Path) -> Any:
    return mend(
        "places.W003",
        f"Others on this machine may read {path}.",
        f"Run: chmod go-rwx {path}",
    )


def room(**_asked: Any) -> Findings:
    disk = shutil.disk_usage(settings.DATA_DIR)
    told = f"{disk.free / quotas.GIGABYTE:.1f} GB of {disk.total / quotas.GIGABYTE:.1f}"
    if not quotas.texts_fit_on_disk():
        do = "Make room now: nothing can be published. docs/operating.md, “Disk full”."
        return [mend("places.W004", f"The disk is full: {told} are free.", do)]
    if not quotas.fits_on_disk():
        do = "Make room: files are refused until then. docs/operating.md, “Disk full”."
        return [mend("places.W005", f"The disk is nearly full: {told} are free.", do)]
    return []


def public_tree(**_asked: Any) -> Findings:
    tree = the_tree()
    try:
        with tempfile.TemporaryFile(dir=tree.unfinished) as file:
            file.write(b"a page")
    except OSError as error:
        return [
            mend(
                "places.W006",
                f"No page can be laid into {tree.root}: {error.strerror}.",
                "Let the user who runs Commonwire write there.",
            )
        ]
    if not tree.root.stat().st_mode & 0o005:
        return [
            mend(
                "places.W007",
                f"A web server cannot read {tree.root}.",
                f"Run: chmod 755 {tree.root}",
            )
        ]
    return []


def purges(**_asked: Any) -> Findings:
    waiting = purging.waiting()
    if not waiting:
        return []
    return [
        mend(
            "places.W008",
            f"A cache in front was not told of {waiting} removals.",
            "See in the log why COMMONWIRE_PURGE_HOOK fails; it is tried again.",
        )
    ]


CHECKS = (data_directory, room, public_tree, purges)
