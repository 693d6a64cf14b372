from datetime import timedelta

from django.utils import timezone

from commonwire.publishing.models import Post

CONTACT_LIFE = timedelta(days=30)


def wipe_contacts() -> int:
    """Private contacts are for the editors of the day, not for whoever comes later."""
    old = timezone.now() - CONTACT_LIFE
    return (
        Post.everything.filter(published_at__lt=old)
        .exclude(contact="")
        .update(contact="")
    )
