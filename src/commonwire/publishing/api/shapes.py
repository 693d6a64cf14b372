"""What programs send and get, as types: they refuse what a form cannot read, and
describe the rest in OpenAPI. What the words must be is the forms' business."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from commonwire.kit.markup import MAX_BODY
from commonwire.publishing.api.part_shapes import PartsSent, PartsShown
from commonwire.publishing.api.release_shapes import ReleaseGiven, ReleaseShown
from commonwire.publishing.forms import MOST_SECTIONS, kinds
from commonwire.publishing.models.post import (
    BYLINE_LENGTH,
    CONTACT_LENGTH,
    LINK_LENGTH,
    SUMMARY_LENGTH,
    TITLE_LENGTH,
)
from commonwire.publishing.sent import Sent, Text, text
from commonwire.publishing.states import Kind, WireClass
from commonwire.publishing.typed import MOST_ADDENDA, MOST_FILES


class AddendumSent(Sent):
    title: Text = text("One line.", TITLE_LENGTH)
    byline: Text = text("A name, a group, or nothing for “anonymous”.", BYLINE_LENGTH)
    body: Text = text("A small part of CommonMark.", MAX_BODY)
    related_url: Text = text("A web address.", LINK_LENGTH)
    media: list[Text] = Field(
        [],
        max_length=MOST_FILES,
        description="Ids from `POST /api/v1/media`, in the order they are shown.",
    )


class PostSent(PartsSent):  # type: ignore[valid-type,misc]  # made of the settings
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "release",
                    "title": "Drivers vote to strike on Friday",
                    "byline": "Riverton Transit Union",
                    "summary": "Nine in ten members voted yes.",
                    "body": "The vote was held at **all four depots** on Sunday.",
                    "topics": ["labor"],
                    "related_url": "https://union.example/vote",
                    "addenda": [{"title": "What we ask for", "body": "* Sick pay"}],
                }
            ]
        }
    )

    kind: Text = Field(
        Kind.REPORT.value,
        description="What this is.",
        json_schema_extra={"enum": [kind for kind, _label in kinds()]},
    )
    title: Text = text("One line; has to be given.", TITLE_LENGTH)
    byline: Text = text("A name, a group, or nothing for “anonymous”.", BYLINE_LENGTH)
    summary: Text = text("One or two sentences for the lists.", SUMMARY_LENGTH)
    body: Text = text(
        "A small part of CommonMark: paragraphs, emphasis, lists, quotes, links, "
        "headings. Needed unless there is a picture.",
        MAX_BODY,
    )
    language: Text = text("A code such as `en`; the site's first if left out.")
    topics: list[Text] = Field(
        [], max_length=MOST_SECTIONS, description="Slugs of the site's topics."
    )
    regions: list[Text] = Field(
        [], max_length=MOST_SECTIONS, description="Slugs of the site's regions."
    )
    related_url: Text = text("A web address.", LINK_LENGTH)
    contact: Text = text(
        "For the editors only; never public, wiped after 30 days.", CONTACT_LENGTH
    )
    media: list[Text] = Field(
        [],
        max_length=MOST_FILES,
        description="Ids from `POST /api/v1/media`, in the order they are shown.",
    )
    release: ReleaseGiven = Field(
        None, description="What a press release says beside its text."
    )
    addenda: list[AddendumSent] = Field(
        [], max_length=MOST_ADDENDA, description="§ parts below the post."
    )
    under: int = Field(
        0,
        ge=0,
        description="Of an event: the number of the call under which it stands. It is "
        "listed there when the issuer or an editor has looked, and at once when a "
        "verified organisation issues it.",
    )
    published_at: Text = text(
        "When it was published, if not now: for editors who bring an archive in. "
        "ISO 8601 with a zone, such as `2003-02-15T12:00:00Z`.",
    )
    wire_class: Text = Field(
        "",
        alias="class",
        description="Where it is sorted, for editors.",
        json_schema_extra={"enum": ["", *WireClass.values]},
    )
    altcha: Text = text("The proof of work, if not in the `Altcha` header.")


class CorrectionSent(PartsSent):  # type: ignore[valid-type,misc]  # likewise
    """Only what changes has to be given."""

    title: Text = text("One line.", TITLE_LENGTH)
    byline: Text = text("A name, a group, or nothing.", BYLINE_LENGTH)
    summary: Text = text("One or two sentences.", SUMMARY_LENGTH)
    body: Text = text("A small part of CommonMark.", MAX_BODY)
    related_url: Text = text("A web address.", LINK_LENGTH)
    language: Text = text("A code such as `en`.")
    release: ReleaseGiven = Field(
        None, description="Of a press release; takes the place of all that was there."
    )
    note: Text = text(
        "What was wrong: shown with the correction. Editors have to say it.", 500
    )


class Asked(BaseModel):
    """The parameters of a listing."""

    topic: str = Field("", description="A topic's slug.")
    region: str = Field("", description="A region's slug.")
    kind: str = Field("", description="`report`, `release`, `call` or `event`.")
    wire_class: str = Field(
        "", alias="class", description="`unsorted`, `local`, `global` or `other`."
    )
    limit: int = Field(30, ge=1, le=100, description="How many to a page.")
    after: str = Field("", description="From `next`; not for making up.")


class ChallengeShown(BaseModel):
    """As altcha's libraries and widgets read it."""

    parameters: dict[str, Any] = Field(
        examples=[
            {
                "algorithm": "PBKDF2/SHA-256",
                "cost": 5000,
                "expiresAt": 1795364165,
                "keyLength": 32,
                "keyPrefix": "00",
                "nonce": "8ca42182e836279d26bb6aee7cf33c7a",
                "salt": "3838b6d70699a263543957f2d9f72b2a",
            }
        ]
    )
    signature: str


