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
