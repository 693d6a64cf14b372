from django.db import models
from django.utils.translation import gettext_lazy as _

# The heap of what came in a flood; other heaps have the code of a doubt.
FLOOD = "flood"


class Pattern(models.TextChoices):
    """What a rule of screening looks for."""

    WORDS = "words", _("Words")
    DOMAINS = "domains", _("Sites that are linked to")
    EXPRESSION = "expression", _("Regular expression")
