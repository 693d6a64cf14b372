"""What changes a call without correcting its text makes its pages stale."""

from django.utils import timezone

from commonwire.calls.models import Call
from commonwire.changes.record import record
from commonwire.publishing.actions.facts import facts_of
from commonwire.publishing.models import Post


def touch(call: Call) -> None:
    """In the caller's transaction; nothing while nobody may know of it."""
    post = Post.everything.select_for_update().get(pk=call.post_id)
    if post.embargo_until or post.withdrawn_at:
        return
    post.updated_at = timezone.now()
    post.save(update_fields=["updated_at"])
    record(kind="post.call_changed", post_id=post.pk, **facts_of(post))
