"""The map of a place, from the server that the operator chose; none as shipped."""

from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from commonwire.calendar.content import EventContent

# How far a map reaches from the place, in degrees: some streets.
_AROUND: Final = 0.005


def map_frame(event: EventContent) -> str:
    """The address of a page for a frame; empty without a server or a position."""
    lat, lon = event.latitude, event.longitude
    if not settings.MAP_FRAME or lat is None or lon is None:
        return ""
    around = {
        "west": round(lon - _AROUND, 6),
        "east": round(lon + _AROUND, 6),
        "south": round(lat - _AROUND, 6),
        "north": round(lat + _AROUND, 6),
    }
    return str(settings.MAP_FRAME.format(lat=lat, lon=lon, **around))


def host_of(frame: str) -> str:
    return urlsplit(frame).hostname or ""
