from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from commonwire.kit import markup
from commonwire.media.models import Attachment
from commonwire.publishing.actions.featuring import FeatureContent
from commonwire.publishing.content import AddendumContent, Content
from commonwire.publishing.models import Post, Section
from commonwire.publishing.parts import Part, part_of


@dataclass(frozen=True)
class PreviewPart:
    """An addendum as the templates of the printed page ask for it."""

    title: str
    byline: str
    body_html: str
    related_url: str
    published_at: datetime
    attachments: list[Attachment]


@dataclass(frozen=True)
class Preview:
    """A draft's post as the templates of the printed page ask for it."""

    content: Content
    published_at: datetime
    waiting_since: None = None
    withdrawn_at: None = None
    raw: bool = False
    wire_class: str = "unsorted"
    corrected: list[Any] = field(default_factory=list)
    pk: int = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.content, name)

    @property
    def body_html(self) -> str:
        return markup.render(self.content.body)

    @property
    def part(self) -> Part | None:
        return part_of(self.content.kind)

    @property
    def told(self) -> Any:
        """What its kind has of its own, as the templates ask for it."""
        return self.part.shown(self.content.own) if self.part else None

    @property
    def sections(self) -> list[Section]:
        return [*self.content.topics, *self.content.regions]

    @property
    def parts(self) -> list[PreviewPart]:
        return [self._part(part) for part in self.content.addenda]

    def _part(self, part: AddendumContent) -> PreviewPart:
        return PreviewPart(
            title=part.title,
            byline=part.byline,
            body_html=part.body_html,
            related_url=part.related_url,
            published_at=self.published_at,
            attachments=list(part.attachments),
        )


@dataclass(frozen=True)
class FeaturePreview:
    """A feature as `public/_feature.html` asks for it, before it is saved."""

    content: FeatureContent
    featured_at: datetime = field(default_factory=timezone.now)
    updated_at: None = None
    pk: int = 0

    @property
    def headline(self) -> str:
        return self.content.headline

    @property
    def blurb_html(self) -> str:
        return markup.render(self.content.blurb)

    @property
    def shown_picture(self) -> Attachment | None:
        return self.content.picture

    @property
    def shown_posts(self) -> tuple[Post, ...]:
        return self.content.posts
