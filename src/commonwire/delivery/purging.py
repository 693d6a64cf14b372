"""What was public and is gone is forgotten by those who keep copies: this machine's
memory, and the caches that an operator put in front."""

from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from commonwire.delivery.tree import the_tree

if TYPE_CHECKING:
    from collections.abc import Callable


def purge(addresses: list[str]) -> None:
    """``addresses``: paths of files that were removed from the public tree."""
    the_tree().pulse.beat()
    hook = _hook(settings.PURGE_HOOK)
    if hook is not None:
        hook([settings.SITE_URL + path for path in addresses])


@cache
def _hook(name: str) -> "Callable[[list[str]], None] | None":
    return import_string(name) if name else None
