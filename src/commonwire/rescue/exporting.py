"""The whole public site as a folder that opens from a disk, with its manifest."""

import os
import shutil
from itertools import islice
from pathlib import Path
from typing import Final

from django.conf import settings

from commonwire.delivery import pages
from commonwire.delivery.printing import on_demand, print_stale
from commonwire.delivery.tree import the_tree
from commonwire.kit.files import write_whole
from commonwire.rescue.failures import Refused
from commonwire.rescue.manifest.building import Builder
from commonwire.rescue.manifest.folders import FOLDER
from commonwire.rescue.manifest.heads import Head
from commonwire.rescue.manifest.places import Folders
from commonwire.rescue.public import Public, the_public
from commonwire.rescue.relative import Relative
from commonwire.rescue.telling import Teller

UNFINISHED: Final = ".unfinished"
# A bucket is asked for so many side by side.
TOGETHER: Final = 200


def export(target: Path) -> Head:
    """Into a new or empty folder, or one that an export made; what is as it was there
    stays."""
    _check(target)
    print_what_is_missing()
    target.mkdir(mode=0o755, parents=True, exist_ok=True)
    (target / UNFINISHED).mkdir(exist_ok=True)
    public = the_public()
    relative = Relative(settings.SITE_URL, public.has)
    teller, names = Teller("file"), set[str]()
    for name in public.names():
        if _lay(public, target, name, relative):
            names.add(name)
            teller.did()
    _clear(target, names)
    shutil.rmtree(target / UNFINISHED)
    teller.close()
    return Builder(Folders(target)).build()


def print_what_is_missing() -> None:
    """What is stale, and what nobody has asked for yet."""
    while print_stale().changes:
        pass
    teller, every = Teller("page"), pages.every()
    while some := list(islice(every, TOGETHER)):
        there = set(the_tree().there(some))
        for path in some:
            if path not in there:
                on_demand(path)
            teller.did()
    teller.close()


def _check(target: Path) -> None:
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


def _lay(public: Public, target: Path, name: str, relative: Relative) -> bool:
    """False when it has just been taken away."""
    copy, unfinished = target / name, target / UNFINISHED
    copy.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    try:
        if copy.suffix in {".html", ".css"}:
            change = relative.page if copy.suffix == ".html" else relative.style
            write_whole(copy, change(name, public.read(name)), via=unfinished)
        elif not _is_same(stamp := public.stamp(name), copy):
            public.copy(name, unfinished / "file")
            (unfinished / "file").replace(copy)
            copy.chmod(0o644)
            os.utime(copy, ns=(stamp[1], stamp[1]))
    except FileNotFoundError:
        return False
    return True


def _is_same(stamp: tuple[int, int], copy: Path) -> bool:
    try:
        found = copy.stat()
    except FileNotFoundError:
        return False
    return stamp == (found.st_size, found.st_mtime_ns)


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
