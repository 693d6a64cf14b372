"""What a call has beside every post, as programs send and get it."""

from typing import Any

from pydantic import BaseModel, Field

from commonwire.calls.models.call import (
    ASK_LENGTH,
    DEMAND_LENGTH,
    KNOW_LENGTH,
    LINE_LENGTH,
    MOST_ASKS,
    MOST_DEMANDS,
)
from commonwire.calls.states import AskKind, DemandStatus
from commonwire.publishing.models.post import LINK_LENGTH
from commonwire.publishing.sent import Sent, Text, text


class AskSent(Sent):
    kind: Text = Field(
        AskKind.OTHER.value,
        description="What is asked.",
        json_schema_extra={"enum": list(AskKind.values)},
    )
    text: Text = text("In words; has to be given.", ASK_LENGTH)


class DemandSent(Sent):
    addressee: Text = text("Of whom.", LINE_LENGTH)
    status: Text = Field(
        DemandStatus.OPEN.value,
        description="What became of it.",
        json_schema_extra={"enum": list(DemandStatus.values)},
    )
    since: Text = text("The day on which it came to that, `2027-01-16`.")
    number: int = Field(
        0,
        ge=0,
        le=1_000,
        description="Of a demand that stands already, as the call shows it: its history "
        "goes on. A demand whose number is not sent is dropped, and says so.",
    )
    text: Text = text("What is demanded; has to be given.", DEMAND_LENGTH)


class CallLinkSent(Sent):
    url: Text = text("A web address.", LINK_LENGTH)
    words: Text = text("What is there.", LINE_LENGTH)


class CallContactSent(Sent):
    name: Text = text("Whom to ask.", LINE_LENGTH)
    office: Text = text("Such as “press officer”.", LINE_LENGTH)
    organisation: Text = text("Of which body.", LINE_LENGTH)
    phone: Text = text("A telephone number.", LINE_LENGTH)
    email: Text = text("A mail address.", LINE_LENGTH)
    press_only: bool = Field(
        False,  # noqa: FBT003 - pydantic's default
        description="Behind a click and a proof of work; in no feed, file or answer.",
    )


class CallSent(Sent):
    start: Text = text(
        "`2027-01-16T08:00` by the clocks of `zone`; `2027-01-16` is all day. Has to be "
        "given."
    )
    end: Text = text("Likewise; the same day, or an open end, if left out.")
    zone: Text = text("Such as `America/New_York`; has to be given.")
    asks: list[AskSent] = Field([], max_length=MOST_ASKS)
    demands: list[DemandSent] = Field([], max_length=MOST_DEMANDS)
    know: Text = text("What to bring, know your place.", KNOW_LENGTH)
    ask_whom: Text = text("Who to ask.", LINE_LENGTH)
    issuers: list[Text] = Field(
        [],
        description="Slugs of organisations here; named when their stewards accept.",
    )
    links: list[CallLinkSent] = Field([], max_length=20)
    contacts: list[CallContactSent] = Field([], max_length=10)
    translates: Text = text("The address of the same call in another language.")
    called_off: Text = text(
        "In a correction: why it is called off. It stays where it is and says so. Its "
        "author takes it up again in their room.",
        DEMAND_LENGTH,
    )
    embargo_at: Text = text("Until when nothing of it is public.")
    embargo_zone: Text = text("Whose clocks are meant.")


class DemandShown(BaseModel):
    number: int
    url: str
    text: str
    addressee: str
    status: str
    since: str
    history: list[dict[str, Any]]


class CallShown(BaseModel):
    """Contacts for the press alone are not among them: `press_contacts` is the page
    where they are asked for."""

    state: str = Field(description="`published`, `updated`, `called-off` or `ended`.")
    called_off_because: str
    start: str
    end: str
    all_day: bool
    zone: str
    version: int = Field(description="Counts changes of its date and its demands.")
    issuers: list[str]
    asks: list[dict[str, str]]
    demands: list[DemandShown]
    know: str
    ask_whom: str
    links: list[dict[str, str]]
    contacts: list[list[str]]
    press_contacts: str | None
    translations: dict[str, str] = Field(description="Addresses by language.")
    outputs: dict[str, str] = Field(description="Text, letters, ninjs and calendar.")
