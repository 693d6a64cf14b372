from django.conf import settings
from django.db import models
from django.utils import timezone

from commonwire.kit.fates import wiped
from commonwire.publishing.models import Post

_WIPED = wiped("when the editor looks at something else, or some minutes later")


class Presence(models.Model):
    """Which post an editor is looking at, so that two do not do the same work. One row
    an editor: no trail of what somebody has looked at is kept."""

    editor = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="presence"
    )
    post = models.ForeignKey(Post, models.CASCADE, related_name="watched")
    seen_at = models.DateTimeField(default=timezone.now)

    class Fates:
        id = _WIPED
        editor = _WIPED
        post = _WIPED
        seen_at = _WIPED

    def __str__(self) -> str:
        return f"{self.editor_id} at {self.post_id}"
