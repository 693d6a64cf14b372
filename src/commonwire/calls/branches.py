"""The tree around one organisation, as its page shows it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from commonwire.calls import tree
from commonwire.calls.models import Affiliation, Organisation

# Beyond it only those directly below are named, each with how many stand under it.
MOST_NAMED = 300


@dataclass
class Node:
    """``more``: how many stand below it that are not named here."""

    organisation: Organisation
    since: date | None = None
    below: list["Node"] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True)
class Branches:
    """All places on a day, by number: under whom, and since when."""

    up: Mapping[int, list[int]]
    down: Mapping[int, list[int]]
    since: Mapping[tuple[int, int], date | None]

    @classmethod
    def on(cls, day: date) -> "Branches":
        up: defaultdict[int, list[int]] = defaultdict(list)
        down: defaultdict[int, list[int]] = defaultdict(list)
        since = {}
        rows = Affiliation.objects.on(day).order_by("organisation__name", "pk")
        for body, parent, begun in rows.values_list(
            "organisation_id", "parent_id", "since"
        ):
            up[body].append(parent)
            down[parent].append(body)
            since[body, parent] = begun
        return cls(dict(up), dict(down), since)

    def above(self, organisation: Organisation) -> list[Node]:
        """Whom it belongs to, the nearest first, each once."""
        found = tree.reached(organisation.pk, self.up)
        known = Organisation.objects.in_bulk(found)
        return [
            Node(known[each], self.since.get((organisation.pk, each))) for each in found
        ]

    def below(self, organisation: Organisation) -> list[Node]:
        """Who belongs to it, as a tree; a body with two parents stands under both."""
        found = tree.reached(organisation.pk, self.down)
        if len(found) > MOST_NAMED:
            near = self.down.get(organisation.pk, [])
            known = Organisation.objects.in_bulk(near)
            return [self._counted(known[each], organisation.pk) for each in near]
        known = Organisation.objects.in_bulk(found)
        return self._named(organisation.pk, known)

    def roots(self) -> list[Node]:
        """Every organisation that stands under no other, with those below it."""
        known = Organisation.objects.filter(ended_on=None).order_by("name", "pk")
        return [
            Node(each, more=len(tree.reached(each.pk, self.down)))
            for each in known
            if each.pk not in self.up
        ]

    def _named(self, parent: int, known: Mapping[int, Organisation]) -> list[Node]:
        return [
            Node(known[each], self.since.get((each, parent)), self._named(each, known))
            for each in self.down.get(parent, ())
        ]

    def _counted(self, organisation: Organisation, parent: int) -> Node:
        below = len(tree.reached(organisation.pk, self.down))
        since = self.since.get((organisation.pk, parent))
        return Node(organisation, since, more=below)
