"""The whole public site as a folder that opens from a disk, with its manifest."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

from commonwire.delivery import pages
from commonwire.delivery.printing import on_demand, print_stale
from commonwire.delivery.tree import the_tree
from commonwire.kit.files import write_whole
from commonwire.rescue.failures import Refused
from commonwire.rescue.manifest.building import Builder
from commonwire.rescue.manifest.folders import FOLDER, PACKED
from commonwire.rescue.manifest.heads import Head
from commonwire.rescue.relative import Relative
from commonwire.rescue.telling import Teller

UNFINISHED: Final = ".unfinished"


def export(target: Path) -> Head:
    """Into a new or empty folder, or one that an export made; what is as it was there
    stays."""
    _check(target)
    print_what_is_missing()
    target.mkdir(mode=0o755, parents=True, exist_ok=True)
    (target / UNFINISHED).mkdir(exist_ok=True)
    root = Path(settings.PUBLIC_DIR)
    relative = Relative(settings.SITE_URL, lambda name: (root / name).is_file())
    teller, names = Teller("file"), set[str]()
    for name in _names(root):
        if _lay(root, target, name, relative):
            names.add(name)
            teller.did()
    _clear(target, names)
    shutil.rmtree(target / UNFINISHED)
    teller.close()
    return Builder(target).build()


def print_what_is_missing() -> None:
    """What is stale, and what nobody has asked for yet."""
    while print_stale().changes:
        pass
    teller = Teller("page")
    for path in pages.every():
        if not the_tree().there([path]):
            on_demand(path)
        teller.did()
    teller.close()


def check_store() -> None:
    """Of what is in a bucket, only media lie here."""
    if settings.BUCKET:
        raise Refused(
            "the public tree is in a bucket, which this version does not export; copy "
            "the bucket with any S3 program after `commonwire print --all`"
        )


def _check(target: Path) -> None:
    check_store()
    if not target.exists():
        return
    if not target.is_dir():
        raise Refused(f"{target} is no directory")
    own = (target / FOLDER / "head").is_file() or (target / UNFINISHED).is_dir()
    if any(target.iterdir()) and not own:
        raise Refused(
            f"{target} holds something that is no export; nothing was changed. Name a "
            "new directory"
        )


def _names(root: Path) -> Iterator[str]:
    """Of everything public, but what servers make themselves."""
    for folder, below, files in os.walk(root):
        here = Path(folder).relative_to(root)
        below[:] = sorted(
            name for name in below if name[0] != "." and (here.parts or name != FOLDER)
        )
        for name in files:
            if name[0] != "." and not name.endswith(PACKED):
                yield str(here / name)


def _lay(root: Path, target: Path, name: str, relative: Relative) -> bool:
    """False when it has just been taken away."""
    source, copy = root / name, target / name
    copy.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    try:
        if copy.suffix in {".html", ".css"}:
            body = source.read_bytes()
            change = relative.page if copy.suffix == ".html" else relative.style
            write_whole(copy, change(name, body), via=target / UNFINISHED)
        elif not _is_same(source, copy):
            shutil.copyfile(source, target / UNFINISHED / "file")
            (target / UNFINISHED / "file").replace(copy)
            copy.chmod(0o644)
            shutil.copystat(source, copy)
    except FileNotFoundError:
        return False
    return True


def _is_same(source: Path, copy: Path) -> bool:
    try:
        one, other = source.stat(), copy.stat()
    except FileNotFoundError:
        return False
    return (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)


def _clear(target: Path, names: set[str]) -> None:
    """What an earlier export left and is public no more."""
    for folder, _below, files in os.walk(target, topdown=False):
        here = Path(folder).relative_to(target)
        if here.parts[:1] == (UNFINISHED,):
            continue
        for name in files:
            if str(here / name) not in names:
                Path(folder, name).unlink()
        if here.parts and not any(Path(folder).iterdir()):
            Path(folder).rmdir()
