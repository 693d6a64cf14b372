"""Public files that come and go, told to whoever keeps copies."""

import logging
from collections.abc import Callable, Iterable
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)


def note_removal(addresses: Iterable[str]) -> None:
    """Before they are taken away, whatever a listener does: a full disk keeps nothing
    public."""
    _tell(_named(*settings.REMOVAL_NOTES), list(addresses))


def note_public(content_id: str) -> None:
    """Files lie in the public tree, and a transaction is about to name them."""
    for listener in _named(*settings.SHELVES):
        listener(content_id)


def tell_removed(addresses: Iterable[str]) -> None:
    """The files are gone by now, whatever a listener does."""
    _tell(_listeners(), list(addresses))


def _tell(listeners: Iterable[Callable[..., None]], addresses: list[str]) -> None:
    for listener in listeners if addresses else ():
        try:
            listener(addresses)
        except Exception:
            log.exception("a removal was not passed on")


def _listeners() -> tuple[Callable[..., None], ...]:
    return _named(*settings.REMOVAL_LISTENERS)


@cache
def _named(*names: str) -> tuple[Callable[..., None], ...]:
    return tuple(import_string(name) for name in names)
