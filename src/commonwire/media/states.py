from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from commonwire.media import exchange


class Kind(TextChoices):
    PICTURE = exchange.PICTURE, _("picture")
    VIDEO = exchange.VIDEO, _("video")
    SOUND = exchange.SOUND, _("sound")
    DOCUMENT = exchange.DOCUMENT, _("document")


class State(TextChoices):
    """How far the making of an attachment's renditions is."""

    WAITING = "waiting", _("being worked on")
    # Of a published film or recording that was changed: only its author sees it yet.
    SHOWN = "shown", _("shown to its author")
    MADE = "made", _("made")
    REFUSED = "refused", _("could not be made")


# What a person can wait for at a form; the rest is made behind them.
QUICK = (Kind.PICTURE, Kind.DOCUMENT)
LONG = (Kind.VIDEO, Kind.SOUND)
