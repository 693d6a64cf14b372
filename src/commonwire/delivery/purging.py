"""What was public and is gone is forgotten by those who keep copies: this machine's
memory, the bucket, and the caches that an operator put in front."""

import json
import logging
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from commonwire import env
from commonwire.delivery import shelf
from commonwire.delivery.tree import the_tree
from commonwire.kit.files import sync, write_whole

log = logging.getLogger(__name__)
BATCH = 500
Hook = Callable[[list[str]], None]


def note(addresses: list[str]) -> None:
    """Files that are about to be removed: a process that ends in between forgets none."""
    if settings.BUCKET or hook(settings.PURGE_HOOK):
        _keep(addresses)


def purge(addresses: list[str]) -> None:
    """``addresses``: paths of files that were removed from the public tree."""
    the_tree().pulse.beat()
    try:
        _pass_on(addresses)
    except Exception:
        log.exception("a purge failed; the worker tries it again")
        _keep(addresses)
    else:
        _kept_as(addresses).unlink(missing_ok=True)


def try_again() -> bool:
    """Pass on what was kept, some hundreds at once; whether there may be more. The first
    that fails again is the last that is tried: the others would fail as well."""
    kept = sorted(_folder().glob("*.json"))
    while kept:
        addresses: list[str] = []
        taken: list[Path] = []
        while kept and len(addresses) < BATCH:
            taken.append(kept.pop(0))
            addresses += json.loads(taken[-1].read_text())
        try:
            _pass_on([urlsplit(each).path for each in addresses])
        except Exception as error:  # noqa: BLE001 - it is the operator's own
            log.error("a purge failed again: %r", error)  # noqa: TRY400 - told before
            break
        for each in taken:
            each.unlink(missing_ok=True)
    return False


def waiting() -> int:
    """How many lists of addresses the hook was not told of yet."""
    return len(list(_folder().glob("*.json")))


def _pass_on(addresses: list[str]) -> None:
    """From the source first: a cache that forgot might read it there again."""
    shelf.remove(addresses)
    tell = hook(settings.PURGE_HOOK)
    if tell is not None:
        tell([settings.SITE_URL + path for path in addresses])


@cache
def hook(name: str) -> Hook | None:
    """The operator's callable; raises WrongSetting for what is none."""
    try:
        found: Hook | None = import_string(name) if name else None
    except (ImportError, TypeError, ValueError) as error:
        raise _wrong(name, f"cannot be imported: {error}") from error
    if found is not None and not callable(found):
        raise _wrong(name, "cannot be called")
    return found


def _wrong(name: str, why: str) -> env.WrongSetting:
    return env.WrongSetting(
        f"{env.PREFIX}PURGE_HOOK is {name!r}, which {why}; write the dotted name of a "
        "function that Python finds here, such as our_cdn.purge, or leave it out"
    )


def _keep(addresses: list[str]) -> None:
    write_whole(_kept_as(addresses), json.dumps(addresses).encode(), via=_folder())
    sync(_kept_as(addresses))
    sync(_folder())


def _kept_as(addresses: list[str]) -> Path:
    return _folder() / f"{sha256(json.dumps(addresses).encode()).hexdigest()}.json"


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "purges"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
