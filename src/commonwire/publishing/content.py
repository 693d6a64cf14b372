"""What a form or a program says a post should be, after validation."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from commonwire.accounts.models import ApiToken
from commonwire.kit import markup
from commonwire.kit.buckets import Network
from commonwire.media.models import Attachment
from commonwire.publishing.models import Section
from commonwire.publishing.parts import PartContent
from commonwire.publishing.release import Release, ReleaseContent


def _hash_of(texts: list[str]) -> str:
    """The same for the same words, whatever their spacing and case."""
    folded = " ".join(" ".join(texts).casefold().split())
    return hashlib.sha256(folded.encode()).hexdigest()


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
    def text_hash(self) -> str:
        """That of a post with these words, too."""
        return _hash_of([self.title, self.body])


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
    release: ReleaseContent | None = None
    # What its kind has of its own: see `publishing.parts`.
    own: PartContent | None = None

    @property
    def embargo_until(self) -> datetime | None:
        told = self.release or self.own
        return told.embargo_until if told else None

    @cached_property
    def text_hash(self) -> str:
        parts = [self.title, self.summary, self.body]
        return _hash_of(
            [*parts, *(f"{part.title} {part.body}" for part in self.addenda)]
        )

    @property
    def as_release(self) -> Release | None:
        return self.release.release if self.release else None

    @property
    def has_files(self) -> bool:
        return any([self.attachments, *(part.attachments for part in self.addenda)])

    @property
    def texts(self) -> list[str]:
        own = [self.title, self.byline, self.summary, self.body, self.related_url]
        own += self.release.release.texts if self.release else []
        own += self.own.texts if self.own else []
        return own + [
            text
            for part in self.addenda
            for text in (part.title, part.byline, part.body, part.related_url)
        ]

    @property
    def captions(self) -> list[str]:
        """What is said of its files."""
        files = [*self.attachments]
        files += [file for part in self.addenda for file in part.attachments]
        return [text for f in files for text in (f.alt, f.caption, f.credit) if text]


@dataclass(frozen=True)
class Changed(Content):
    """A published post as it will stand after its author's change."""

    before: Content | None = None
    # The new part, when the change adds one.
    added: AddendumContent | None = None
    # An editor has put the post in a class.
    is_sorted: bool = False

    @property
    def repeats_itself(self) -> bool:
        """The new part says what another part of the post says already."""
        if self.added is None or self.before is None:
            return False
        return self.added.text_hash in {part.text_hash for part in self.before.addenda}


@dataclass(frozen=True)
class Comment(Content):
    """What a reader adds to a post, as screening looks at it: the words of an addendum
    as those of a post."""

    # The post's number.
    on: int = 0


@dataclass(frozen=True)
class Doubt:
    """A reason to let a post wait for an editor: a stable code, and words for its
    author."""

    code: str
    words: str
    # The slug of the published rule that it comes from, if it is one's.
    rule: str = ""


@dataclass(frozen=True)
class Facts:
    """What screening may know of how a post came."""

    network: Network
    now: datetime
    honeypot_filled: bool = False
    # When the form was opened; None when nobody can say.
    opened_at: datetime | None = None
    through_form: bool = True
    # Its author was asked whether it is like another post, and says no.
    insists: bool = False
    # What the way it came gave reason for already.
    doubts: tuple[Doubt, ...] = ()
    # Of a program; and what the draft knows of who publishes, for whom the settings
    # name.
    token: ApiToken | None = None
    signs: Mapping[str, Any] = field(default_factory=dict)


class Known(Protocol):
    """A calendar whose owner is verified: what comes of it is not a stranger's."""

    kept_for: str


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
    # Of a press release, what it says beside its fields.
    release: ReleaseContent | None = None
    # And of another kind.
    own: PartContent | None = None
