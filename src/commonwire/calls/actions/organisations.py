"""Making organisations, changing what they say of themselves, and their end."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from commonwire.calls import queries, tree
from commonwire.calls.models import Affiliation, Organisation
from commonwire.calls.slugs import free_slug
from commonwire.calls.states import Ending, OrganisationKind
from commonwire.changes.record import record
from commonwire.media import actions as media
from commonwire.media.models import Attachment


class Overtaken(ValueError):
    """Somebody else changed it since the form was opened; nothing was changed."""


class Circle(ValueError):
    """It would stand under itself: by ``way``, from the parent up to it."""

    def __init__(self, way: list[Organisation]) -> None:
        super().__init__(" → ".join(each.name for each in way))
        self.way = way


class AlreadyThere(ValueError):
    """It stands under that organisation already."""


@dataclass(frozen=True)
class Told:
    """What an organisation says of itself, as a form or an import has it."""

    name: str
    kind: str = OrganisationKind.OTHER
    area: str = ""
    website: str = ""
    members: int | None = None
    members_on: date | None = None
    boilerplate: str = ""


@transaction.atomic
def make_organisation(*, told: Told) -> Organisation:
    made = Organisation.objects.create(slug=free_slug(told.name), **asdict(told))
    touch(made)
    return made


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, seen: int, **fields: Any
) -> Organisation:
    """``seen``: the version that whoever changes it had before them. Raises Overtaken
    when there is a newer one."""
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if held.version != seen:
        raise Overtaken
    if "logo" in fields:
        _change_logo(held, fields.pop("logo"))
    for name, value in fields.items():
        setattr(held, name, value)
    settle_proof(held)
    held.version += 1
    held.changed_at = timezone.now()
    held.save()
    touch(held)
    return held


def _change_logo(organisation: Organisation, logo: Attachment | None) -> None:
    old = organisation.logo
    organisation.logo = logo
    if logo:
        media.publish(attachments=[logo])
    if old and old != logo:
        media.discard(attachments=[old])


def settle_proof(organisation: Organisation) -> None:
    """Another website has to be proved anew: it was the old one that said who they
    are."""
    proved = organisation.verified_domain
    if proved and proved != domain_of(organisation.website):
        organisation.verified_by, organisation.verified_at = "", None
        organisation.verified_domain = ""


def domain_of(website: str) -> str:
    return (urlsplit(website).hostname or "").removesuffix(".")


@transaction.atomic
def affiliate(
    *, organisation: Organisation, parent: Organisation, since: date | None = None
) -> Affiliation:
    """Put it under another one. Raises Circle or AlreadyThere."""
    queries.hold_tree()
    if organisation.affiliations.filter(parent=parent, until=None).exists():
        raise AlreadyThere
    new = tree.Link(organisation.pk, parent.pk, since)
    way = tree.circle(tree.upward(queries.links()), new)
    if way:
        raise Circle(queries.in_order(way))
    made: Affiliation = Affiliation.objects.create(
        organisation=organisation, parent=parent, since=since
    )
    touch(organisation)
    return made


@transaction.atomic
def end_affiliation(
    *, affiliation: Affiliation, on: date, ending: Ending = Ending.LEFT
) -> None:
    """It left, on this day; that it was there stays on both pages."""
    affiliation.until = max(on, affiliation.since or on)
    affiliation.ending = ending
    affiliation.save(update_fields=["until", "ending"])
    touch(affiliation.organisation)
    touch(affiliation.parent)


@transaction.atomic
def merge(*, organisation: Organisation, into: Organisation, on: date) -> None:
    """It went into another one, and what stood under it stands under that from then
    on. Raises Circle, and then nothing is changed."""
    queries.hold_tree()
    below = list(organisation.branches.filter(until=None))
    _end(organisation, on, Ending.MERGED)
    organisation.merged_into = into
    organisation.save(update_fields=["merged_into"])
    for branch in below:
        child = branch.organisation
        if (
            child != into
            and not child.affiliations.filter(parent=into, until=None).exists()
        ):
            affiliate(organisation=child, parent=into, since=on)
    touch(into)


@transaction.atomic
def dissolve(*, organisation: Organisation, on: date) -> None:
    queries.hold_tree()
    _end(organisation, on, Ending.DISSOLVED)


def _end(organisation: Organisation, on: date, ending: Ending) -> None:
    for side in (organisation.affiliations, organisation.branches):
        for affiliation in side.filter(until=None):
            end_affiliation(affiliation=affiliation, on=on, ending=ending)
    organisation.ended_on = on
    organisation.version += 1
    organisation.changed_at = timezone.now()
    organisation.save()
    touch(organisation)


def touch(organisation: Organisation) -> None:
    """Pages of those above and below it show its name and place."""
    record(
        kind="organisation.changed",
        organisation=organisation.pk,
        slug=organisation.slug,
    )
