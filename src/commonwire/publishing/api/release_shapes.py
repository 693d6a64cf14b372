"""What a press release has beside every post, as programs send and get it."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from commonwire.publishing.release import ReleaseKind, Status
from commonwire.publishing.release_forms import (
    BOILERPLATE_LENGTH,
    LINE_LENGTH,
    QUOTE_LENGTH,
    SUBHEADLINE_LENGTH,
)
from commonwire.publishing.release_typed import MOST_ROWS
from commonwire.publishing.sent import Sent, Text, not_null, text


class ContactSent(Sent):
    name: Text = text("Whom to ask.", LINE_LENGTH)
    office: Text = text("Such as “press officer”.", LINE_LENGTH)
    organisation: Text = text("Of which body.", LINE_LENGTH)
    phone: Text = text("A telephone number.", LINE_LENGTH)
    email: Text = text("A mail address.", LINE_LENGTH)
    press_only: bool = Field(
        False,  # noqa: FBT003 - pydantic's default
        description="Behind a click and a proof of work; in no feed, file or answer.",
    )


class QuoteSent(Sent):
    words: Text = text("What was said, without quotation marks.", QUOTE_LENGTH)
    speaker: Text = text("Who said it.", LINE_LENGTH)
    office: Text = text("Their office.", LINE_LENGTH)
    organisation: Text = text("Their body.", LINE_LENGTH)


class BoilerplateSent(Sent):
    organisation: Text = text("Which body.", LINE_LENGTH)
    text: Text = text("What it is.", BOILERPLATE_LENGTH)


class ReleaseSent(Sent):
    kind: Text = Field(
        ReleaseKind.RELEASE.value,
        description="A `correction` needs `corrects`.",
        json_schema_extra={"enum": list(ReleaseKind.values)},
    )
    status: Text = Field(
        "",
        description="`embargoed` needs `embargo_at`.",
        json_schema_extra={"enum": ["", *Status.values]},
    )
    embargo_at: Text = text(
        "Until when nothing of it is public: `2026-03-03T06:00` with `embargo_zone`, or "
        "with its distance from UTC, `2026-03-03T06:00:00-05:00`."
    )
    embargo_zone: Text = text("Whose clocks are meant: `America/New_York`.")
    issued: Text = text("The date of issue, `2026-03-03`.")
    subheadline: Text = text("One line below the headline.", SUBHEADLINE_LENGTH)
    dateline: Text = text("Such as `RIVERTON, March 3`.", LINE_LENGTH)
    end_mark: Text = text("`###` if left out.", 30)
    corrects: Text = text("The address of the release that this one corrects.")
    licence: Text = text("What newsrooms may do with it.", SUBHEADLINE_LENGTH)
    contacts: list[ContactSent] = Field([], max_length=MOST_ROWS["contacts"])
    quotes: list[QuoteSent] = Field([], max_length=MOST_ROWS["quotes"])
    boilerplates: list[BoilerplateSent] = Field(
        [], max_length=MOST_ROWS["boilerplates"]
    )


ReleaseGiven = Annotated[ReleaseSent | None, not_null]


class ReleaseShown(BaseModel):
    """Contacts for the press alone are not among them: `press_contacts` is the page
    where they are asked for."""

    kind: str
    status: str
    embargoed_until: str | None = Field(description="Also when it is over.")
    issued: str
    subheadline: str
    dateline: str
    end_mark: str
    corrects: str
    licence: str
    contacts: list[dict[str, str]]
    quotes: list[dict[str, str]]
    boilerplates: list[dict[str, str]]
    press_contacts: str | None
    outputs: dict[str, Any] = Field(description="Text, letters, ninjs and press kit.")
