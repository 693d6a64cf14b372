"""The files of a draft: taking them in, describing, ordering and removing them."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from commonwire.kit.numbers import row_number
from commonwire.kit.typed_text import clean_line, clean_text
from commonwire.media import actions as media
from commonwire.media import quotas
from commonwire.media.messages import Refused
from commonwire.media.models import Attachment
from commonwire.media.states import QUICK
from commonwire.media.upload import QuarantinedFile
from commonwire.publishing import author_queries, wordless
from commonwire.publishing.actions import drafts, files, uploads
from commonwire.publishing.draft_forms import DraftForms
from commonwire.publishing.models import Draft, Placement
from commonwire.publishing.notices import Notice, about_field

_CAPTIONS = re.compile(r"file-[A-Za-z0-9_-]{1,40}-captions")
_ADDENDUM_FILES = re.compile(r"addendum-([0-9]{1,3})-files")


@dataclass(frozen=True)
class Part:
    """The post (number 0) or an addendum of a draft, with its form and pictures."""

    number: int
    form: Any
    placements: list[Placement]


class DraftPictures:
    """``folder``: where previews lie, under the draft's address."""

    def __init__(self, draft: Draft, folder: str = "") -> None:
        self.draft = draft
        self.folder = folder

    @cached_property
    def placements(self) -> list[Placement]:
        found = author_queries.draft_placements(self.draft)
        for placement in found:
            placement.attachment.folder = self.folder
        return found

    @property
    def forms(self) -> DraftForms:
        return DraftForms(self.draft.typed, self.by_part)

    @property
    def by_part(self) -> dict[int, tuple[Attachment, ...]]:
        found: dict[int, tuple[Attachment, ...]] = defaultdict(tuple)
        for placement in self.placements:
            if not placement.attachment.refusal:
                found[placement.part] += (placement.attachment,)
        return dict(found)

    @property
    def refused(self) -> list[Notice]:
        """Those that were taken in and could not be made, each at its card."""
        return [
            Notice(
                _("%(kind)s %(number)s is left out of the post: %(why)s")
                % {
                    "kind": capfirst(placement.attachment.get_kind_display()),
                    "number": placement.position + 1,
                    "why": placement.attachment.refusal,
                },
                f"card-{placement.attachment.public_id}",
            )
            for placement in self.placements
            if placement.attachment.refusal
        ]

    @property
    def unfinished(self) -> int:
        """How many were begun and are not whole here; each holds a place."""
        if not self.draft.pk:
            return 0
        return self.draft.uploads.filter(attachment=None).count()

    def parts(self, forms: DraftForms) -> list[Part]:
        """Every part of the form with its pictures."""
        numbered: list[Any] = [forms.post, *forms.addenda]
        return [
            Part(number, form, [p for p in self.placements if p.part == number])
            for number, form in enumerate(numbered)
        ]

    def apply(self, form: Mapping[str, Any], sent: Mapping[str, Any]) -> list[Notice]:
        """Take over what the form says of each file; remove those ticked. A notice
        for each captions file among those ``sent`` that could not be read."""
        if form.get("unfinished-remove"):
            uploads.end_unfinished(draft=self.draft)
        if not self.placements:
            return []
        notices: list[Notice] = []
        kept, removed = [], []
        for placement in self.placements:
            name = f"file-{placement.attachment.public_id}"
            if form.get(f"{name}-remove"):
                removed.append(placement)
            else:
                kept.append(placement)
                if f"{name}-caption" in form:
                    words = words_typed(form, name)
                    media.describe(attachment=placement.attachment, **words)
                    wordless.choose(placement.attachment, form)
                if f"{name}-captions" in sent:
                    file = sent[f"{name}-captions"]
                    notices += take_captions(placement.attachment, file)
        if removed:
            drafts.remove_from_draft(placements=removed)
        self._order(kept, form)
        del self.placements
        return notices

    def _order(self, placements: list[Placement], form: Mapping[str, Any]) -> None:
        for part in {placement.part for placement in placements}:
            inside = [item for item in placements if item.part == part]
            drafts.order(placements=as_numbered(inside, form))

    def remove_part(self, part: int) -> None:
        """An addendum was removed: its pictures go, later ones move up."""
        drafts.remove_from_draft(
            placements=[item for item in self.placements if item.part == part]
        )
        drafts.move_up(draft=self.draft, after=part)


