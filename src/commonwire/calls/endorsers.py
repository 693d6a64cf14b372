"""Who endorses a call: a tree under the bodies they belong to, a plain count, and their
members counted once. A fixed number of queries, however many they are."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from commonwire.calls import queries
from commonwire.calls.members import Count, count
from commonwire.calls.models import Call, Endorsement, Organisation
from commonwire.calls.states import EndorsementState, How, OrganisationKind

_COLUMNS = (
    *("organisation_id", "state", "version", "office", "how", "decided_on", "note"),
    *("way", "confirmed_at", "confirmed_by", "ended_at"),
    *("organisation__name", "organisation__slug", "organisation__kind"),
    *("organisation__area", "organisation__verified_by", "organisation__members"),
)


@dataclass(frozen=True)
class Endorser:
    """``version_of``: the day of the version that it was given for, when there is a
    newer one. ``withdrawn``: the day on which it was."""

    pk: int
    name: str
    path: str
    kind: str
    area: str
    verified: bool
    members: int | None
    day: date
    office: str
    how: str
    note: str
    version: int
    version_of: date | None = None
    withdrawn: date | None = None

    @property
    def authority(self) -> str:
        """“by a vote of the members, president”, as far as it was said."""
        how = str(How(self.how).label) if self.how and self.how != How.OTHER else ""
        return ", ".join(filter(None, (how, self.office)))

    @property
    def kind_words(self) -> str:
        return str(OrganisationKind(self.kind).label)

    @property
    def area_slug(self) -> str:
        return slugify(self.area, allow_unicode=True)


@dataclass
class Node:
    """A body in the tree; ``endorser`` is None for one that only stands above some."""

    pk: int
    name: str
    path: str
    endorser: Endorser | None = None
    below: list["Node"] = field(default_factory=list)
    # Further bodies that it stands under: it is shown once.
    also_under: tuple[str, ...] = ()


NOBODY = Count(0)


@dataclass(frozen=True)
class Endorsers:
    standing: tuple[Endorser, ...] = ()
    withdrawn: tuple[Endorser, ...] = ()
    roots: tuple[Node, ...] = ()
    members: Count = NOBODY

    @property
    def count(self) -> int:
        return len(self.standing)

    @property
    def for_older(self) -> int:
        """How many were given for the call as it was before."""
        return sum(1 for each in self.standing if each.version_of)


def endorsers_of(call: Call) -> Endorsers:
    shown = (EndorsementState.CONFIRMED, EndorsementState.WITHDRAWN)
    rows = call.endorsements.filter(state__in=shown).order_by(
        "organisation__name", "pk"
    )
    found = list(rows.values(*_COLUMNS))
    if not found:
        return Endorsers()
    days = _days_of_versions(call)
    told = [_endorser(row, days, call) for row in found]
    standing = tuple(each for each in told if not each.withdrawn)
    parents = queries.parents_on(call.when.today())
    return Endorsers(
        standing=standing,
        withdrawn=tuple(each for each in told if each.withdrawn),
        roots=tuple(_tree(standing, parents)),
        members=count(
            [each.pk for each in standing], parents, queries.stated_members()
        ),
    )


def _days_of_versions(call: Call) -> dict[int, date]:
    zone = call.when.tzinfo
    rows = call.versions.values_list("number", "made_at")
    return {number: timezone.localdate(at, zone) for number, at in rows}


def _endorser(row: dict[str, Any], days: dict[int, date], call: Call) -> Endorser:
    """Days are the call's own, by the clocks of its zone."""
    zone, newest = call.when.tzinfo, call.version
    withdrawn = row["state"] == EndorsementState.WITHDRAWN
    older = row["version"] < newest
    return Endorser(
        pk=row["organisation_id"],
        name=row["organisation__name"],
        path=f"/organisations/{row['organisation__slug']}/",
        kind=row["organisation__kind"],
        area=row["organisation__area"],
        verified=bool(row["organisation__verified_by"]),
        members=row["organisation__members"],
        day=row["decided_on"] or timezone.localdate(row["confirmed_at"], zone),
        office=row["office"],
        how=row["how"],
        note=row["note"],
        version=row["version"],
        version_of=days.get(row["version"]) if older else None,
        withdrawn=timezone.localdate(row["ended_at"], zone) if withdrawn else None,
    )


def _tree(standing: Iterable[Endorser], parents: dict[int, list[int]]) -> list[Node]:
    """Each under the first of its bodies, up to those that stand under nobody."""
    nodes = {each.pk: Node(each.pk, each.name, each.path, each) for each in standing}
    above = _above(nodes, parents)
    rows = Organisation.objects.filter(pk__in=above).values_list("pk", "name", "slug")
    for pk, name, slug in rows:
        nodes[pk] = Node(pk, name, f"/organisations/{slug}/")
    roots: list[Node] = []
    for node in nodes.values():
        its = [pk for pk in parents.get(node.pk, ()) if pk in nodes]
        node.also_under = tuple(nodes[pk].name for pk in its[1:])
        (nodes[its[0]].below if its else roots).append(node)
    for node in nodes.values():
        node.below.sort(key=_by_name)
    return sorted(roots, key=_by_name)


def _by_name(node: Node) -> str:
    return node.name.casefold()


def _above(nodes: dict[int, Node], parents: dict[int, list[int]]) -> set[int]:
    """Bodies above the endorsers that do not endorse it themselves."""
    found: set[int] = set()
    near = set(nodes)
    while near:
        near = (
            {pk for each in near for pk in parents.get(each, ())} - found - set(nodes)
        )
        found |= near
    return found


def waiting_of(call: Call) -> list[Endorsement]:
    """What the issuer or an editor is asked about, the oldest first."""
    rows = who_decides(call.endorsements.select_related("organisation"))
    rows = rows.order_by("made_at", "pk")
    asked = (
        EndorsementState.WAITING,
        EndorsementState.UNCONFIRMED,
        EndorsementState.INVITED,
    )
    return list(rows.filter(state__in=asked))


def who_decides(rows: QuerySet[Endorsement]) -> QuerySet[Endorsement]:
    """With ``its_own``: the organisation speaks for itself, the issuer's word is not
    enough."""
    own = queries.speaking_for_themselves().filter(pk=OuterRef("organisation"))
    return rows.annotate(its_own=Exists(own))
