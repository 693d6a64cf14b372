"""The line between a post's author and the editors."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from commonwire.accounts.models import Editor
from commonwire.kit.typed_text import clean_text, is_blank
from commonwire.moderation.actions.deciding import Refused
from commonwire.moderation.actions.placing import standing
from commonwire.moderation.models import Message
from commonwire.moderation.models.message import MESSAGE_LENGTH
from commonwire.moderation.states import Speaker
from commonwire.publishing.models import Post

LINE_LIFE = timedelta(days=30)
# Of one post; who needs more needs a telephone.
MOST_MESSAGES = 200


@transaction.atomic
def say(*, post: Post, text: str, by: Editor | None = None) -> Message:
    """Write to the other side; ``by`` None is the author."""
    post = standing(post)
    text = clean_text(text).text
    if is_blank(text):
        raise Refused("text", _("Write a message first."))
    if len(text) > MESSAGE_LENGTH:
        words = _("A message has %(most)s characters at most; this one has %(has)s.")
        raise Refused("text", words % {"most": MESSAGE_LENGTH, "has": len(text)})
    if post.messages.count() >= MOST_MESSAGES:
        raise Refused("text", _("This line is full; it is emptied after a month."))
    speaker = Speaker.EDITOR if by else Speaker.AUTHOR
    return Message.objects.create(post=post, by=speaker, editor=by, text=text)


def wipe_lines(*, now: datetime | None = None) -> int:
    """Delete what was written about posts whose last message is a month old."""
    limit = (now or timezone.now()) - LINE_LIFE
    spoken = Message.objects.values("post").annotate(last=Max("at"))
    silent = spoken.filter(last__lt=limit).values_list("post", flat=True)
    return Message.objects.filter(post__in=list(silent)).delete()[0]
