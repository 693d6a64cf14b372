from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from commonwire.calls.models import Affiliation, Organisation
from commonwire.calls.tree import Link
from commonwire.publishing.models import Site


def links() -> list[Link]:
    """Every affiliation there is or was."""
    rows = Affiliation.objects.values_list(
        "organisation_id", "parent_id", "since", "until"
    )
    return [Link(*row) for row in rows]


def parents_on(day: date) -> dict[int, list[int]]:
    """Whom each organisation stands under on a day, by number."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = Affiliation.objects.on(day).order_by("pk")
    for organisation, parent in rows.values_list("organisation_id", "parent_id"):
        found[organisation].append(parent)
    return dict(found)


def in_order(numbers: Iterable[int]) -> list[Organisation]:
    """Organisations by their numbers, in the order of these."""
    wanted = list(numbers)
    found = Organisation.objects.in_bulk(wanted)
    return [found[number] for number in wanted]


def hold_tree() -> None:
    """Nobody else moves a body until the caller's transaction ends: two moves that are
    right each by itself may make a circle together."""
    list(Site.objects.select_for_update().values_list("pk"))
