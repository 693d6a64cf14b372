from collections.abc import Iterable

from django.db.models import Max

from commonwire.changes.models import Change, Cursor
from commonwire.kit.prepared import Prepared

_LATEST = Prepared(lambda: Change.objects.order_by("-pk").values_list("pk")[:1])


def latest() -> int:
    """The newest change's number; 0 when there is none."""
    found = _LATEST()
    return int(found[0][0]) if found else 0


def position(name: str) -> int:
    return Cursor.objects.get_or_create(name=name)[0].position


def read_after(position: int, *, limit: int = 1000) -> list[Change]:
    return list(Change.objects.filter(pk__gt=position).order_by("pk")[:limit])


def newest_of_each_post(*, after: int, kinds: Iterable[str]) -> list[Change]:
    """For whom it is enough to know that something changed, not how often."""
    found = Change.objects.filter(pk__gt=after, kind__in=kinds)
    newest = found.values("post_id").annotate(newest=Max("pk")).values("newest")
    return list(Change.objects.filter(pk__in=newest).order_by("pk"))


def advance(name: str, *, to: int) -> None:
    Cursor.objects.filter(name=name).update(position=to)


def prune(*, keep: int = 10_000) -> int:
    """Delete changes that every cursor has passed, but for the newest ``keep``."""
    passed = Cursor.objects.order_by("position").values_list("position", flat=True)
    oldest = min(passed.first() or 0, latest() - keep)
    return Change.objects.filter(pk__lte=oldest).delete()[0]
