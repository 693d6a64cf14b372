"""What a table of a federation's members would do."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.calls import queries, tree
from commonwire.calls.models import Organisation


@dataclass(frozen=True)
class Fault:
    line: int
    words: str


@dataclass
class Row:
    """A line. ``body``: the organisation that it is about already, if any; ``is_good``:
    no fault was found in what it says of itself."""

    line: int
    told: dict[str, Any]
    parent: str
    since: date | None
    body: Organisation | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    # It does not stand under its parent yet.
    moves: bool = True
    is_good: bool = True

    @property
    def name(self) -> str:
        return str(self.told["name"])

    @property
    def what(self) -> str:
        """What would happen, in words."""
        if self.body is None:
            return _("is added under %(parent)s") % {"parent": self.parent}
        told = []
        if self.moves:
            told.append(_("is put under %(parent)s") % {"parent": self.parent})
        if self.changes:
            labels = (_label(name) for name in self.changes)
            told.append(_("changes: %(fields)s") % {"fields": ", ".join(labels)})
        return "; ".join(told) or _("stays as it is")

    @property
    def is_idle(self) -> bool:
        return self.body is not None and not self.moves and not self.changes


@dataclass
class Plan:
    root: Organisation
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def new(self) -> int:
        return sum(row.body is None for row in self.rows)

    @property
    def changed(self) -> int:
        return sum(row.body is not None and not row.is_idle for row in self.rows)

    @property
    def idle(self) -> int:
        return sum(row.is_idle for row in self.rows)


def names_under(root: Organisation) -> dict[str, Organisation]:
    """The bodies that stand under it today, and itself, by their names in small."""
    down: dict[int, list[int]] = {}
    for body, parents in queries.parents_on(timezone.localdate()).items():
        for parent in parents:
            down.setdefault(parent, []).append(body)
    found = Organisation.objects.in_bulk([root.pk, *tree.reached(root.pk, down)])
    return {body.name.casefold(): body for body in found.values()}


def _label(name: str) -> str:
    return str(Organisation._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001
