from functools import cache, partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from commonwire.changes.models import Change

if TYPE_CHECKING:
    from collections.abc import Callable


def record(*, kind: str, post_id: int | None = None, **facts: Any) -> Change:
    """Write the change in the caller's transaction; tell the listeners after commit."""
    change = Change.objects.create(kind=kind, post_id=post_id, facts=facts)
    for listener in _listeners():
        transaction.on_commit(partial(listener, change), robust=True)
    return change


@cache
def _listeners() -> tuple["Callable[[Change], None]", ...]:
    return tuple(import_string(name) for name in settings.CHANGE_LISTENERS)
