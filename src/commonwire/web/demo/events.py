"""What is coming up in Alder Bend. Days count from today."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from commonwire.calendar.content import EventContent
from commonwire.calendar.forms import EventForm
from commonwire.calendar.typed import clean, from_program
from commonwire.web.demo.story import Story

ZONE = "America/Chicago"
EVENTS = (
    Story(
        hours=30,
        kind="event",
        title="Open rehearsal of the Old Mill choir",
        byline="Old Mill Choir",
        summary="Come and sing; nobody has to read music.",
        body="We begin with songs that everybody knows, and end with soup.",
        topics=("culture",),
        regions=("old-mill",),
        event={
            "in_days": 3,
            "at": "18:30",
            "until": "20:30",
            "rule": "FREQ=WEEKLY;COUNT=6",
            "place": "The old mill, second floor",
            "address": "12 Mill Street, Alder Bend",
            "position": "43.0747, -89.3842",
            "step_free": "yes",
            "seating": "yes",
            "accessibility": "The lift is left of the entrance.",
            "price": "free; there is a hat",
        },
    ),
    Story(
        hours=52,
        kind="event",
        title="Town meeting on the night lines",
        byline="Riders of Lines 7 and 12",
        summary="What the end of the night buses means, and what we do about it.",
        body="The company was invited. So are you.",
        topics=("transport", "labor"),
        regions=("east-bank",),
        event={
            "in_days": 8,
            "at": "19:00",
            "until": "21:00",
            "place": "Union Hall",
            "address": "3 Depot Road, Alder Bend",
            "step_free": "yes",
            "sign_language": "yes",
            "captions": "no",
            "languages": "English; Spanish is interpreted",
            "online_url": "https://meet.example/night-lines",
            "contact": "Ask for the riders at the depot, line 7",
        },
    ),
    Story(
        hours=20,
        kind="event",
        title="Kitchen table for tenants",
        byline="East Bank Tenants",
        summary="Bring your letter; we read it together.",
        body="A small round, so the address is for those who come.",
        topics=("housing",),
        regions=("east-bank",),
        event={
            "in_days": 5,
            "at": "17:00",
            "place": "A kitchen on the East Bank",
            "address": "41 Willow Lane, first door",
            "address_private": True,
            "step_free": "no",
        },
    ),
    Story(
        hours=75,
        kind="event",
        title="River cleaning day",
        byline="Friends of the Alder",
        summary="Gloves and bags are there; boots are not.",
        body="From the weir to the ferry, both banks.",
        topics=("environment",),
        regions=("valley", "west-bank"),
        event={"in_days": 12, "place": "At the weir", "price": "free"},
    ),
)


def content_of(event: Mapping[str, Any]) -> EventContent:
    """Through the form that people fill."""
    told = dict(event)
    day = date.today() + timedelta(days=told.pop("in_days"))  # noqa: DTZ011 - about then
    for side, name in (("start", "at"), ("end", "until")):
        if hour := told.pop(name, ""):
            told[side] = f"{day}T{hour}"
    told.setdefault("start", day.isoformat())
    form = EventForm(clean(from_program({**told, "zone": ZONE})))
    if not form.is_valid():
        raise ValueError(form.errors.as_text())
    return form.content
