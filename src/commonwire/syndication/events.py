"""An event as schema.org knows it (JSON-LD)."""

from typing import Any

from commonwire.calendar.models import Event, Occurrence
from commonwire.kit.address import absolute
from commonwire.kit.mail_mask import mask

_SCHEDULED = "https://schema.org/EventScheduled"
_CANCELLED = "https://schema.org/EventCancelled"
_RESCHEDULED = "https://schema.org/EventRescheduled"
_MODES = {
    (True, False): "https://schema.org/OfflineEventAttendanceMode",
    (False, True): "https://schema.org/OnlineEventAttendanceMode",
    (True, True): "https://schema.org/MixedEventAttendanceMode",
}


def event(row: Occurrence, off: str = "") -> dict[str, Any]:
    """One date of an event that may be read. ``off``: what is said of one whose call was
    called off; the vocabulary has no word for that."""
    of, post = row.event, row.event.post
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "url": absolute(row.path),
        "name": mask(post.title),
        "startDate": _moment(row, row.begins),
        "eventStatus": _status(row),
        "inLanguage": post.language,
    }
    if post.summary or off:
        data["description"] = " ".join(filter(None, (off, mask(post.summary))))
    if row.ends:
        data["endDate"] = (
            row.last_day.isoformat() if of.all_day else _moment(row, row.ends)
        )
    if row.moved_from:
        data["previousStartDate"] = row.moved_from.astimezone(row.zone).isoformat()
    has_place = bool(of.place or of.address or of.private_address)
    mode = _MODES.get((has_place, bool(of.online_url)))
    if mode:
        data["eventAttendanceMode"] = mode
    locations = _locations(of)
    if locations:
        data["location"] = locations[0] if len(locations) == 1 else locations
    if post.byline:
        data["organizer"] = {"@type": "Organization", "name": mask(post.byline)}
    return data


def _moment(row: Occurrence, moment: Any) -> str:
    found = row.day if row.event.all_day else moment
    return str(found.isoformat())


def _status(row: Occurrence) -> str:
    if row.cancelled_at:
        return _CANCELLED
    return _RESCHEDULED if row.moved_from else _SCHEDULED


def _locations(of: Event) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if of.place or of.address:
        place = {"@type": "Place", "name": mask(of.place or of.address)}
        if of.address:
            place["address"] = mask(of.address)
        if of.latitude is not None:
            place["geo"] = {  # type: ignore[assignment]  # nested in a flat one
                "@type": "GeoCoordinates",
                "latitude": of.latitude,
                "longitude": of.longitude,
            }
        found.append(place)
    if of.online_url:
        found.append({"@type": "VirtualLocation", "url": of.online_url})
    return found
