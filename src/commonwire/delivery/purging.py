"""What was public and is gone is forgotten by those who keep copies: this machine's
memory, and the caches that an operator put in front."""

import json
import logging
import secrets
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from commonwire import env
from commonwire.delivery.tree import the_tree
from commonwire.kit.files import write_whole

log = logging.getLogger(__name__)
Hook = Callable[[list[str]], None]


def purge(addresses: list[str]) -> None:
    """``addresses``: paths of files that were removed from the public tree."""
    the_tree().pulse.beat()
    tell = hook(settings.PURGE_HOOK)
    if tell is None:
        return
    told = [settings.SITE_URL + path for path in addresses]
    try:
        tell(told)
    except Exception:
        log.exception("a purge failed; the worker tries it again")
        _keep(told)


def try_again() -> bool:
    """Pass on what was kept; whether there may be more. The first that fails again is
    the last that is tried: the others would fail as well."""
    tell = hook(settings.PURGE_HOOK)
    if tell is None:
        return False
    for kept in sorted(_folder().glob("*.json")):
        try:
            tell(json.loads(kept.read_text()))
        except Exception as error:  # noqa: BLE001 - it is the operator's own
            log.error("a purge failed again: %r", error)  # noqa: TRY400 - told before
            break
        kept.unlink()
    return False


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


def _keep(told: list[str]) -> None:
    folder = _folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / f"{secrets.token_hex(8)}.json"
    write_whole(file, json.dumps(told).encode(), via=folder)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "purges"
