"""What happens to a post when one of its files was made."""

from functools import partial

from django.db.models import Q

from commonwire.changes.record import record
from commonwire.media import work
from commonwire.media.models import Attachment
from commonwire.media.states import Kind, State
from commonwire.media.workshop import Workshop, the_workshop
from commonwire.publishing.actions.facts import facts_of
from commonwire.publishing.models import Placement, Post


def make(public_id: str, *, shop: Workshop = the_workshop) -> bool:
    """As `media.work.make`; the pages of the post that has the file change."""
    return work.make(public_id, tell=_tell, shop=shop)


def _tell(attachment: Attachment) -> None:
    place = (
        Placement.objects.filter(attachment=attachment)
        .select_related("post", "addendum__post")
        .first()
    )
    post = place and (place.post or (place.addendum and place.addendum.post))
    if post:
        if attachment.kind == Kind.SOUND:
            _see_whether_it_sounds(post)
        facts = facts_of(post)
        # A recording that is gone must go from the podcasts too.
        facts["sound"] = post.has_sound or attachment.kind == Kind.SOUND
        record(kind="post.media", post_id=post.pk, **facts)


def _see_whether_it_sounds(post: Post) -> None:
    here = Q(attachment__kind=Kind.SOUND, attachment__state=State.MADE)
    placed = Placement.objects.filter(Q(post=post) | Q(addendum__post=post))
    post.has_sound = placed.filter(here).exists()
    post.save(update_fields=["has_sound"])


# As `media.work.make_now`, likewise.
make_now = partial(work.make_now, tell=_tell)
