"""What changes a call without correcting its text makes its pages stale."""

from django.db.models import F
from django.utils import timezone

from commonwire.calls.models import Call, CallRelease
from commonwire.changes.record import record
from commonwire.publishing.actions.facts import facts_of
from commonwire.publishing.models import Post


def touch(call: Call) -> None:
    """In the caller's transaction; nothing while nobody may know of it."""
    touch_post(call.post_id)


def touch_releases(of: Post) -> None:
    """Those that were made of this call: they and every list say what became of it, and
    newsrooms get them as another version."""
    if of.embargo_until:
        return
    made = CallRelease.objects.filter(of=of)
    made.update(turns=F("turns") + 1)
    for post_id in made.order_by("post").values_list("post", flat=True):
        touch_post(post_id)


def touch_post(post_id: int) -> None:
    post = Post.everything.select_for_update().get(pk=post_id)
    if post.embargo_until or post.withdrawn_at:
        return
    post.updated_at = timezone.now()
    post.save(update_fields=["updated_at"])
    record(kind="post.call_changed", post_id=post.pk, **facts_of(post))
