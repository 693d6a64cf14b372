"""What a form or a program says a call should be, after validation."""

from dataclasses import dataclass
from datetime import date, datetime

from commonwire.calls.states import DemandStatus
from commonwire.calls.when import When
from commonwire.publishing.release import Contact


@dataclass(frozen=True)
class AskContent:
    kind: str
    text: str


@dataclass(frozen=True)
class DemandContent:
    """``number``: of a demand that stands already; 0 for a new one. ``since``: the day
    on which it came to its status; today if it is not said."""

    text: str
    addressee: str = ""
    status: str = DemandStatus.OPEN.value
    since: date | None = None
    number: int = 0


@dataclass(frozen=True)
class Link:
    url: str
    words: str = ""


@dataclass(frozen=True)
class CallContent:
    """``translates``: the number of the call that this is in another language."""

    when: When
    asks: tuple[AskContent, ...] = ()
    demands: tuple[DemandContent, ...] = ()
    know: str = ""
    ask_whom: str = ""
    links: tuple[Link, ...] = ()
    contacts: tuple[Contact, ...] = ()
    press_contacts: tuple[Contact, ...] = ()
    issuers: tuple[int, ...] = ()
    translates: int | None = None
    embargo_until: datetime | None = None
    # Why it is called off; empty while it stands.
    called_off: str = ""

    @property
    def texts(self) -> list[str]:
        """All that everybody may read of it, for screening."""
        rows = [
            *(each.text for each in self.asks),
            *(f"{each.text} {each.addressee}" for each in self.demands),
            *(f"{each.url} {each.words}" for each in self.links),
            *(each.line for each in self.contacts),
        ]
        return [*rows, self.know, self.ask_whom]
