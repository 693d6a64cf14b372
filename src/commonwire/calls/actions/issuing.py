"""Posts issued by organisations."""

from django.db import transaction
from django.utils import timezone

from commonwire.calls.models import Issuer, Organisation
from commonwire.calls.stewardship import Acting
from commonwire.changes.record import record
from commonwire.publishing.actions.facts import facts_of
from commonwire.publishing.models import Post


@transaction.atomic
def issue(*, post: Post, by: Acting) -> Issuer:
    """It stands as issued by the organisation that acts; again changes nothing."""
    issuer, _new = Issuer.objects.get_or_create(
        post=post,
        organisation=by.organisation,
        defaults={"steward": by.steward, "position": post.issuers.count()},
    )
    if issuer.accepted_at is None:
        issuer.accepted_at, issuer.steward = timezone.now(), by.steward
        issuer.save(update_fields=["accepted_at", "steward"])
    return issuer


@transaction.atomic
def invite_issuer(*, post: Post, by: Acting, organisation: Organisation) -> Issuer:
    """Another organisation may stand beside the one that acts, once it accepts. Raises
    Issuer.DoesNotExist when that one is no issuer itself."""
    post.issuers.get(organisation=by.organisation, accepted_at__isnull=False)
    defaults = {"position": post.issuers.count()}
    issuer, _new = Issuer.objects.get_or_create(
        post=post, organisation=organisation, defaults=defaults
    )
    return issuer


@transaction.atomic
def decline(*, issuer: Issuer, by: Acting) -> None:
    """An invitation is declined, or a post is issued by it no longer."""
    by.check(issuer.organisation_id)
    post = Post.everything.get(pk=issuer.post_id)
    issuer.delete()
    if post.embargo_until is None:
        record_issuers(post, organisations=[by.organisation.slug])


def record_issuers(post: Post, *, organisations: list[str]) -> None:
    """The post's page and these organisations' say it; nobody is told of an embargoed
    one before its time."""
    record(
        kind="post.issued",
        post_id=post.pk,
        **facts_of(post),
        organisations=organisations,
    )
