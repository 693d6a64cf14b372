"""How much may come in: of one file, for one post, on the whole site, and before the
disk is so full that the site itself would stop."""

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from commonwire.media.messages import (
    MAX_BYTES,
    MAX_CLIP_BYTES,
    MAX_DOCUMENT_BYTES,
)
from commonwire.media.models import Attachment
from commonwire.media.states import Kind
from commonwire.media.workshop import refusal

GIGABYTE: Final = 1024**3
# Of one file; which kind it is, is known when it is looked at.
LARGEST: Final[dict[str, int]] = {
    Kind.PICTURE: MAX_BYTES,
    Kind.VIDEO: MAX_CLIP_BYTES,
    Kind.SOUND: MAX_CLIP_BYTES,
    Kind.DOCUMENT: MAX_DOCUMENT_BYTES,
}
# Of all that one draft takes in, removed and refused files included; of a post by the
# API, what its files weigh when it is published.
PER_POST: Final = 2 * GIGABYTE
# What uploads leave of the disk, for texts, printed pages and the database.
LEAST_FREE: Final = GIGABYTE
LEAST_FREE_PART: Final = 0.05
# Below it the database can be read, and hardly written.
LEAST_FOR_TEXTS: Final = 16 * 1024**2
# How old the sum of a site's files may be: adding them up takes seconds on a large site.
SUM_SECONDS: Final = 600


@dataclass(frozen=True)
class _Sum:
    """``last``: the newest attachment that is in it."""

    at: float
    found: int
    last: int


_sums: dict[Path, _Sum] = {}


def largest() -> int:
    """What a file of unknown kind may have."""
    return max(LARGEST.values())


def check_file(size: int) -> None:
    if size > largest():
        raise refusal("too_big_at_all")


def check_post(wanted: int, *, taken: int) -> None:
    """Raises Refused when a draft that took in so much may not have so much more."""
    if taken + wanted > PER_POST:
        raise refusal("post_full")


def check_site(wanted: int, *, gigabytes: int | None) -> None:
    """Raises Refused when the files of all posts would be more than editors allow."""
    if gigabytes is not None and used_bytes() + wanted > gigabytes * GIGABYTE:
        raise refusal("site_full")


def check_disk(wanted: int = 0) -> None:
    if not fits_on_disk(wanted):
        raise refusal("disk_full")


def fits_on_disk(wanted: int = 0) -> bool:
    disk = shutil.disk_usage(settings.DATA_DIR)
    return disk.free - wanted >= max(LEAST_FREE, disk.total * LEAST_FREE_PART)


def texts_fit_on_disk() -> bool:
    return shutil.disk_usage(settings.DATA_DIR).free >= LEAST_FOR_TEXTS


def used_bytes() -> int:
    """Of all files that came with posts, public or not yet, or are on their way.

    What lay there is added up now and then; what came since is known from the rows,
    whichever process took it in.
    """
    data, public = Path(settings.DATA_DIR), Path(settings.PUBLIC_DIR) / "media"
    sum_ = _sums.get(public)
    if sum_ is None or time.monotonic() - sum_.at > SUM_SECONDS:
        last = Attachment.objects.order_by("pk").values_list("pk", flat=True).last()
        roots = (public, data / "unpublished", data / "quarantine")
        found = sum(size for root in roots for size in _sizes(root))
        sum_ = _sums[public] = _Sum(time.monotonic(), found, last or 0)
    since = Attachment.objects.filter(pk__gt=sum_.last)
    coming = sum(_sizes(data / "arriving"))
    return sum_.found + sum(row.weight for row in since) + coming


def _sizes(root: Path) -> Iterator[int]:
    for folder, _folders, names in os.walk(root):
        for name in names:
            try:
                yield (Path(folder) / name).stat().st_size
            except FileNotFoundError:
                continue
