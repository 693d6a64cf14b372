from django.db import models
from django.utils.translation import gettext_lazy as _


class Answer(models.TextChoices):
    """Whether a place has something. Not to know is an answer: nobody is sent there by
    a box that was left as it was."""

    UNKNOWN = "unknown", _("not known")
    YES = "yes", _("yes")
    NO = "no", _("no")


class Repeats(models.TextChoices):
    NEVER = "", _("It does not")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every two weeks")
    MONTHLY = "monthly", _("Every month, on the same day of the month")
    WEEKDAY = (
        "weekday",
        _("Every month, on the same weekday, such as the second Friday"),
    )
    RULE = "rule", _("By a rule of your own (RRULE)")


# What may be asked of a place, with the words for it.
ACCESS = {
    "step_free": _("Step-free"),
    "sign_language": _("Sign language"),
    "captions": _("Captions"),
    "seating": _("Seating"),
}