class Published(BaseModel):
    id: int
    url: str = Field(description="The post's page.")
    key: str = Field(
        description="Six words, told here only: with them the author corrects, adds "
        "to and withdraws the post.",
        examples=["ladder overcast jubilant preface gravy wisdom"],
    )
    listed: bool = Field(description="Whether it is in the lists now.")
    embargo_until: str | None = Field(
        description="Until when nothing of it is public, its address neither."
    )
    waiting: list[str] = Field(description="Why it waits for an editor, if it does.")


class AddendumPublished(BaseModel):
    id: int
    url: str
    listed: bool = Field(description="Whether the post is in the lists now.")
    waiting: list[str] = Field(
        description="Why the post waits for an editor, if it does."
    )


class MediaTaken(BaseModel):
    id: str = Field(description="For `media` of a post; good for a day.")
    kind: str = Field(description="`picture`, `video`, `sound` or `document`.")
    state: str = Field(
        description="`made`, or `waiting` while it is being made; it may be published "
        "at once."
    )
    width: int
    height: int
    removed: list[str] = Field(description="What was found in the file and taken out.")
    note: str


class RenditionShown(BaseModel):
    url: str
    width: int
    height: int
    type: str


class MediaShown(BaseModel):
    id: str
    kind: str = Field(description="`picture`, `video`, `sound` or `document`.")
    state: str = Field(description="`made`, `waiting` or `refused`.")
    seconds: float = Field(description="Playing time; 0 for what does not play.")
    pages: int = Field(description="Of a document.")
    alt: str
    decorative: bool
    caption: str
    credit: str
    width: int
    height: int
    renditions: list[RenditionShown]
    original: str = Field(description="The full size, made anew without metadata.")


class AddendumShown(BaseModel):
    id: int
    by: str = Field(description="`author`, `editor` or `reader`.")
    title: str
    byline: str
    body: str
    body_html: str
    related_url: str
    published_at: str
    media: list[MediaShown]


class CorrectionShown(BaseModel):
    by: str
    note: str
    made_at: str
    addendum: int | None
    fields: list[str] = Field(description="Which fields changed.")


class PostShown(PartsShown):  # type: ignore[valid-type,misc]  # likewise
    id: int
    url: str
    kind: str
    title: str
    byline: str
    summary: str
    body: str = Field(description="As typed, mail addresses masked.")
    body_html: str
    language: str
    topics: list[str]
    regions: list[str]
    related_url: str
    wire_class: str = Field(alias="class")
    listed: bool
    published_at: str
    updated_at: str
    media: list[MediaShown]
    addenda: list[AddendumShown]
    corrections: list[CorrectionShown]
    called_off: str = Field(
        description="Of a call, of a local event of one and of a release made of one: "
        "that the call was called off, in words; empty when it was not."
    )
    release: ReleaseShown | None = Field(description="Of a press release.")


class PostCorrected(PostShown):
    waiting: list[str] = Field(description="Why it waits for an editor, if it does.")


class PostsShown(BaseModel):
    items: list[PostShown]
    next: str | None = Field(description="The address of the next page.")


class FaultShown(BaseModel):
    field: str = Field(
        description="Such as `title`, `addenda[1].body`, `media[0]`; empty for the "
        "request as a whole."
    )
    message: str


class ProblemShown(BaseModel):
    """RFC 9457 problem details."""

    model_config = ConfigDict(title="Problem")

    type: str
    title: str
    status: int
    detail: str
    errors: list[FaultShown] = []
