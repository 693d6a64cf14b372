import zoneinfo
from difflib import get_close_matches

from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from commonwire.kit.fates import PRIVATE, PUBLIC
from commonwire.publishing.states import PUBLIC_CLASSES


def check_time_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        words = _("“%(name)s” is no time zone. Write one such as %(like)s.")
        raise ValidationError(words % {"name": name, "like": _zone_like(name)})


def _zone_like(name: str) -> str:
    """The zone that was meant, perhaps: cities are typed without their continent."""
    asked = name.strip().replace(" ", "_").casefold()
    zones = {zone.casefold(): zone for zone in zoneinfo.available_timezones()}
    cities = {zone.rpartition("/")[2]: zone for zone in sorted(zones)}
    found = get_close_matches(asked, [*zones, *cities], n=1, cutoff=0.8)
    return zones[cities.get(found[0], found[0])] if found else "America/Chicago"


def check_languages(value: object) -> None:
    if not isinstance(value, list) or not all(code in LANG_INFO for code in value):
        raise ValidationError(
            _("Write a list of language codes, such as [“en”, “es”].")
        )


def check_class_names(value: object) -> None:
    known = set(PUBLIC_CLASSES)
    if not isinstance(value, dict) or not all(
        name in known and isinstance(words, str) for name, words in value.items()
    ):
        raise ValidationError(
            _("Write names for some of: unsorted, local, global, other.")
        )


# Far more than any site wants, and less than what no sum or clock can hold.
MOST_HOURS = 8_760
MOST_GIGABYTES = 1_000_000
MOST_POSTS = 1_000_000


class Site(models.Model):
    """What editors say of the site as a whole; there is one row."""

    name = models.CharField(_("name"), max_length=80, default="Commonwire")
    tagline = models.CharField(
        _("tagline"), max_length=160, default="An open newswire", blank=True
    )
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="UTC", validators=[check_time_zone]
    )
    languages = models.JSONField(
        _("languages"),
        default=list,
        validators=[check_languages],
        blank=True,
        help_text=_("codes offered in the form, such as [“en”, “es”]"),
    )
    class_names = models.JSONField(
        _("names of the wire's classes"),
        default=dict,
        validators=[check_class_names],
        blank=True,
        help_text=_("such as {“local”: “Riverton”, “unsorted”: “Open wire”}"),
    )
    about = models.TextField(_("about"), blank=True, max_length=60_000)
    policy = models.TextField(_("editorial policy"), blank=True, max_length=60_000)
    privacy = models.TextField(
        _("words on privacy"), blank=True, max_length=60_000, default=""
    )
    comments_open = models.BooleanField(
        _("readers may comment"),
        default=True,
        help_text=_("editors may close the comments of single posts"),
    )
    appeal_hours = models.PositiveSmallIntegerField(
        _("hours to answer an appeal"),
        default=72,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS)],
        help_text=_("those that wait longer are shown in the public log"),
    )
    hides_lapse = models.BooleanField(
        _("rule of two"),
        default=False,
        help_text=_("a hiding that no second editor confirms in 24 hours lapses"),
    )
    room_for_files = models.PositiveIntegerField(
        _("room for files"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_GIGABYTES)],
        help_text=_("in gigabytes, of all posts together; empty: what the disk has"),
    )

    flood_rate = models.PositiveIntegerField(
        _("posts in ten minutes that are a flood"),
        null=True,
        blank=True,
        default=100,
        validators=[MinValueValidator(5), MaxValueValidator(MOST_POSTS)],
        help_text=_(
            "beyond it new posts go to the raw wire until it is over; empty: never"
        ),
    )
    classifier_holds = models.BooleanField(
        _("hold what looks like spam that editors hid before"), default=True
    )

    class Fates:
        id = PRIVATE
        name = PUBLIC
        tagline = PUBLIC
        time_zone = PUBLIC
        languages = PUBLIC
        class_names = PUBLIC
        about = PUBLIC
        policy = PUBLIC
        privacy = PUBLIC
        comments_open = PUBLIC
        appeal_hours = PUBLIC
        hides_lapse = PUBLIC
        room_for_files = PRIVATE
        flood_rate = PUBLIC
        classifier_holds = PUBLIC

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)
