"""Who looks at which post right now."""

from django.db import transaction
from django.utils import timezone

from commonwire.accounts.models import Editor
from commonwire.moderation.models import Presence
from commonwire.moderation.queries import PRESENT_FOR
from commonwire.publishing.models import Post


@transaction.atomic
def look_at(*, post: Post, by: Editor) -> Presence:
    """An editor has opened a post, and has left whatever it was before."""
    made, _new = Presence.objects.update_or_create(
        editor=by, defaults={"post": post, "seen_at": timezone.now()}
    )
    return made


def forget_presences() -> int:
    """Of those who went without a word."""
    limit = timezone.now() - PRESENT_FOR
    return Presence.objects.filter(seen_at__lt=limit).delete()[0]
