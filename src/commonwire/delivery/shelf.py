"""Files that are public beside pages, in the bucket: media and the program's own files.

They lie on this machine's disk first, which is what they are made from again; the worker
puts them into the bucket, and until then the server in front asks us for them. What is to
be put is noted before the rows that name it are committed, so that no crash forgets it;
and put afterwards, so that nothing is public that no row wants.
"""

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from django.conf import settings

from commonwire.delivery.bucket_tree import BucketTree, said_in
from commonwire.delivery.tree import the_tree
from commonwire.kit.bucket import Bucket
from commonwire.kit.files import sync_directory
from commonwire.media import store
from commonwire.media.actions import is_wanted

_TAKEN: Final = ".taken"
# A transaction that would have named it was rolled back.
_FORGOTTEN_AFTER: Final = 3600


def note(content_id: str) -> None:
    """A folder of public files, which a transaction is about to name."""
    if settings.BUCKET is None:
        return
    (_folder() / content_id).touch()
    sync_directory(_folder())


def note_all() -> None:
    """Everything there is: the bucket may be another one than before."""
    if settings.BUCKET is None:
        return
    for folder in store.public_root().iterdir():
        if store.ID.fullmatch(folder.name):
            (_folder() / folder.name).touch()
    sync_directory(_folder())


def put_noted() -> bool:
    """Put what was noted; whether there was anything."""
    noted = sorted({path.name.removesuffix(_TAKEN) for path in _folder().iterdir()})
    put = [_put(content_id) for content_id in noted]
    return any(put)


def _put(content_id: str) -> bool:
    told = _folder() / content_id
    taken = _folder() / f"{content_id}{_TAKEN}"
    with store.guard(content_id):
        wanted = is_wanted(content_id)
        if wanted:
            if told.exists():
                told.rename(taken)  # what is noted from now on is put again
            folder = store.public(content_id)
            _put_files(f"/media/{content_id}/{name}" for name in _names(folder))
        elif told.exists() and time.time() - told.stat().st_mtime < _FORGOTTEN_AFTER:
            return False
        else:
            told.unlink(missing_ok=True)
        taken.unlink(missing_ok=True)
    return wanted


def put_assets(root: Path) -> None:
    """The program's own files, whose names are made of what is in them."""
    files = (path for path in root.rglob("*") if path.is_file())
    _put_files(
        f"/assets/{path.relative_to(root)}"
        for path in files
        if path.suffix not in {".gz", ".br"}
    )


def _put_files(addresses: Iterable[str]) -> None:
    bucket = the_bucket()
    if bucket is None:
        return

    def put(address: str) -> None:
        with (Path(settings.PUBLIC_DIR) / address[1:]).open("rb") as file:
            bucket.put(address[1:], file, said_in(address))

    bucket.each(put, addresses)


def remove(addresses: Iterable[str]) -> None:
    """Those of the files that are gone from the disk, too."""
    bucket = the_bucket()
    if bucket is not None:
        root = Path(settings.PUBLIC_DIR)
        gone = (each[1:] for each in addresses if not (root / each[1:]).exists())
        bucket.delete(gone)


def the_bucket() -> Bucket | None:
    tree = the_tree()
    return tree.bucket if isinstance(tree, BucketTree) else None


def _names(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    return [path.name for path in folder.iterdir() if path.name[0] != "."]


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "unshelved"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
