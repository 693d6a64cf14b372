"""What organisations are, what a call asks, what becomes of its demands and of those who
endorse it, and where it stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    FEDERATION = "federation", _("Federation")
    REGIONAL = "regional", _("Regional body")
    UNION = "union", _("Union local")
    COMMUNITY = "community", _("Community group")
    BUSINESS = "business", _("Business")
    OTHER = "other", _("Other")


class Ending(models.TextChoices):
    """Why an affiliation is over."""

    LEFT = "left", _("left")
    EXPELLED = "expelled", _("was expelled from")
    MERGED = "merged", _("merged")
    DISSOLVED = "dissolved", _("was dissolved")


class Proof(models.TextChoices):
    """How it was found that an organisation is who it says."""

    EDITOR = "editor", _("by an editor")
    DNS = "dns", _("by a DNS record of its website’s domain")
    FILE = "file", _("by a file on its website")


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
