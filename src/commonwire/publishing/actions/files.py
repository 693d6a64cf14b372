"""What happens to a post when one of its files was made."""

from functools import partial

from commonwire.changes.record import record
from commonwire.media import work
from commonwire.media.models import Attachment
from commonwire.media.workshop import Workshop, the_workshop
from commonwire.publishing.actions.facts import facts_of
from commonwire.publishing.models import Placement


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
        record(kind="post.media", post_id=post.pk, **facts_of(post))


# As `media.work.make_now`, likewise.
make_now = partial(work.make_now, tell=_tell)
