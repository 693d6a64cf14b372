"""What templates ask of events and their dates."""

import re
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.utils.translation import gettext as _

from commonwire.calendar import maps
from commonwire.calendar.content import EventContent
from commonwire.calendar.dates import Span
from commonwire.calendar.models import Occurrence
from commonwire.calendar.showing import Date
from commonwire.kit.address import absolute

register = template.Library()


@register.filter
def as_date(row: Occurrence) -> Date:
    return Date(Span(row.begins, row.ends), row.event.all_day, row)


@register.filter
def webcal(path: str) -> str:
    """The address by which calendars subscribe to a file."""
    return re.sub(r"^https?:", "webcal:", absolute(path))


@register.filter
def geo(event: EventContent) -> str:
    """The address that opens the map of a device; empty where there is no position."""
    if event.latitude is None or event.longitude is None:
        return ""
    return f"geo:{event.latitude:.6g},{event.longitude:.6g}"


@register.filter
def map_frame(event: EventContent) -> str:
    return maps.map_frame(event)


@register.filter
def map_site(event: EventContent) -> str:
    """The page of the place on the map site that the operator chose; by its address
    where there is no position; empty when there is no map site or no place."""
    if not settings.MAP_SITE:
        return ""
    if event.latitude is not None and event.longitude is not None:
        told: dict[str, Any] = {"lat": event.latitude, "lon": event.longitude}
        return str(settings.MAP_SITE["position"].format(**told))
    if event.address:
        words = ", ".join(filter(None, (event.place, event.address)))
        return str(settings.MAP_SITE["words"].format(words=quote(words)))
    return ""


@register.filter
def day_name(number: int) -> str:
    """Of a column of a month's sheet, Monday first."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return names[number]
