"""The public files of this site, wherever its tree is, as an export reads them."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from django.conf import settings

from commonwire.delivery.bucket_tree import BucketTree
from commonwire.delivery.tree import the_tree
from commonwire.kit.bucket import Bucket, Listed
from commonwire.rescue.manifest.folders import FOLDER, PACKED

_BILLION = 1_000_000_000


class Public(Protocol):
    def names(self) -> Iterator[str]:
        """Of everything public, but what servers make themselves."""

    def has(self, name: str) -> bool: ...

    def read(self, name: str) -> bytes:
        """FileNotFoundError when it has just been taken away; so for the others."""

    def stamp(self, name: str) -> tuple[int, int]:
        """Size, and when it was last another, in nanoseconds."""

    def copy(self, name: str, target: Path) -> None: ...


class OnDisk:
    def __init__(self, root: Path) -> None:
        self.root = root

    def names(self) -> Iterator[str]:
        for folder, below, files in os.walk(self.root):
            here = Path(folder).relative_to(self.root)
            below[:] = sorted(each for each in below if _is_public(str(here / each)))
            for name in files:
                if _is_public(str(here / name)):
                    yield str(here / name)

    def has(self, name: str) -> bool:
        return (self.root / name).is_file()

    def read(self, name: str) -> bytes:
        return (self.root / name).read_bytes()

    def stamp(self, name: str) -> tuple[int, int]:
        found = (self.root / name).stat()
        return found.st_size, found.st_mtime_ns

    def copy(self, name: str, target: Path) -> None:
        shutil.copyfile(self.root / name, target)


class InBucket:
    """As one list of the bucket told: a few hundred bytes of memory for each file."""

    def __init__(self, bucket: Bucket) -> None:
        self.bucket = bucket
        listed = (each for each in bucket.listed("") if _is_public(each.key))
        self.listed: dict[str, Listed] = {each.key: each for each in listed}

    def names(self) -> Iterator[str]:
        yield from self.listed

    def has(self, name: str) -> bool:
        return name in self.listed

    def read(self, name: str) -> bytes:
        found = self.bucket.read(name)
        if found is None:
            raise FileNotFoundError(name)
        return found[0]

    def stamp(self, name: str) -> tuple[int, int]:
        each = self.listed[name]
        return each.size, int(each.modified.timestamp()) * _BILLION

    def copy(self, name: str, target: Path) -> None:
        """Films are on this machine's disk as well, and fit in no memory."""
        local = Path(settings.PUBLIC_DIR) / name
        if name.startswith("media/") and local.is_file():
            shutil.copyfile(local, target)
        else:
            target.write_bytes(self.read(name))


def the_public() -> Public:
    tree = the_tree()
    if isinstance(tree, BucketTree):
        return InBucket(tree.bucket)
    return OnDisk(Path(settings.PUBLIC_DIR))


def _is_public(name: str) -> bool:
    parts = name.split("/")
    return (
        parts[0] != FOLDER
        and not any(part.startswith(".") for part in parts)
        and not name.endswith(PACKED)
    )