def cover_address(draft: Draft, do: str, folder: str, back: str) -> str:
    """Where the file is covered whose button was pressed; empty for other buttons."""
    verb, _dash, public_id = do.partition("-")
    placed = draft.placements.filter(attachment__public_id=public_id)
    if verb != "cover" or not placed.exists():
        return ""
    return f"{folder}/{public_id}/cover/?back={quote(back)}"


def words_typed(form: Mapping[str, Any], name: str) -> dict[str, Any]:
    """What a form says of a file, made fit for `media.describe`."""
    return {
        "alt": clean_line(form.get(f"{name}-alt", "")).text[:1_000],
        "caption": clean_line(form.get(f"{name}-caption", "")).text[:1_000],
        "credit": clean_line(form.get(f"{name}-credit", "")).text[:200],
        "decorative": bool(form.get(f"{name}-decorative")),
        "text": clean_text(form[f"{name}-text"]).text
        if f"{name}-text" in form
        else None,
    }


def as_numbered(
    placements: list[Placement], form: Mapping[str, Any]
) -> list[Placement]:
    """In the order of the numbers typed. Who gives a file another's number means it to
    take that place: before it on the way up, after it on the way down."""

    def wanted(numbered: tuple[int, Placement]) -> tuple[int, int]:
        was, placement = numbered
        typed = form.get(f"file-{placement.attachment.public_id}-position", "")
        told = row_number(typed)
        number = placement.position + 1 if told is None else told
        return number, (number > was) - (number < was)

    return [found for _was, found in sorted(enumerate(placements, 1), key=wanted)]


def _receive(draft: Draft, file: QuarantinedFile) -> Attachment:
    size = file.size or 0
    upload = file.keep()
    quotas.check_post(size, taken=draft.received)
    uploads.check_site(size)
    attachment = media.receive(upload=upload)
    uploads.count(draft=draft, received=size)
    draft.received += size
    return attachment


def take_captions(attachment: Attachment, file: QuarantinedFile) -> list[Notice]:
    if not file.size:
        return []
    try:
        media.caption(attachment=attachment, upload=file.keep())
    except Refused as refused:
        field = f"file-{attachment.public_id}-captions"
        return [about_field(f"“{file.name}”: {refused}", field)]
    return []


def _part_of(field: str, addenda: int) -> int:
    """The addendum that a field's files are for; the post, when there is none such."""
    match = _ADDENDUM_FILES.fullmatch(field)
    part = int(match[1]) + 1 if match else 0
    return part if part <= addenda else 0


def _field_of(part: int) -> str:
    """The field that files of a part are chosen in."""
    return f"addendum-{part - 1}-files" if part else "files"


def take_in(draft: Draft, sent: Any, *, addenda: int) -> list[Notice]:
    """Take in what was sent; a notice for each that could not be taken.

    Pictures and documents are waited for, a while; video and sound are made behind.
    """
    notices: list[Notice] = []
    taken: list[tuple[str, Placement]] = []
    underway = draft.uploads.filter(attachment=None)
    room = draft.most_files - draft.placements.count() - underway.count()
    for field in sent:
        if _CAPTIONS.fullmatch(field):
            continue
        part = _part_of(field, addenda)
        shown = _field_of(part)
        for file in sent.getlist(field):
            if room <= 0:
                file.close()
                words = _left_out(file.name, draft.most_files)
                notices.append(about_field(words, shown))
                continue
            try:
                attachment = _receive(draft, file)
            except Refused as refused:
                notices.append(about_field(f"“{file.name}”: {refused}", shown))
            else:
                placed = drafts.place_in_draft(
                    draft=draft, attachment=attachment, part=part
                )
                taken.append((file.name, placed))
                room -= 1
    return notices + _make_quick_ones(taken)


def _left_out(name: str, most: int) -> str:
    if most == 1:
        return _("“%(name)s” was left out: one file fits in a comment.") % {
            "name": name
        }
    words = _("“%(name)s” was left out: %(most)s files fit in a post.")
    return words % {"name": name, "most": most}


def _make_quick_ones(taken: list[tuple[str, Placement]]) -> list[Notice]:
    notices: list[Notice] = []
    quick = [each for each in taken if each[1].attachment.kind in QUICK]
    attachments = [placement.attachment for _name, placement in quick]
    files.make_all_now(attachments, seconds=files.WAIT_SECONDS)
    for name, placement in quick:
        if placement.attachment.refusal:
            words = f"“{name}”: {placement.attachment.refusal}"
            notices.append(about_field(words, _field_of(placement.part)))
            drafts.remove_from_draft(placements=[placement])
    return notices
