"""A federation's members come in from a table, all of them or none."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from commonwire.calls import queries
from commonwire.calls.actions.organisations import settle_proof, touch
from commonwire.calls.models import Affiliation, Organisation
from commonwire.calls.plans import Plan, Row, names_under
from commonwire.calls.slugs import free_slug


class Faulty(ValueError):
    """The table has bad lines; nothing was imported."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(f"{len(plan.faults)} bad lines")
        self.plan = plan


@transaction.atomic
def import_members(*, root: Organisation, read: Callable[[], Plan]) -> Plan:
    """What was done. The table is read here, for the tree may have changed since it was
    shown. Raises Faulty, or what ``read`` does, and then nothing was changed."""
    queries.hold_tree()
    plan = read()
    if plan.faults:
        raise Faulty(plan)
    bodies = {root.name.casefold(): root}
    for body in Organisation.objects.filter(pk__in=_named(plan)):
        bodies[body.name.casefold()] = body
    for row in plan.rows:
        bodies[row.name.casefold()] = _save(row)
    Affiliation.objects.bulk_create(
        Affiliation(
            organisation=bodies[row.name.casefold()],
            parent=bodies[row.parent.casefold()],
            since=row.since,
        )
        for row in plan.rows
        if row.moves
    )
    # Its page and all around it; one change, however many bodies came.
    touch(root)
    return plan


def _named(plan: Plan) -> list[int]:
    """Parents that stand in the federation and not in the table."""
    here = {row.name.casefold() for row in plan.rows}
    wanted = {row.parent for row in plan.rows if row.parent.casefold() not in here}
    known = names_under(plan.root)
    return [known[name.casefold()].pk for name in wanted if name.casefold() in known]


def _save(row: Row) -> Organisation:
    if row.body is None:
        return Organisation.objects.create(slug=free_slug(row.name), **row.told)
    if row.changes:
        for name, value in row.changes.items():
            setattr(row.body, name, value)
        settle_proof(row.body)
        row.body.version += 1
        row.body.changed_at = timezone.now()
        row.body.save()
    return row.body
