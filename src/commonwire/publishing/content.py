"""What a form or a program says a post should be, after validation."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from commonwire.kit import markup
from commonwire.kit.buckets import Network
from commonwire.media.models import Attachment
from commonwire.publishing.models import Section


@dataclass(frozen=True)
class AddendumContent:
    title: str = ""
    byline: str = ""
    body: str = ""
    related_url: str = ""
    attachments: tuple[Attachment, ...] = ()

    @property
    def body_html(self) -> str:
        return markup.render(self.body)

    @property
    def pictures(self) -> list[Attachment]:
        return list(self.attachments)


@dataclass(frozen=True)
class Content:
    kind: str
    title: str
    byline: str = ""
    summary: str = ""
    body: str = ""
    language: str = "en"
    related_url: str = ""
    contact: str = ""
    topics: tuple[Section, ...] = ()
    regions: tuple[Section, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    addenda: tuple[AddendumContent, ...] = ()

    @property
    def text_hash(self) -> str:
        """The same for the same words, whatever their spacing and case."""
        parts = [self.title, self.summary, self.body]
        parts += [f"{part.title} {part.body}" for part in self.addenda]
        folded = " ".join(" ".join(parts).casefold().split())
        return hashlib.sha256(folded.encode()).hexdigest()

    @property
    def has_pictures(self) -> bool:
        return any([self.attachments, *(part.attachments for part in self.addenda)])

    @property
    def texts(self) -> list[str]:
        own = [self.title, self.summary, self.body, self.related_url]
        return own + [
            text
            for part in self.addenda
            for text in (part.title, part.body, part.related_url)
        ]


@dataclass(frozen=True)
class Doubt:
    """A reason to let a post wait for an editor: a stable code, and words for its
    author."""

    code: str
    words: str


@dataclass(frozen=True)
class Facts:
    """What screening may know of how a post came."""

    network: Network
    now: datetime
    honeypot_filled: bool = False
    # When the form was opened; None when nobody can say.
    opened_at: datetime | None = None
    through_form: bool = True
    # What the way it came gave reason for already.
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Placed:
    """When and where a post goes, if not now and among the new ones: editors only."""

    published_at: datetime | None = None
    wire_class: str = ""


@dataclass(frozen=True)
class Revision:
    """A correction's new text: field name to value."""

    fields: dict[str, str] = field(default_factory=dict)
    note: str = ""
