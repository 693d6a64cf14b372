"""Public files that were taken away, told to whoever may have kept copies."""

import logging
from collections.abc import Callable, Iterable
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)


def tell_removed(addresses: Iterable[str]) -> None:
    """The files are gone by now, whatever a listener does."""
    removed = list(addresses)
    for listener in _listeners() if removed else ():
        try:
            listener(removed)
        except Exception:
            log.exception("a removal was not passed on")


@cache
def _listeners() -> tuple[Callable[[list[str]], None], ...]:
    return tuple(import_string(name) for name in settings.REMOVAL_LISTENERS)
