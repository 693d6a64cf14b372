from functools import cache, partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from commonwire.changes import in_flight
from commonwire.changes.models import Change
from commonwire.kit.prepared import PreparedInsert

if TYPE_CHECKING:
    from collections.abc import Callable


_insert_change = PreparedInsert(Change)


def record(*, kind: str, post_id: int | None = None, **facts: Any) -> Change:
    """Write the change in the caller's transaction; tell the listeners after commit."""
    change = Change(kind=kind, post_id=post_id, facts=facts)
    with transaction.atomic(savepoint=False):
        in_flight.begin()
        _insert_change(change)
    for listener in _listeners():
        transaction.on_commit(partial(listener, change), robust=True)
    return change


def readdress(*, post_id: int, path: str) -> None:
    """Say another address wherever changes say a post's: the old one holds words that
    nobody may keep. The only thing that is ever altered in a change."""
    for change in Change.objects.filter(post_id=post_id):
        if "path" in change.facts:
            change.facts["path"] = path
            change.save(update_fields=["facts"])


@cache
def _listeners() -> tuple["Callable[[Change], None]", ...]:
    return tuple(import_string(name) for name in settings.CHANGE_LISTENERS)
