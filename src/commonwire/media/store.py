"""Where the files of attachments lie, and how they get from one place to the other.

* ``arriving/``: uploads that come in pieces, until they are whole.
* ``quarantine/``: uploads as they came, deleted as soon as they are made or refused.
* ``unpublished/<public_id>/``: what only an author may see: ``<content_id>/`` with the
  renditions, and the ``master`` that they are made from again while covers change.
* ``<PUBLIC_DIR>/media/<content_id>/``: what any web server hands out. The name is a hash
  of what lies in it: two attachments with the same renditions share one directory.

Files are put into the public tree *before* the database commits and taken from it
*after*: a crash between leaves files without a row, which the sweep deletes, and never
a row without its files.
"""

import contextlib
import fcntl
import functools
import hashlib
import json
import os
import re
import secrets
import shutil
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings

from commonwire.kit.files import sync_directory, whole_file
from commonwire.kit.pulse import Pulse
from commonwire.media import contents
from commonwire.media.exchange import ANIMATION, MASTER_NAME, RENDITION_NAME
from commonwire.media.removals import note_public
from commonwire.media.states import QUICK, Kind

# Of attachments and of contents.
ID: Final = re.compile(r"[A-Za-z0-9_-]{16,32}")
CAPTIONS: Final = "captions.vtt"
_LOCKS: Final = 64
TRACES: Final = "removed.json"


def quarantine() -> Path:
    return _private("quarantine")


def unpublished(public_id: str) -> Path:
    return _private("unpublished") / _checked(public_id)


def made(public_id: str, content_id: str) -> Path:
    """An attachment's renditions, before they are published."""
    return unpublished(public_id) / _checked(content_id)


def pulse() -> Pulse:
    """Beats when a file begins to wait for its renditions."""
    return _pulse(_private("locks") / "files")


def public(content_id: str) -> Path:
    return public_root() / _checked(content_id)


def public_root() -> Path:
    root = Path(settings.PUBLIC_DIR) / "media"
    _make_public(root)
    return root


def new_upload() -> tuple[Path, BinaryIO]:
    """A file in quarantine for one upload, readable by this user only."""
    path = quarantine() / secrets.token_hex(16)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    return path, os.fdopen(os.open(path, flags, 0o600), "wb", buffering=0)


def to_quarantine(source: Path) -> Path:
    """A file as an upload; where it came from it stays."""
    path = quarantine() / secrets.token_hex(16)
    bring(source, path)
    os.utime(path)
    return path


def upload(name: str) -> Path:
    return quarantine() / _checked(name)


def size_of_upload(name: str) -> int:
    """0 when it is gone."""
    try:
        return upload(name).stat().st_size
    except FileNotFoundError:
        return 0


def arriving(name: str) -> Path:
    return _private("arriving") / _checked(name)


