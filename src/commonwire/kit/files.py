import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


def write_whole(path: Path, data: bytes, *, via: Path) -> None:
    """Put ``data`` at ``path`` by rename, so that nobody sees half of it. ``via`` is a
    directory on the same file system for the unfinished file."""
    unfinished = f"{via}/{os.getpid()}-{os.urandom(8).hex()}"
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        try:
            os.fchmod(descriptor, 0o644)  # whatever the umask: web servers read it
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
        finally:
            os.close(descriptor)
        os.replace(unfinished, path)  # noqa: PTH105 - each page waits for this function
    except BaseException:
        # Also when its folder is gone: the words of a withdrawn post would lie here on.
        with contextlib.suppress(OSError):
            os.unlink(unfinished)  # noqa: PTH108
        raise


@contextlib.contextmanager
def whole_file(target: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A file beside ``target``, durable, that takes its place at the end; nothing of it
    is left when that does not come, as on a full disk."""
    partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with partial.open("xb") as writing:
            yield partial, writing
            writing.flush()
            os.fsync(writing.fileno())
        partial.rename(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync(path: Path) -> None:
    """Wait until the disk has a file, or the names in a directory; one that is gone
    needs no disk."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sync_all(directory: Path) -> None:
    """Wait until the disk has a directory and the files in it. Together they cost what
    one costs: each wait in between would make the disk write what there is so far."""
    for path in directory.iterdir():
        sync(path)
    sync(directory)
