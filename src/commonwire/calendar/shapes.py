"""What an event has beside every post, as programs send and get it."""

from typing import Any

from pydantic import BaseModel, Field

from commonwire.calendar.dates import MOST_DATES
from commonwire.calendar.models.event import LINE_LENGTH, RULE_LENGTH, WORDS_LENGTH
from commonwire.calendar.states import Answer
from commonwire.publishing.models.post import LINK_LENGTH
from commonwire.publishing.sent import Sent, Text, text


def _answer(description: str) -> Any:
    extra: Any = {"enum": ["", *Answer.values]}
    return Field("", description=description, json_schema_extra=extra)


class EventSent(Sent):
    start: Text = text(
        "`2026-03-14T18:30` by the clocks of `zone`, or with its distance from UTC; "
        "`2026-03-14` is all day."
    )
    end: Text = text("Likewise; an open end if left out.")
    zone: Text = text("Such as `America/New_York`; has to be given.")
    which: Text = Field(
        "",
        description="Which of an hour that comes twice when clocks are put back.",
        json_schema_extra={"enum": ["", "first", "second"]},
    )
    rule: Text = text(
        "An RRULE that ends, such as `FREQ=WEEKLY;COUNT=8`: makes further dates.",
        RULE_LENGTH,
    )
    dates: list[Text] = Field(
        [],
        max_length=MOST_DATES,
        description="Further dates: `2026-03-21T18:00`, or the day alone for the same "
        "hour.",
    )
    place: Text = text("Such as `Union Hall`.", LINE_LENGTH)
    address: Text = text("Street and town.", LINE_LENGTH)
    address_private: bool = Field(
        False,  # noqa: FBT003 - pydantic's default
        description="The address is told to those who sign up, and to nobody else.",
    )
    position: Text = text("Latitude and longitude: `43.0747, -89.3842`.", LINE_LENGTH)
    online_url: Text = text("Where to take part online.", LINK_LENGTH)
    step_free: Text = _answer("Whether no step is in the way.")
    sign_language: Text = _answer("Whether there is sign language.")
    captions: Text = _answer("Whether what is said is captioned.")
    seating: Text = _answer("Whether one can sit.")
    accessibility: Text = text("More about access.", WORDS_LENGTH)
    languages: Text = text("Languages spoken there.", LINE_LENGTH)
    price: Text = text("In words.", LINE_LENGTH)
    contact: Text = text("Whom to ask; public.", LINE_LENGTH)


class OccurrenceShown(BaseModel):
    number: int
    url: str
    uid: str
    start: str
    end: str | None
    moved_from: str | None
    cancelled: bool
    note: str


class EventShown(BaseModel):
    uid: str
    zone: str
    all_day: bool
    rule: str = Field(description="What made its dates; the dates are what counts.")
    place: str
    address: str
    address_private: bool
    latitude: float | None
    longitude: float | None
    online_url: str
    step_free: str
    sign_language: str
    captions: str
    seating: str
    accessibility: str
    languages: str
    price: str
    contact: str
    sequence: int
    calendar: str = Field(description="The event as iCalendar.")
    dates: list[OccurrenceShown]
