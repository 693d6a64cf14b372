"""What a call asks, what becomes of its demands, and where it stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AskKind(models.TextChoices):
    ATTEND = "attend", _("Come")
    STRIKE = "strike", _("Strike")
    DONT_SHOP = "dont-shop", _("Don’t shop")
    STAY_HOME = "stay-home", _("Stay home from school")
    PLEDGE = "pledge", _("Pledge")
    DISPLAY = "display", _("Display")
    DONATE = "donate", _("Donate")
    CONTACT = "contact", _("Write or call")
    SHARE = "share", _("Share")
    OTHER = "other", _("Also")


class DemandStatus(models.TextChoices):
    OPEN = "open", _("open")
    PARTLY = "partly", _("partly met")
    WON = "won", _("won")
    DROPPED = "dropped", _("dropped")


class CallState(models.TextChoices):
    """Before it is a draft, and that is not a call yet. The clock ends a call: whether
    its time is over is asked, never stored."""

    EMBARGOED = "embargoed", _("under embargo")
    PUBLISHED = "published", _("published")
    UPDATED = "updated", _("updated")
    CALLED_OFF = "called-off", _("called off")
    ENDED = "ended", _("ended")


class Way(models.TextChoices):
    """By which an endorsement came."""

    STEWARD = "steward", _("by its steward")
    INVITED = "invited", _("by invitation")
    FORM = "form", _("by the form")


class How(models.TextChoices):
    """How an organisation decided."""

    VOTE = "vote", _("by a vote of the members")
    BOARD = "board", _("by its board or committee")
    OFFICER = "officer", _("by an officer")
    OTHER = "other", _("otherwise")


class EndorsementState(models.TextChoices):
    INVITED = "invited", _("invited, not answered")
    UNCONFIRMED = "unconfirmed", _("its mail not confirmed")
    WAITING = "waiting", _("waits for the issuer or an editor")
    CONFIRMED = "confirmed", _("confirmed")
    DECLINED = "declined", _("declined the invitation")
    REFUSED = "refused", _("not confirmed")
    WITHDRAWN = "withdrawn", _("withdrawn")


def ask_line(kind: str, label: str, text: str) -> str:
    """Its kind and its words; not the kind again where the words say it already, and
    not “Also” for what is no kind of its own."""
    said = text.replace("'", "’").casefold().startswith(label.casefold())
    if text and (said or kind == AskKind.OTHER):
        return text
    return f"{label}: {text}" if text else label