def seats(kind: str, *, heavy: bool) -> list[Path]:
    """Lock files, one for each file of a sort that may be made at the same time: as many
    for pictures as there are cores, and half of that for the rest, apart; documents have
    half of the pictures'. What is heavy has places of its own."""
    cores = os.cpu_count() or 1
    lanes = ("quick", "heavy") if kind in QUICK else ("long", "longest")
    name = lanes[heavy]
    many = cores if kind == Kind.PICTURE and not heavy else max(1, cores // 2)
    return [_private("locks") / f"{name}-{number}" for number in range(many)]


def make_room(public_id: str) -> Path:
    """An empty private directory for a new attachment."""
    directory = unpublished(public_id)
    directory.mkdir(mode=0o700)
    sync_directory(directory.parent)
    return directory


def bench(public_id: str) -> Path:
    """An empty directory to make renditions in; what a crash left of another is gone."""
    clear_benches(public_id)
    directory = unpublished(public_id) / f".making-{secrets.token_hex(4)}"
    directory.mkdir(mode=0o700)
    return directory


def clear_benches(public_id: str) -> None:
    for left in unpublished(public_id).glob(".making-*"):
        shutil.rmtree(left, ignore_errors=True)


def settle_in(public_id: str, making: Path, digests: dict[str, str]) -> str:
    """Give renditions their place, named by what they are; returns the content id."""
    content_id = contents.id_of(digests)
    target = made(public_id, content_id)
    if target.exists():
        shutil.rmtree(making)
    else:
        making.rename(target)
        sync_directory(target.parent)
    return content_id


def master(public_id: str) -> Path | None:
    """The cleaned file, without covers, that renditions are made from again."""
    room = unpublished(public_id)
    found = [path for path in _entries(room) if MASTER_NAME.fullmatch(path.name)]
    return found[0] if found else None


def keep_traces(public_id: str, traces: list[dict[str, str]]) -> None:
    """What a file said beside what it shows, for its author's eyes: in a file of the
    draft's and not in the database, whose log and copies remember."""
    with whole_file(unpublished(public_id) / TRACES) as (_path, file):
        file.write(json.dumps(traces).encode())


def traces(public_id: str) -> list[dict[str, str]]:
    try:
        told = json.loads((unpublished(public_id) / TRACES).read_bytes())
    except (FileNotFoundError, ValueError):  # cut off by a version that wrote in place
        return []
    return list(told)


def forget_traces(public_id: str) -> None:
    (unpublished(public_id) / TRACES).unlink(missing_ok=True)


def keep_master(public_id: str, source: Path) -> Path:
    ending = f".{ANIMATION}" if source.name == ANIMATION else source.suffix
    path = unpublished(public_id) / f"master{ending}"
    bring(source, path)
    return path


@contextlib.contextmanager
def claim(public_id: str) -> Iterator[bool]:
    """Whether this process is the one that works on an attachment: the kernel lets go
    when the process ends, however it ends."""
    try:
        descriptor = os.open(unpublished(public_id), os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        yield False
        return
    try:
        yield _locked(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def guard(content_id: str) -> Iterator[None]:
    """While somebody decides whether public files stay, nobody else does."""
    number = zlib.crc32(content_id.encode()) % _LOCKS
    path = _private("locks") / f"media-{number}"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def publish(
    public_id: str, content_id: str, names: Iterable[str], *, day: datetime
) -> None:
    """Put every file into the public tree, durably; again is the same.

    The files' own times are set to the midnight before, so that the web server's
    Last-Modified does not say when somebody was at the form.
    """
    source, target = made(public_id, content_id), public(content_id)
    _make_public(target)
    midnight = _midnight(day)
    for name in names:
        if not (target / name).exists():
            bring(source / name, target / name)
            (target / name).chmod(0o644)
            os.utime(target / name, (midnight, midnight))
    # Young again, so that a sweep does not take it before the row is committed.
    os.utime(target)
    sync_directory(target)
    sync_directory(target.parent)
    note_public(content_id)


def captions_id_of(captions: str) -> str:
    """The content id of the directory that captions are published in."""
    return contents.id_of({CAPTIONS: hashlib.sha256(captions.encode()).hexdigest()})


def publish_captions(captions: str, *, day: datetime) -> str:
    """Lay captions into the public tree, durably; returns their content id."""
    content_id = captions_id_of(captions)
    target = public(content_id)
    _make_public(target)
    file = target / CAPTIONS
    if not file.exists():
        with whole_file(file) as (partial, writing):
            writing.write(captions.encode())
            writing.flush()
            partial.chmod(0o644)
            os.utime(partial, (_midnight(day),) * 2)
    os.utime(target)
    sync_directory(target)
    sync_directory(target.parent)
    note_public(content_id)
    return content_id


def remove_captions(content_id: str) -> None:
    """Make way for the same captions, whole."""
    (public(content_id) / CAPTIONS).unlink(missing_ok=True)


def keep_a_while(public_id: str, content_id: str) -> None:
    """Public files that no row names any more are young again for the sweep. Whose they
    were is noted: when those are covered or withdrawn, these must not outlast them."""
    os.utime(public(content_id))
    (_private("former") / f"{_checked(public_id)}.{_checked(content_id)}").touch()


def former(public_id: str) -> list[str]:
    """The content ids of its earlier files, which may still be public."""
    notes = _private("former").glob(f"{_checked(public_id)}.*")
    return [note.suffix[1:] for note in notes]


def forget_former() -> None:
    """Notes of files that are gone."""
    for note in _entries(_private("former")):
        if not public(note.suffix[1:]).exists():
            note.unlink(missing_ok=True)


def public_names(content_id: str) -> list[str]:
    """The files that are public under a content id."""
    return sorted(path.name for path in _entries(public(content_id)))


def bring(source: Path, target: Path) -> None:
    """The same file at another place, by name only where the disk can."""
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
        with source.open("rb") as reading, whole_file(target) as (_path, writing):
            shutil.copyfileobj(reading, writing)


def remove_unpublished(public_id: str) -> bool:
    return _remove(unpublished(public_id))


def remove_public(content_id: str) -> bool:
    return bool(content_id) and _remove(public(content_id))


def remove_other_contents(public_id: str, content_id: str) -> None:
    """Renditions that an author's later choice has replaced."""
    for path in _entries(unpublished(public_id)):
        if ID.fullmatch(path.name) and path.name != content_id:
            shutil.rmtree(path, ignore_errors=True)


def open_preview(public_id: str, content_id: str, name: str) -> BinaryIO:
    """A rendition for its author, published or not; FileNotFoundError for all else."""
    if not RENDITION_NAME.fullmatch(name) or not ID.fullmatch(content_id):
        raise FileNotFoundError(name)
    try:
        return (made(public_id, content_id) / name).open("rb")
    except FileNotFoundError:
        return (public(content_id) / name).open("rb")


def old_uploads(before: datetime) -> Iterator[Path]:
    return older(quarantine(), before)


def old_arriving(before: datetime) -> list[str]:
    return _old_ids(_private("arriving"), before)


def old_unpublished(before: datetime) -> list[str]:
    return _old_ids(_private("unpublished"), before)


def old_public(before: datetime) -> list[str]:
    return _old_ids(public_root(), before)


def older(directory: Path, before: datetime) -> Iterator[Path]:
    for path in directory.iterdir():
        with contextlib.suppress(FileNotFoundError):
            if path.lstat().st_mtime < before.timestamp():
                yield path


def _midnight(day: datetime) -> float:
    return datetime.combine(day.astimezone(UTC), time(), UTC).timestamp()


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _entries(directory: Path) -> list[Path]:
    try:
        return list(directory.iterdir())
    except FileNotFoundError:
        return []


@functools.cache
def _pulse(file: Path) -> Pulse:
    return Pulse(file)


def _private(name: str) -> Path:
    directory = Path(settings.DATA_DIR) / name
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    return directory


def _make_public(directory: Path) -> None:
    if not directory.is_dir():
        directory.mkdir(parents=True, exist_ok=True)
        directory.chmod(0o755)


def _checked(name: str) -> str:
    """A name that stays inside its directory, whoever it came from."""
    if not ID.fullmatch(name):
        raise ValueError(f"not an id: {name!r}")
    return name


def _remove(directory: Path) -> bool:
    try:
        shutil.rmtree(directory)
    except FileNotFoundError:
        return False
    sync_directory(directory.parent)
    return True


def _old_ids(directory: Path, before: datetime) -> list[str]:
    names = [path.name for path in older(directory, before)]
    return [name for name in names if ID.fullmatch(name)]
