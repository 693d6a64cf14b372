"""Posts issued by organisations."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.calls import stewardship
from commonwire.calls.models import Issuer, Organisation
from commonwire.calls.stewardship import Acting
from commonwire.changes.record import record
from commonwire.publishing import patience, typed
from commonwire.publishing.actions import drafts
from commonwire.publishing.actions.facts import facts_of
from commonwire.publishing.content import Facts
from commonwire.publishing.models import Post
from commonwire.publishing.purposes import UNDER
from commonwire.publishing.queries import the_site


@transaction.atomic
def issue(*, post: Post, by: Acting) -> Issuer:
    """It stands as issued by the organisation that acts; again changes nothing."""
    issuer, stands = _stand(post, by)
    if stands and post.embargo_until is None:
        record_issuers(post, organisations=[by.organisation.slug])
    return issuer


def _stand(post: Post, by: Acting) -> tuple[Issuer, bool]:
    """And whether it does only now."""
    issuer, _new = Issuer.objects.get_or_create(
        post=post,
        organisation=by.organisation,
        defaults={"steward": by.steward, "position": post.issuers.count()},
    )
    if issuer.accepted_at is not None:
        return issuer, False
    issuer.accepted_at, issuer.steward = timezone.now(), by.steward
    issuer.save(update_fields=["accepted_at", "steward"])
    return issuer, True


@transaction.atomic
def begin_draft(*, by: Acting, under: Post | None = None) -> str:
    """A draft for a steward, and its token: a press release with what the organisation
    says in each, or an event ``under`` a call."""
    own = by.organisation
    release: dict[str, Any] = {"kind": "release", "status": "immediate"}
    if own.boilerplate:
        release["boilerplates"] = [{"organisation": own.name, "text": own.boilerplate}]
    if own.press_contact:
        press_only = "" if own.press_contact_public else "on"
        row = {**own.press_contact, "organisation": own.name, "press_only": press_only}
        release["contacts"] = [row]
    language = (the_site().languages or ["en"])[0]
    begun = {"byline": own.name, "language": language}
    told = {"kind": "event"} if under else {"kind": "release", "release": release}
    tidied, _removed = typed.clean({**begun, **told})
    signs = {
        **({UNDER: under.pk} if under else {}),
        "begun": True,
        "steward": by.steward and by.steward.pk,
        "issued_by": own.name,
        "opened": patience.form_token(timezone.now()),
    }
    _draft, token = drafts.start_draft(typed=tidied, signs=signs)
    return token


def published(post: Post, facts: Facts) -> None:
    """In the transaction of a new post: it is issued by the organisation for which its
    program or its steward acts, if their key is still good."""
    acting = stewardship.by_token(facts.token) or stewardship.by_number(
        facts.signs.get("steward")
    )
    if acting:
        _stand(post, acting)  # whoever prints the post prints this


def lapsed(signs: dict[str, Any]) -> Iterator[str]:
    """Of a steward's draft: nobody acts for the organisation by that key any more."""
    if signs.get("steward") and not stewardship.by_number(signs["steward"]):
        del signs["steward"]
        words = _(
            "Your key no longer acts for “%(name)s”: it was taken back, or the "
            "organisation is no more. If you publish this now, it is yours alone and not "
            "issued by it."
        )
        yield words % {"name": signs.pop("issued_by", "")}


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
def invite_organiser(*, post: Post, organisation: Organisation) -> Issuer:
    """The author of an event asks an organisation to stand for it; again is the same."""
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
