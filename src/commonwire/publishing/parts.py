"""Kinds of post that say more than their text, in packages above this one. The setting
`POST_PARTS` names a `Part` for each; everything else asks it here."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django import forms
    from pydantic import BaseModel

    from commonwire.publishing.content import Content
    from commonwire.publishing.models import Post
    from commonwire.publishing.withheld import Withheld


class PartContent(Protocol):
    """What a form or a program says, after validation."""

    @property
    def texts(self) -> list[str]:
        """All that everybody may read of it, for screening."""

    @property
    def embargo_until(self) -> datetime | None:
        """Nothing of the post is public before; none is at once."""


class PartForms(Protocol):
    """The forms of a part, over what was typed."""

    @property
    def part(self) -> "Part":
        """Whose they are: templates look up its `fields_template` and `kind`."""

    @property
    def all(self) -> "list[forms.Form]":
        """For the list of what is wrong, in the order of the page."""

    @property
    def general_errors(self) -> list[str]: ...

    @property
    def errors(self) -> bool:
        """Whether something is wrong, of what was sent."""

    @property
    def is_blank(self) -> bool:
        """Nothing was typed and nothing is wrong: it looks alike for everybody."""

    @property
    def is_valid(self) -> bool: ...

    @property
    def faults(self) -> Iterator[tuple[str, str]]:
        """For programs: the field as they name it, such as `asks[0].text`, and the
        sentence."""

    @property
    def content(self) -> PartContent:
        """Only after `is_valid`."""


class Part:
    """What a kind of post has of its own. What does not apply need not be defined."""

    kind = ""
    # How its page and its lists call it.
    label: Any = ""
    # In the static files: for the form and for the page.
    stylesheet = ""
    # Gets `own`, the PartForms; and `told`, what `shown` gives, with `post`.
    fields_template = ""
    page_template = ""
    # Above the text instead of below it, if there is one.
    head_template = ""
    # What corrections call its fields, by names such as `event.place`.
    names: Mapping[str, Any] = {}
    # Of the API: what is sent and what is shown under the name of the kind.
    sent: "type[BaseModel]"
    shape: "type[BaseModel]"
    description = ""

    def read(self, form: Any) -> dict[str, Any]:
        """Of a browser's form (a QueryDict): plain strings, as a draft keeps them."""
        raise NotImplementedError

    def clean(
        self, raw: Mapping[str, Any], *, post: "Post | None" = None
    ) -> dict[str, Any]:
        """The same of what a program sent, its texts tidied. ``post``: what is not
        given stays as it is there."""
        raise NotImplementedError

    def from_reading(self, reading: Any) -> dict[str, Any] | None:
        """What a pasted release says of it, as it would be typed; nothing where this
        kind has no place for it."""

    # The names of what it takes from a release, each with the control that it goes to:
    # values by their name in the reading, items of lists by their kind.
    taken: "ClassVar[Mapping[str, tuple[Any, str]]]" = {}

    def forms(
        self,
        typed: Mapping[str, Any] | None,
        *,
        post: "Post | None" = None,
        wanted: bool = True,
    ) -> PartForms:
        """``typed``: none is an empty form. ``post``: the one that is corrected.
        ``wanted``: not while another kind is chosen; then nothing is wrong with it."""
        raise NotImplementedError

    def typed_of(self, post: "Post") -> dict[str, Any]:
        """What would have to be typed for the post as it stands."""
        raise NotImplementedError

    def content_of(self, post: "Post") -> PartContent:
        """What a published post says, as it stands."""
        raise NotImplementedError

    def shown(self, content: Any, post: "Post | None" = None) -> Any:
        """For the page's template; ``post``: none in a preview."""
        raise NotImplementedError

    def like(self, content: "Content") -> "Post | None":
        """A post that says the same, so that its author is asked."""

    def publish(self, *, post: "Post", content: Any) -> None:
        """Write it, inside the transaction of the post."""
        raise NotImplementedError

    def compare(
        self, *, post: "Post", content: Any
    ) -> tuple[dict[str, str], dict[str, str]]:
        """What a correction changes that everybody may see, before and after, by the
        names of `names`."""
        raise NotImplementedError

    def changes_unseen(self, *, post: "Post", content: Any) -> bool:  # noqa: ARG002
        """Whether it changes something else."""
        return False

    def withheld(self, *, post: "Post", content: Any) -> "dict[str, Withheld]":  # noqa: ARG002
        """By the names of `names`: of what only some are told, corrections keep
        nothing."""
        return {}

    def correct(self, *, post: "Post", content: Any) -> None:
        """Write it, inside the transaction of the correction."""
        raise NotImplementedError

    def withdraw(self, *, post: "Post") -> None:
        """Delete what it says, inside the transaction of the withdrawal."""
        raise NotImplementedError

    def facts_of(self, post: "Post") -> dict[str, Any]:  # noqa: ARG002
        """What a reader of changes must know of it beside the post's own facts."""
        return {}

    def gathers(self, *, post: "Post") -> bool:  # noqa: ARG002
        """Whether events of others may be put under it."""
        return False

    def called_off(self, post: "Post") -> str:  # noqa: ARG002
        """Of a post of any kind, in its language: that it was called off, or what it is
        of."""
        return ""

    def api_shown(self, post: "Post") -> dict[str, Any] | None:
        """As `shape` says."""
        raise NotImplementedError


@cache
def _named() -> dict[str, Part]:
    return {kind: import_string(name)() for kind, name in settings.POST_PARTS.items()}


def every() -> list[Part]:
    return list(_named().values())


def part_of(kind: str) -> Part | None:
    return _named().get(kind)


def part_at(post: Any) -> Part | None:
    """That of a post which still says something."""
    return None if post.withdrawn_at else part_of(post.kind)


def name_of(field: str) -> str | None:
    """What corrections call a part's field."""
    part = part_of(field.partition(".")[0])
    found = part.names.get(field) if part else None
    return str(found) if found else None
