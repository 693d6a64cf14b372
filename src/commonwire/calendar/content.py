"""What a form or a program says of an event, after validation."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from commonwire.calendar.dates import Span
from commonwire.calendar.models import Event
from commonwire.calendar.states import ACCESS, Answer


@dataclass(frozen=True)
class EventContent:
    """``dates``: the first is the one that was said, the others follow from it; None
    where they stay as they are, in corrections."""

    zone: str
    dates: tuple[Span, ...] | None = None
    all_day: bool = False
    rule: str = ""
    place: str = ""
    address: str = ""
    private_address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    online_url: str = ""
    step_free: str = Answer.UNKNOWN
    sign_language: str = Answer.UNKNOWN
    captions: str = Answer.UNKNOWN
    seating: str = Answer.UNKNOWN
    accessibility: str = ""
    languages: str = ""
    price: str = ""
    contact: str = ""
    # Of one that was imported: what it is known by, and from which calendar.
    uid: str = ""
    source: int | None = None

    @classmethod
    def of(cls, event: Event) -> "EventContent":
        told = {name: getattr(event, name) for name in PLAIN}
        rows = event.occurrences.all()
        return cls(dates=tuple(Span(row.begins, row.ends) for row in rows), **told)

    @property
    def plain(self) -> dict[str, Any]:
        """What stands in the event's own row."""
        return {name: getattr(self, name) for name in PLAIN}

    @property
    def texts(self) -> list[str]:
        """What everybody may read of it, for screening."""
        lines = (self.place, self.address, self.online_url, self.accessibility)
        return [*lines, self.languages, self.price, self.contact]

    @property
    def embargo_until(self) -> datetime | None:
        return None

    @property
    def access(self) -> list[tuple[str, str]]:
        """What is known of the place: the words for it, and “yes” or “no”."""
        told = ((words, getattr(self, name)) for name, words in ACCESS.items())
        return [
            (str(words), str(Answer(answer).label))
            for words, answer in told
            if answer != Answer.UNKNOWN
        ]


_ELSEWHERE = {"dates", "uid", "source"}
PLAIN = tuple(each.name for each in fields(EventContent) if each.name not in _ELSEWHERE)
