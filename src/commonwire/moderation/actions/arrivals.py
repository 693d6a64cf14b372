"""What screening remembers of what came, in the transaction that publishes it."""

from django.db.models import Q
from django.utils import timezone

from commonwire.moderation import likeness
from commonwire.moderation.actions import heaps
from commonwire.moderation.models import Fingerprint
from commonwire.publishing.content import Changed, Content
from commonwire.publishing.models import Post


def remember(post: Post, content: Content) -> None:
    is_new = not isinstance(content, Changed)
    if is_new and post.raw:
        heaps.add_raw(post)
    if not is_new:
        Fingerprint.objects.filter(post=post).delete()
    own = likeness.signature(content)
    if own is None:
        return
    numbers = {f"band_{place}": n for place, n in enumerate(likeness.bands(own))}
    Fingerprint.objects.bulk_create(
        [Fingerprint(post=post, signature=own, at=post.published_at, **numbers)]
    )


def forget_old() -> int:
    """Fingerprints go after a month, and with the words that they were made of."""
    old = Q(at__lt=timezone.now() - likeness.WITHIN)
    gone = old | Q(post__withdrawn_at__isnull=False)
    return Fingerprint.objects.filter(gone).delete()[0]
