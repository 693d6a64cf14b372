"""What happens to a post when one of its files is made or changed."""

from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from commonwire.changes.record import record
from commonwire.media import actions as media
from commonwire.media import checking, remaking, work
from commonwire.media.exchange import Options
from commonwire.media.models import Attachment
from commonwire.media.states import Kind, State
from commonwire.media.workshop import Workshop, the_workshop
from commonwire.publishing.actions.facts import facts_of
from commonwire.publishing.actions.sorting import record_comment
from commonwire.publishing.models import Placement, Post
from commonwire.publishing.queries import placements_of

# How long somebody waits for files; what takes longer is shown as under way.
WAIT_SECONDS: Final = 20


def make(public_id: str, *, shop: Workshop = the_workshop) -> bool:
    """As `media.work.make`; the pages of the post that has the file change."""
    return work.make(public_id, tell=_tell, shop=shop)


@transaction.atomic
def cover_published(
    *, post: Post, attachment: Attachment, options: Options, look_first: bool = False
) -> Attachment:
    """What is to be covered is taken from the site at once, and comes back covered; with
    ``look_first`` when its author has looked at it."""
    changed = media.change_options(
        attachment=attachment, options=options, look_first=look_first
    )
    _record(post, [attachment])
    return changed


@transaction.atomic
def show(*, post: Post, attachment: Attachment) -> Attachment:
    """Its author has looked at what was covered: it is public again."""
    shown = media.show(attachment=attachment)
    _record(post, [shown])
    return shown


@transaction.atomic
def change_published(
    *,
    post: Post,
    removed: list[Placement],
    described: dict[Placement, dict[str, Any]],
    ordered: list[Placement],
) -> None:
    """Remove files from a published post; change the words that go with others, and
    their order inside each of its parts."""
    for placement, words in described.items():
        if words and placement not in removed:
            media.describe(attachment=placement.attachment, **words)
            if not post.embargo_until:
                media.publish_captions(attachment=placement.attachment)
    for number, placement in enumerate(ordered):
        placement.position = number
        placement.save(update_fields=["position"])
    attachments = [placement.attachment for placement in removed]
    Placement.objects.filter(pk__in=[placement.pk for placement in removed]).delete()
    media.discard(attachments=attachments)
    _record(post, attachments)


def _tell(attachment: Attachment) -> None:
    place = (
        Placement.objects.filter(attachment=attachment)
        .select_related("post", "addendum__post")
        .first()
    )
    part = place.addendum if place else None
    if part and part.is_comment:
        record_comment("comment.media", part)
        return
    post = place and (place.post or (part and part.post))
    if post:
        _record(post, [attachment])


def _record(post: Post, changed: Iterable[Attachment]) -> None:
    sounds = any(attachment.kind == Kind.SOUND for attachment in changed)
    if sounds:
        made = Q(attachment__kind=Kind.SOUND, attachment__state=State.MADE)
        post.has_sound = placements_of(post).filter(made).exists()
        post.save(update_fields=["has_sound"])
    # A recording that is gone must go from the podcasts too.
    facts = {**facts_of(post), "sound": post.has_sound or sounds}
    record(kind="post.media", post_id=post.pk, **facts)


# As those of `media.work`, likewise.
make_now = partial(work.make_now, tell=_tell)
make_all_now = partial(work.make_all_now, tell=_tell)
# As those of `media`, likewise.
make_again = partial(remaking.make_again, tell=_tell)
mend = partial(checking.mend, tell=_tell)
