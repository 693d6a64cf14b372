"""What editors do about organisations: acts of power like the others, and written down
like them, with the organisation's number and no word of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.calls.actions import importing, organisations, stewards, verifying
from commonwire.calls.actions.organisations import AlreadyThere, Circle, Told
from commonwire.calls.models import Affiliation, Organisation, Steward
from commonwire.calls.plans import Plan
from commonwire.calls.states import Proof
from commonwire.moderation.actions.deciding import Refused, decide
from commonwire.moderation.models import Decision
from commonwire.moderation.states import Act


@transaction.atomic
def add(*, by: Editor, told: Told) -> Organisation:
    made = organisations.make_organisation(told=told)
    _decide(by, made, "made")
    return made


@transaction.atomic
def changed(*, by: Editor, organisation: Organisation, reason: str = "") -> Decision:
    """In the transaction that changed what it says of itself."""
    return _decide(by, organisation, "changed", reason=reason)


@transaction.atomic
def verify(*, by: Editor, organisation: Organisation, reason: str = "") -> Decision:
    verifying.verify(organisation=organisation, by=Proof.EDITOR)
    facts = {"organisation": organisation.pk}
    return decide(act=Act.VERIFY_ORGANISATION, by=by, reason=reason, facts=facts)


@transaction.atomic
def doubt(*, by: Editor, organisation: Organisation, reason: str = "") -> Decision:
    if not reason.strip():
        words = _("Write why: readers will see it in the public log.")
        raise Refused("reason", words)
    verifying.unverify(organisation=organisation)
    facts = {"organisation": organisation.pk}
    return decide(act=Act.DOUBT_ORGANISATION, by=by, reason=reason, facts=facts)


@transaction.atomic
def place(
    *, by: Editor, organisation: Organisation, parent: Organisation, since: date | None
) -> Decision:
    """Under another one. Raises Refused with what stands against it."""
    try:
        organisations.affiliate(organisation=organisation, parent=parent, since=since)
    except Circle as circle:
        raise Refused("other", circle_in_words(organisation, parent, circle)) from None
    except AlreadyThere:
        words = _("It stands under %(parent)s already.")
        raise Refused("other", words % {"parent": parent.name}) from None
    return _decide(by, organisation, "placed", other=parent.pk)


def circle_in_words(body: Organisation, parent: Organisation, circle: Circle) -> str:
    if body == parent:
        return _("%(body)s cannot stand under itself.") % {"body": body.name}
    words = _(
        "%(body)s cannot stand under %(parent)s, for that stands under it: %(way)s."
    )
    way = " → ".join(each.name for each in circle.way)
    return words % {"body": body.name, "parent": parent.name, "way": way}


@transaction.atomic
def leave(*, by: Editor, place: Affiliation, on: date) -> Decision:
    organisations.end_affiliation(affiliation=place, on=on)
    return _decide(by, place.organisation, "left", other=place.parent_id)


@transaction.atomic
def merge(
    *, by: Editor, organisation: Organisation, into: Organisation, on: date
) -> Decision:
    if into == organisation or into.ended_on:
        raise Refused("other", _("Choose another one, which is there still."))
    try:
        organisations.merge(organisation=organisation, into=into, on=on)
    except Circle as circle:
        way = " → ".join(each.name for each in circle.way)
        words = _("Something would stand under itself then: %(way)s.")
        raise Refused("other", words % {"way": way}) from None
    return _decide(by, organisation, "merged", other=into.pk)


@transaction.atomic
def dissolve(*, by: Editor, organisation: Organisation, on: date) -> Decision:
    organisations.dissolve(organisation=organisation, on=on)
    return _decide(by, organisation, "dissolved")


@transaction.atomic
def import_under(*, by: Editor, root: Organisation, read: Callable[[], Plan]) -> Plan:
    """Raises what `import_members` does; nothing is changed then."""
    plan = importing.import_members(root=root, read=read)
    _decide(by, root, "imported", bodies=plan.new + plan.changed)
    return plan


@transaction.atomic
def invite_steward(*, by: Editor, organisation: Organisation, label: str) -> str:
    """The path of a one-time link."""
    path = stewards.invite_first(by=by, organisation=organisation, label=label)
    _decide(by, organisation, "steward-invited")
    return path


@transaction.atomic
def end_steward(*, by: Editor, steward: Steward) -> Decision:
    stewards.take_back(by=by, steward=steward)
    return _decide(by, steward.organisation, "steward-ended")


def _decide(
    by: Editor, organisation: Organisation, what: str, reason: str = "", **facts: Any
) -> Decision:
    facts |= {"organisation": organisation.pk, "what": what}
    return decide(act=Act.CHANGE_ORGANISATION, by=by, reason=reason, facts=facts)
