"""What lies in the public tree and is no rendition: put there by hand, by another program
or by a copy that went wrong. Only the operator's check takes it away."""

import shutil
from datetime import datetime
from pathlib import Path

from commonwire.media import store


def old(before: datetime) -> list[str]:
    """Names of what lies among the contents and is none."""
    return sorted(
        path.name
        for path in store.older(store.public_root(), before)
        if path.is_symlink() or not path.is_dir() or not store.ID.fullmatch(path.name)
    )


def remove(name: str) -> None:
    _remove(store.public_root() / Path(name).name)


def remove_inside(content_id: str, name: str) -> None:
    """One that lies among the renditions of a content."""
    _remove(store.public(content_id) / Path(name).name)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
