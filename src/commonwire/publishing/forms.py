from collections.abc import Mapping
from copy import copy, deepcopy
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.core.validators import URLValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from commonwire.kit.mail_mask import mask
from commonwire.kit.markup import MAX_BODY
from commonwire.media.models import Attachment
from commonwire.publishing import parts, queries
from commonwire.publishing.actions.corrections import ADDENDUM_CORRECTABLE, CORRECTABLE
from commonwire.publishing.content import AddendumContent, Content
from commonwire.publishing.models import Addendum, Post, Section
from commonwire.publishing.models.correction import Change
from commonwire.publishing.models.post import (
    BYLINE_LENGTH,
    CONTACT_LENGTH,
    LINK_LENGTH,
    SUMMARY_LENGTH,
    TITLE_LENGTH,
)
from commonwire.publishing.states import Kind, SectionKind
from commonwire.publishing.typed import (
    MOST_FILES_OF_COMMENT,
    is_blank,
)

MOST_SECTIONS = 10
# Of a comment: who has more to say publishes a post, or adds to one with its key.
COMMENT_LENGTH = 10_000
_LANGUAGES = sorted(
    (code, info["name_local"])
    for code, info in LANG_INFO.items()
    if "name_local" in info
)
_NAMES_OF_LANGUAGES = dict(_LANGUAGES)
_is_web_address = URLValidator(schemes=["http", "https"])


def day_field(label: Any, **kwargs: Any) -> forms.CharField:
    widget = forms.DateInput(attrs={"type": "date"})
    return forms.CharField(label=label, required=False, widget=widget, **kwargs)


def time_field(label: Any, **kwargs: Any) -> forms.CharField:
    widget = forms.TimeInput(attrs={"type": "time"})
    return forms.CharField(label=label, required=False, widget=widget, **kwargs)


class TooLong:
    """Says how much is too much, so that nobody counts letters."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, value: str) -> None:
        over = len(value) - self.limit
        if over > 0:
            raise forms.ValidationError(
                ngettext(
                    "This has %(length)s characters; %(limit)s fit. Shorten it by "
                    "%(over)s character.",
                    "This has %(length)s characters; %(limit)s fit. Shorten it by "
                    "%(over)s characters.",
                    over,
                ),
                code="too_long",
                params={"length": len(value), "limit": self.limit, "over": over},
            )


class PublicLine(forms.CharField):
    """A line that everybody reads: robots find no mail address in it."""

    def to_python(self, value: Any) -> str:
        return mask(super().to_python(value) or "")


def line(
    label: Any, limit: int, *, required: Any = "", public: bool = True, **kwargs: Any
) -> forms.CharField:
    """One line of text; ``required`` is what to say when it is missing."""
    field = PublicLine if public else forms.CharField
    return field(
        label=label,
        required=bool(required),
        error_messages={"required": required} if required else None,
        validators=[TooLong(limit)],
        **kwargs,
    )


class LinkField(forms.CharField):
    """A web address, with or without its https://."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, validators=[TooLong(LINK_LENGTH)], **kwargs)
        self.widget.input_type = "url"
        self.widget.attrs["inputmode"] = "url"

    def clean(self, value: Any) -> str:
        address = super().clean(value)
        if not address:
            return ""
        if "://" not in address and ":" not in address.split("/")[0].split(".")[0]:
            address = f"https://{address}"
        try:
            _is_web_address(address)
        except forms.ValidationError as error:
            raise forms.ValidationError(
                _("This is not a web address. Write it like https://example.org/page."),
                code="link",
            ) from error
        return str(address)


class Shared(dict[str, forms.Field]):
    """The fields of a form that every form of its kind shares, for none changes them:
    Django copies them deeply for each, at the price of a query a field."""

    def __deepcopy__(self, _memo: Any) -> dict[str, forms.Field]:
        return dict(self)


class SectionsField(forms.MultipleChoiceField):
    """Topics or regions, by slug."""

    def __init__(self, unknown: Any, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.CheckboxSelectMultiple, **kwargs)
        self.error_messages["invalid_choice"] = unknown

    def offering(self, sections: list[Section]) -> "SectionsField":
        """The same field with these to choose from."""
        field = copy(self)
        field.widget = copy(self.widget)
        field.choices = [(section.slug, section.name) for section in sections]
        return field

    def validate(self, value: list[str]) -> None:
        if len(value) > MOST_SECTIONS:
            raise forms.ValidationError(
                _("You chose %(chosen)s; choose at most %(most)s."),
                code="too_many",
                params={"chosen": len(value), "most": MOST_SECTIONS},
            )
        super().validate(value)


def _own_languages() -> list[str]:
    return [str(code) for code in queries.the_site().languages] or ["en"]


def languages() -> list[tuple[str, str]]:
    """The site's languages first, then all that have a name of their own."""
    own = _own_languages()
    first = [(code, _NAMES_OF_LANGUAGES.get(code, code)) for code in own]
    return first + [language for language in _LANGUAGES if language[0] not in own]


def kinds() -> list[tuple[str, str]]:
    """Those that this program knows how to publish."""
    plain = (Kind.REPORT, Kind.RELEASE)
    found = (kind for kind in Kind if kind in plain or parts.part_of(kind))
    return [(kind.value, str(kind.label)) for kind in found]


def first_language() -> str:
    return _own_languages()[0]


