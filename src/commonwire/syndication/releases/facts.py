"""What all outputs of a release say, in the language that it is written in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import formats, timezone, translation
from django.utils.encoding import iri_to_uri

from commonwire.calls.releases import CallNote, note_of, turns_of
from commonwire.kit.mail_mask import mask
from commonwire.media.models import Attachment
from commonwire.publishing.models import Post, Site
from commonwire.publishing.release import Release
from commonwire.syndication.releases.blocks import Block, blocks_of
from commonwire.syndication.releases.words import WORDS


@dataclass(frozen=True)
class Facts:
    """Of a post that `queries.post_at` read, whose ``release`` it is. ``note``: what
    became of the call that it was made of; ``turns``: how often that was another."""

    post: Any
    release: Release
    site: Site
    note: CallNote | None = None
    turns: int = 0

    @classmethod
    def of(cls, post: Post, site: Site) -> "Facts":
        release = post.as_release
        if release is None:
            raise ValueError("only a press release has these outputs")
        return cls(post, release, site, note_of(post), turns_of(post))

    def word(self, name: str) -> str:
        code = self.post.language.partition("-")[0]
        return WORDS.get(code, WORDS["en"])[name]

    @property
    def kind(self) -> str:
        return self.word(self.release.kind)

    @property
    def status(self) -> str:
        until = self.release.embargoed_until
        if until is None:
            return self.word("immediate")
        with translation.override(self.post.language):
            said = formats.date_format(until, "DATETIME_FORMAT")
        return self.word("was") % f"{said} {until:%Z}"

    @property
    def noted(self) -> str:
        return self.note.line if self.note else ""

    @property
    def issued(self) -> str:
        day = self.release.issued_on or timezone.localdate(
            self.post.published_at, self.site.zone
        )
        with translation.override(self.post.language):
            return str(formats.date_format(day, "DATE_FORMAT"))

    @property
    def issuer(self) -> str:
        return mask(self.post.byline)

    @property
    def address(self) -> str:
        return str(iri_to_uri(settings.SITE_URL + self.post.path))

    @property
    def press_address(self) -> str:
        """Where the contacts for the press alone are asked for."""
        if not self.release.for_press:
            return ""
        return f"{settings.SITE_URL}/press/{self.post.pk}/"

    @property
    def licence(self) -> str:
        return self.release.licence or self.word("no licence")

    @property
    def blocks(self) -> list[Block]:
        return blocks_of(self.post.body_html)

    @property
    def abouts(self) -> list[tuple[str, str]]:
        return [
            (self.word("about") % mask(each.organisation), mask(each.text))
            for each in self.release.boilerplates
        ]

    @property
    def contacts(self) -> list[list[str]]:
        """Each as its lines."""
        return [
            list(filter(None, (c.name, c.role, c.phone, mask(c.email))))
            for c in self.release.contacts
        ]

    @property
    def pictures(self) -> list[Attachment]:
        files = [f for part in (self.post, *self.post.parts) for f in part.attachments]
        return [file for file in files if file.kind == "picture" and file.is_made]

    @property
    def changed_at(self) -> datetime:
        changed: datetime = self.post.updated_at
        return changed


def caption_of(picture: Attachment) -> str:
    """Caption and credit on one line."""
    told = (picture.caption or picture.alt, picture.credit)
    return mask(" · ".join(" ".join(each.split()) for each in told if each))


def summary_of(facts: Facts) -> str:
    """Unless its sub-headline says it already."""
    summary = facts.post.summary
    return "" if summary == facts.release.subheadline else mask(summary)
