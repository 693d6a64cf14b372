from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext

from commonwire.media.models import Attachment
from commonwire.publishing import parts
from commonwire.publishing.content import Content
from commonwire.publishing.forms import AddendumForm, PostForm
from commonwire.publishing.parts import PartForms
from commonwire.publishing.release_forms import ReleaseForms
from commonwire.publishing.states import Kind
from commonwire.publishing.typed import MOST_ADDENDA, MOST_FILES


class DraftForms:
    """The form of a post with those of its addenda, over what a draft holds."""

    def __init__(
        self, typed: Mapping[str, Any], pictures: Mapping[int, tuple[Attachment, ...]]
    ) -> None:
        """``pictures``: attachments by part, 0 for the post, n for its nth addendum."""
        self.typed = typed
        self.pictures = pictures
        self.post = PostForm(typed, pictures=len(pictures.get(0, ())))
        self.addenda = [
            AddendumForm(
                part,
                pictures=len(pictures.get(number, ())),
                auto_id=f"id_addendum-{number - 1}-%s",
            )
            for number, part in enumerate(typed.get("addenda", ()), start=1)
        ]

    @property
    def general_errors(self) -> list[str]:
        """Errors that belong to no single field."""
        return self.own_errors + (self.own.general_errors if self.own else [])

    @property
    def own_errors(self) -> list[str]:
        """Those that are not of what its kind has of its own."""
        errors = []
        if len(self.addenda) > MOST_ADDENDA:
            errors.append(
                gettext("There are %(here)s addenda; %(most)s fit.")
                % {"here": len(self.addenda), "most": MOST_ADDENDA}
            )
        files = sum(len(found) for found in self.pictures.values())
        if files > MOST_FILES:
            errors.append(
                gettext("There are %(here)s files; %(most)s fit. Remove some.")
                % {"here": files, "most": MOST_FILES}
            )
        return errors + (self.release.general_errors if self.is_release else [])

    @property
    def is_release(self) -> bool:
        return bool(self.post["kind"].value() == Kind.RELEASE)

    @cached_property
    def release(self) -> ReleaseForms:
        """Made when asked for: publishing a report has no use for its many fields."""
        forms = ReleaseForms(self.typed.get("release"))
        forms.wanted = self.is_release
        return forms

    @cached_property
    def own(self) -> PartForms | None:
        """What the chosen kind has of its own."""
        kind = str(self.post["kind"].value())
        part = parts.part_of(kind)
        return part.forms(self.typed.get(kind) or {}) if part else None

    @property
    def of_kinds(self) -> list[PartForms]:
        """The forms of every kind, for the page: style alone hides the others."""
        return [
            self.own
            if self.own and self.own.part is part
            else part.forms(self.typed.get(part.kind), wanted=False)
            for part in parts.every()
        ]

    @cached_property
    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in [self.post, *self.addenda]]
        if self.is_release:
            valid.append(self.release.is_valid)
        if self.own:
            valid.append(self.own.is_valid)
        return all(valid) and not self.general_errors

    @property
    def content(self) -> Content:
        addenda = tuple(
            form.content(self.pictures.get(number, ()))
            for number, form in enumerate(self.addenda, start=1)
        )
        content = self.post.content(self.pictures.get(0, ()), addenda)
        if self.own:
            return replace(content, own=self.own.content)
        if not self.is_release:
            return content
        return replace(content, release=self.release.content)
