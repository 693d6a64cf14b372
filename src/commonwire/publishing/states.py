from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    REPORT = "report", _("Report")
    RELEASE = "release", _("Press release")
    CALL = "call", _("Call to action")
    EVENT = "event", _("Event")


class WireClass(models.TextChoices):
    """Where editors have sorted a post. The names that readers see are the site's."""

    UNSORTED = "unsorted", _("New")
    LOCAL = "local", _("Local")
    GLOBAL = "global", _("Global")
    OTHER = "other", _("Other")
    HIDDEN = "hidden", _("Hidden")


# The classes that have a page of their own.
PUBLIC_CLASSES = (
    WireClass.UNSORTED,
    WireClass.LOCAL,
    WireClass.GLOBAL,
    WireClass.OTHER,
)


class SectionKind(models.TextChoices):
    TOPIC = "topic", _("Topic")
    REGION = "region", _("Region")


class Author(models.TextChoices):
    """Who made a correction or wrote an addendum."""

    AUTHOR = "author", _("the author")
    EDITOR = "editor", _("the editors")
    READER = "reader", _("a reader")
