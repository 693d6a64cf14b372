from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects

from commonwire.calls.models import Affiliation, Call, Issuer, Organisation
from commonwire.calls.tree import Link
from commonwire.publishing.models import Post, Site


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


def stated_members() -> dict[int, int]:
    """What bodies say of their members, by number."""
    said = Organisation.objects.exclude(members=None)
    return {pk: number or 0 for pk, number in said.values_list("pk", "members")}


def in_order(numbers: Iterable[int]) -> list[Organisation]:
    """Organisations by their numbers, in the order of these."""
    wanted = list(numbers)
    found = Organisation.objects.in_bulk(wanted)
    return [found[number] for number in wanted]


def hold_tree() -> None:
    """Nobody else moves a body until the caller's transaction ends: two moves that are
    right each by itself may make a circle together."""
    list(Site.objects.select_for_update().values_list("pk"))


def with_call(post: Post) -> Post:
    """A post of the kind `call` with everything that its facts are made of: a fixed
    number of queries."""
    call = (
        Call.objects.select_related("translates__post")
        .prefetch_related("asks", "demands__history")
        .get(post=post)
    )
    call.post = post
    post.call = call
    issuers = Issuer.objects.select_related("organisation")
    prefetch_related_objects([post], Prefetch("issuers", issuers))
    return post
