"""The end of an embargo: what was held becomes a post like any other."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from commonwire.changes.record import record
from commonwire.kit.buckets import Network
from commonwire.media import actions as media
from commonwire.media.models import Attachment
from commonwire.publishing.actions.facts import facts_of
from commonwire.publishing.content import Doubt, Facts
from commonwire.publishing.models import Post, PostSection
from commonwire.publishing.queries import the_site
from commonwire.publishing.release import Release, Status
from commonwire.publishing.screening import is_raw, tell_held
from commonwire.publishing.slugs import free_slug

# Nobody sends what the clock publishes.
_THE_CLOCK = Network("the clock", shared=True)


def release_due(*, now: datetime | None = None) -> int:
    """Publish everything whose embargo is over, the oldest first; how many."""
    now = now or timezone.now()
    due = Post.everything.filter(embargo_until__lte=now).order_by("embargo_until", "pk")
    number = 0
    for pk in list(due.values_list("pk", flat=True)):
        number += _release(pk, now)
    return number


@transaction.atomic
def _release(pk: int, now: datetime) -> bool:
    """Files first, then the row, as everywhere; twice is the same as once."""
    post = Post.everything.select_for_update().get(pk=pk)
    if post.embargo_until is None or post.embargo_until > now:
        return False
    publish_held(post=post, now=now)
    return True


def publish_held(*, post: Post, now: datetime) -> None:
    """In the caller's transaction, of a post that it has locked."""
    files = Q(placement__post=post) | Q(placement__addendum__post=post)
    attachments = list(Attachment.objects.filter(files))
    for attachment in attachments:
        attachment.published_at = post.published_at
    media.publish(attachments=attachments)
    post.addenda.update(published_at=post.published_at)
    post.embargo_until, post.updated_at = None, post.published_at
    post.raw = is_raw(Facts(network=_THE_CLOCK, now=now, through_form=False))
    if post.waiting_since:
        post.waiting_since = now
    post.relist()
    post.save()
    if post.waiting_since:
        tell_held(post, [Doubt(*told) for told in post.waiting_because])
    record(kind="post.published", post_id=post.pk, **facts_of(post))


def move(*, post: Post, release: Release | None, until: datetime | None) -> None:
    """Hold a post until another time, or no longer; in the caller's transaction, of a
    post that it has locked and that nobody else has seen. Its address, which tells the
    day, is another then."""
    now = timezone.now()
    at = until or now
    day = timezone.localdate(at, the_site().zone)
    if day != post.day:
        post.slug, post.day = free_slug(post.title, day), day
    post.published_at = post.updated_at = at
    PostSection.objects.filter(post=post).update(published_at=at)
    if release:
        post.release = release.stored
    if until is None:
        if release:
            post.release["status"] = Status.IMMEDIATE.value
        publish_held(post=post, now=now)
    else:
        post.embargo_until = until
        post.save()