class LanguageField(forms.ChoiceField):
    """A language by its code; the list of all is made only when it is shown."""

    def valid_value(self, value: str) -> bool:
        return value in _NAMES_OF_LANGUAGES or super().valid_value(value)


def _offering(field: Any, sections: list[Section]) -> forms.Field:
    offering: forms.Field = field.offering(sections)
    return offering


class PostForm(forms.Form):
    """The fields of a post, bound to what was typed (see `publishing.typed`)."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=kinds,
        initial=Kind.REPORT,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what this is: a report, say, or a press release."),
            "invalid_choice": _(
                "“%(value)s” is not something this site publishes; choose report, "
                "say, or press release."
            ),
        },
    )
    title = line(_("Title"), TITLE_LENGTH, required=_("Give it a title."))
    byline = line(
        _("By"),
        BYLINE_LENGTH,
        help_text=_("A name, a group, or nothing: “anonymous”."),
    )
    summary = line(
        _("Summary"),
        SUMMARY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences for the lists."),
    )
    body = forms.CharField(
        label=_("Text"),
        required=False,
        validators=[TooLong(MAX_BODY)],
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    topics = SectionsField(_("There is no topic “%(value)s” here."), label=_("Topics"))
    regions = SectionsField(
        _("There is no region “%(value)s” here."), label=_("Regions")
    )
    language = LanguageField(
        choices=languages,
        initial=first_language,
        label=_("Language of the text"),
        required=False,
        error_messages={
            "invalid_choice": _(
                "“%(value)s” is not a language code this site knows; write one such "
                "as en or es."
            )
        },
    )
    related_url = LinkField(label=_("Related link"))
    contact = line(
        _("Private contact for the editors"),
        CONTACT_LENGTH,
        public=False,
        help_text=_("Never public; wiped after 30 days. Better leave it out."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, pictures: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.pictures = pictures
        topics, regions = queries.sections()
        self.sections = {(item.kind, item.slug): item for item in topics + regions}
        for name, found in (("topics", topics), ("regions", regions)):
            self.fields[name] = _offering(self.fields[name], found)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("body") and not self.pictures and "body" not in self.errors:
            self.add_error("body", _("Write a text, or add a picture."))
        return data

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or first_language()

    def content(
        self,
        attachments: tuple[Attachment, ...] = (),
        addenda: tuple[AddendumContent, ...] = (),
    ) -> Content:
        data = dict(self.cleaned_data)
        data["topics"] = self._chosen(SectionKind.TOPIC, data["topics"])
        data["regions"] = self._chosen(SectionKind.REGION, data["regions"])
        return Content(**data, attachments=attachments, addenda=addenda)

    def _chosen(self, kind: SectionKind, slugs: list[str]) -> tuple[Section, ...]:
        return tuple(self.sections[kind, slug] for slug in dict.fromkeys(slugs))


class AddendumForm(forms.Form):
    """The fields of one § part."""

    title = line(_("Title"), TITLE_LENGTH)
    byline = line(_("By"), BYLINE_LENGTH)
    body = forms.CharField(
        label=_("Text"),
        required=False,
        validators=[TooLong(MAX_BODY)],
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    related_url = LinkField(label=_("Link"))

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, pictures: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.pictures = pictures

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and is_blank(data) and not self.pictures:
            self.add_error(
                "body", _("Write a text, or add a picture or a link, or remove it.")
            )
        return data

    def content(self, attachments: tuple[Attachment, ...] = ()) -> AddendumContent:
        return AddendumContent(**self.cleaned_data, attachments=attachments)


class CommentForm(AddendumForm):
    """The fields of a reader's comment."""

    body = forms.CharField(
        label=_("Comment"),
        required=False,
        validators=[TooLong(COMMENT_LENGTH)],
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.pictures > MOST_FILES_OF_COMMENT:
            words = _("One file fits in a comment. Remove the others.")
            self.add_error("body", words)
        return data


PostForm.base_fields = Shared(PostForm.base_fields)
AddendumForm.base_fields = Shared(AddendumForm.base_fields)
CommentForm.base_fields = Shared(CommentForm.base_fields)


class CorrectionForm(forms.Form):
    """The texts of a published post or addendum, with a word on why they change."""

    note = line(
        _("What was wrong?"),
        500,
        help_text=_("Shown with the correction. May be left out."),
    )

    def __init__(
        self, target: Post | Addendum, data: Mapping[str, Any] | None = None
    ) -> None:
        self.target = target
        self.is_post = isinstance(target, Post)
        model = PostForm if self.is_post else AddendumForm
        names = CORRECTABLE if self.is_post else ADDENDUM_CORRECTABLE
        initial = {name: getattr(target, name) for name in names}
        super().__init__(data, initial=initial)
        self.fields = {
            **{name: deepcopy(model.base_fields[name]) for name in names},
            "note": self.fields["note"],
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "body" not in data:  # wrong already, or not among what a program corrects
            return data
        left = data["body"] if self.is_post else not is_blank(data)
        if not left and not self._has_pictures():
            self.add_error("body", _("Write a text, or add a picture."))
        return data

    @property
    def changes(self) -> list[Change]:
        """What would be different, field by field."""
        return [
            Change(capfirst(str(self.fields[name].label)), before, typed)
            for name, before in self.initial.items()
            if (typed := self.cleaned_data.get(name, before)) != before
        ]

    def _has_pictures(self) -> bool:
        return self.target.placements.exists()

    def clean_language(self) -> str:
        return str(self.cleaned_data["language"] or self.initial["language"])
