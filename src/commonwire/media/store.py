"""Where the files of attachments lie, and how they get from one place to the other.

* ``quarantine/``: uploads as they came, deleted as soon as they are made or refused.
* ``unpublished/<public_id>/``: renditions nobody but their author may see.
* ``<PUBLIC_DIR>/media/<public_id>/``: what any web server hands out.

Files are put into the public tree *before* the database commits and taken from it
*after*: a crash between leaves files without a row, which the sweep deletes, and never
a row without its files.
"""

import contextlib
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings

from commonwire.media.exchange import RENDITION_NAME

PUBLIC_ID: Final = re.compile(r"[A-Za-z0-9_-]{16,32}")


def quarantine() -> Path:
    return _private("quarantine")


def unpublished(public_id: str) -> Path:
    return _private("unpublished") / _checked(public_id)


def public(public_id: str) -> Path:
    return _public_root() / _checked(public_id)


def slot() -> Path:
    """The lock that lets one picture at a time be worked on."""
    return Path(settings.DATA_DIR) / "workshop.lock"


def new_upload() -> tuple[Path, BinaryIO]:
    """A file in quarantine for one upload, readable by this user only."""
    path = quarantine() / secrets.token_hex(16)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    return path, os.fdopen(os.open(path, flags, 0o600), "wb", buffering=0)


def make_room(public_id: str) -> Path:
    """An empty private directory for the renditions of a new attachment."""
    directory = unpublished(public_id)
    directory.mkdir(mode=0o700)
    sync(directory.parent)
    return directory


def publish(public_id: str, names: Iterable[str], *, day: datetime) -> None:
    """Put every file into the public tree, durably; again is the same.

    The files' own times are set to the midnight before, so that the web server's
    Last-Modified does not say when somebody was at the form.
    """
    source, target = unpublished(public_id), public(public_id)
    _make_public(target)
    midnight = datetime.combine(day.astimezone(UTC), time(), UTC).timestamp()
    for name in names:
        _bring(source / name, target / name)
        (target / name).chmod(0o644)
        os.utime(target / name, (midnight, midnight))
    # Young again, so that a sweep does not take it before the row is committed.
    os.utime(target)
    sync(target)
    sync(target.parent)


def remove_unpublished(public_id: str) -> bool:
    return _remove(unpublished(public_id))


def remove_public(public_id: str) -> bool:
    return _remove(public(public_id))


def open_preview(public_id: str, name: str) -> BinaryIO:
    """A rendition for its author, published or not; FileNotFoundError for all else."""
    if not RENDITION_NAME.fullmatch(name) or not PUBLIC_ID.fullmatch(public_id):
        raise FileNotFoundError(name)
    try:
        return (unpublished(public_id) / name).open("rb")
    except FileNotFoundError:
        return (public(public_id) / name).open("rb")


def old_uploads(before: datetime) -> Iterator[Path]:
    return _older(quarantine(), before)


def old_unpublished(before: datetime) -> list[str]:
    return _old_ids(_private("unpublished"), before)


def old_public(before: datetime) -> list[str]:
    return _old_ids(_public_root(), before)


def sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _private(name: str) -> Path:
    directory = Path(settings.DATA_DIR) / name
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    return directory


def _public_root() -> Path:
    root = Path(settings.PUBLIC_DIR) / "media"
    _make_public(root)
    return root


def _make_public(directory: Path) -> None:
    if not directory.is_dir():
        directory.mkdir(parents=True, exist_ok=True)
        directory.chmod(0o755)


def _checked(public_id: str) -> str:
    """A name that stays inside its directory, whoever it came from."""
    if not PUBLIC_ID.fullmatch(public_id):
        raise ValueError(f"not a public id: {public_id!r}")
    return public_id


def _bring(source: Path, target: Path) -> None:
    if target.exists():
        return
    try:
        target.hardlink_to(source)
    except FileExistsError:
        # Somebody published the same draft at the same moment.
        return
    except FileNotFoundError:
        raise
    except OSError:
        # Another disk, or one without hard links.
        _copy(source, target)


def _copy(source: Path, target: Path) -> None:
    partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    with source.open("rb") as reading, partial.open("xb") as writing:
        shutil.copyfileobj(reading, writing)
        writing.flush()
        os.fsync(writing.fileno())
    partial.rename(target)


def _remove(directory: Path) -> bool:
    try:
        shutil.rmtree(directory)
    except FileNotFoundError:
        return False
    sync(directory.parent)
    return True


def _old_ids(directory: Path, before: datetime) -> list[str]:
    names = [path.name for path in _older(directory, before)]
    return [name for name in names if PUBLIC_ID.fullmatch(name)]


def _older(directory: Path, before: datetime) -> Iterator[Path]:
    for path in directory.iterdir():
        with contextlib.suppress(FileNotFoundError):
            if path.lstat().st_mtime < before.timestamp():
                yield path
