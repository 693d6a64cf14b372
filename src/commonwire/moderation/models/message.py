from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonwire.kit.fates import wiped
from commonwire.moderation.states import Speaker
from commonwire.publishing.models import Post

MESSAGE_LENGTH = 5_000
_WIPED = wiped("30 days after the last message about the post")


class Message(models.Model):
    """The line between a post's author and the editors, without an address on either
    side."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="messages")
    by = models.CharField(max_length=10, choices=Speaker.choices)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    text = models.TextField(_("message"), max_length=MESSAGE_LENGTH)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["at"], name="oldest_messages")]

    class Fates:
        id = _WIPED
        post = _WIPED
        by = _WIPED
        editor = _WIPED
        text = _WIPED
        at = _WIPED

    def __str__(self) -> str:
        return f"message {self.pk}"
