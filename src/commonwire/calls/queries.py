from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import (
    BigIntegerField,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)
from django.utils import timezone

from commonwire.accounts.models import token_hash
from commonwire.calls.models import Affiliation, Call, Issuer, Organisation, Steward
from commonwire.calls.slugs import plain
from commonwire.calls.tree import Link
from commonwire.kit.prepared import Prepared, Slot
from commonwire.publishing.models import Post, Site
from commonwire.publishing.slugs import slug_for


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


def good_links(token: str) -> QuerySet[Steward]:
    """The steward to whom a one-time link belongs, while it is good."""
    return Steward.objects.select_related("organisation").filter(
        link_hash=token_hash(token), link_expires_at__gt=timezone.now(), ended_at=None
    )


def stewards_of(organisation: Organisation) -> QuerySet[Steward]:
    """Those whose key or link is good, the oldest first."""
    return standing_stewards().filter(organisation=organisation).order_by("pk")


def standing_stewards() -> QuerySet[Steward]:
    good = ~Q(phrase_hash="") | Q(link_expires_at__gt=timezone.now())
    return Steward.objects.filter(good, ended_at=None)


def places_above(organisation: Organisation, day: date) -> list[Affiliation]:
    return list(organisation.affiliations.on(day).select_related("parent"))


def places_below(organisation: Organisation, day: date) -> list[Affiliation]:
    below = organisation.branches.on(day).select_related("organisation")
    return list(below.order_by("organisation__name", "organisation__pk"))


def past_places(organisation: Organisation, day: date) -> list[Affiliation]:
    """Where it stood and stands no more, the last first."""
    past = organisation.affiliations.filter(until__lte=day)
    return list(past.select_related("parent").order_by("-until", "pk"))


def issued_by(organisation: Organisation) -> QuerySet[Post]:
    """Posts that it issued and that lists show, the newest first."""
    issued = Post.objects.filter(
        listed=True,
        issuers__organisation=organisation,
        issuers__accepted_at__isnull=False,
    )
    return issued.order_by("-published_at", "-pk")


def issued() -> QuerySet[Post]:
    """Posts that any organisation issued, the newest first."""
    accepted = Issuer.objects.filter(accepted_at__isnull=False, post=OuterRef("pk"))
    listed = Post.objects.filter(Exists(accepted), listed=True)
    return listed.order_by("-published_at", "-pk")


def past_branches(organisation: Organisation, day: date) -> list[Affiliation]:
    """Who stood under it and stands no more, the last first."""
    past = organisation.branches.filter(until__lte=day)
    return list(past.select_related("organisation").order_by("-until", "pk"))


def organisation_at(slug: str) -> Organisation | None:
    found = Organisation.objects.select_related("logo", "merged_into")
    return found.filter(slug=slug).first()


def is_slug(word: str) -> bool:
    return Organisation.objects.filter(slug=word).exists()


def slugs(numbers: Iterable[int] | None = None) -> list[str]:
    """Of all organisations, or of these."""
    found = Organisation.objects.order_by("pk")
    if numbers is not None:
        found = found.filter(pk__in=list(numbers))
    return list(found.values_list("slug", flat=True))


def speaking_for_themselves() -> QuerySet[Organisation]:
    """Those for which nobody else says anything: verified, or with stewards."""
    stewards = standing_stewards().filter(organisation=OuterRef("pk"))
    return Organisation.objects.filter(Q(verified_at__isnull=False) | Exists(stewards))


def changed_organisations() -> Iterator[tuple[str, datetime]]:
    """The slug of each, and when it last said something else of itself."""
    rows = Organisation.objects.order_by("pk").values_list("slug", "changed_at")
    yield from rows.iterator(chunk_size=2_000)


def issuers_of(post_id: int) -> list[str]:
    """The slugs of the organisations that issued a post."""
    rows = Issuer.objects.filter(post_id=post_id, accepted_at__isnull=False)
    return list(rows.values_list("organisation__slug", flat=True))


# Every post that is published asks for its own.
_ISSUERS_SHOWN = Prepared(
    lambda: Organisation.objects.filter(
        issued__post_id=Slot("post", BigIntegerField()),
        issued__accepted_at__isnull=False,
    ).order_by("issued__position", "issued__pk")
)


def issuers_shown(post_id: int) -> list[Organisation]:
    """The organisations that a post's page names as its issuers, in their order."""
    return _ISSUERS_SHOWN(post=post_id)


def issuers_of_events(day: date) -> list[str]:
    """The slugs of organisations with an event whose last day it was."""
    ended = Issuer.objects.filter(
        accepted_at__isnull=False, post__event__occurrences__last_day=day
    )
    return list(ended.values_list("organisation__slug", flat=True).distinct())


def bodies_named(name: str) -> list[Organisation]:
    """Those called so, whatever its capitals, spaces and marks; also what is over."""
    near = Q(name__iexact=name) | Q(slug__startswith=slug_for(name))
    rows = Organisation.objects.filter(near).order_by("pk")
    return [each for each in rows if plain(each.name) == plain(name)]


def organisation_named(told: str) -> Organisation | None:
    """By its name, or by the address of its page."""
    slug = told.rstrip("/").rpartition("/")[2]
    found = Organisation.objects.filter(slug=slug)
    return (found or Organisation.objects.filter(name__iexact=told)).first()
