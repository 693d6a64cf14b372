"""The form of a feature."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import unquote, urlsplit

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonwire.kit.numbers import row_number
from commonwire.media.models import Attachment
from commonwire.publishing.actions.featuring import FeatureContent
from commonwire.publishing.models import Addendum, Feature, Post, Section
from commonwire.publishing.models.correction import Change
from commonwire.publishing.queries import the_site

MOST_POSTS = 12
_ADDRESS = re.compile(r"/(\d{4})/(\d\d)/(\d\d)/([-\w]{1,80})/?")
_MINUTES = "%Y-%m-%dT%H:%M"


class Moment(forms.DateTimeField):
    """A time as the site's clock shows it."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MINUTES)

    def __init__(self, **words: Any) -> None:
        super().__init__(required=False, input_formats=[_MINUTES], **words)

    def to_python(self, value: Any) -> Any:
        with timezone.override(the_site().zone):
            return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        if hasattr(value, "astimezone"):
            return value.astimezone(the_site().zone).strftime(_MINUTES)
        return value


class Sections(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Of numbers that rows can have; the database raises at others."""

    def clean(self, value: Any) -> Any:
        for each in value or ():
            if row_number(str(each)) is None:
                message = self.error_messages["invalid_choice"]
                raise forms.ValidationError(message, params={"value": each})
        return super().clean(value)


class FeatureForm(forms.Form):
    headline = forms.CharField(label=_("Headline"), max_length=200)
    blurb = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A few sentences. Links, *emphasis* and lists as in posts."),
    )
    posts = forms.CharField(
        label=_("Posts"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_("Their addresses or numbers, one a line, in order."),
    )
    picture = forms.ChoiceField(
        label=_("Picture"), required=False, widget=forms.RadioSelect
    )
    on_front = forms.BooleanField(label=_("On the front page"), required=False)
    sections = Sections(
        Section.objects.all(),
        label=_("On the pages of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    starts_at = Moment(label=_("From"), help_text=_("Empty: at once."))
    ends_at = Moment(label=_("Until"), help_text=_("Empty: until it is taken down."))
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=1_000,
        help_text=_("If there is something to say about it, for the public log."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = self._posts_named()
        self.fields["picture"].choices = [  # type: ignore[attr-defined]
            ("", _("No picture")),
            *(
                (file.public_id, file.alt or file.caption or _("without words"))
                for file in self.pictures
            ),
        ]

    @property
    def pictures(self) -> list[Attachment]:
        """Those of the posts that are named, of their parts too."""
        return [file for post in self.found if post for file in _pictures(post)]

    def _posts_named(self) -> list[Post | None]:
        typed = str(self["posts"].value() or "")
        return [_post(line) for line in typed.split("\n") if line.strip()][:MOST_POSTS]

    def clean_posts(self) -> list[Post]:
        lines = [
            line for line in self.cleaned_data["posts"].split("\n") if line.strip()
        ]
        if len(lines) > MOST_POSTS:
            words = _("A feature links to %(most)s posts at most.")
            raise forms.ValidationError(words % {"most": MOST_POSTS})
        for line, post in zip(lines, self.found, strict=True):
            if post is None:
                words = _("No listed post is at “%(line)s”. Copy its address again.")
                raise forms.ValidationError(words % {"line": line.strip()[:200]})
        return list(dict.fromkeys(post for post in self.found if post))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if ends and ends <= (starts or timezone.now()):
            self.add_error("ends_at", _("It would end before it begins."))
        if not data.get("on_front") and not data.get("sections"):
            words = _("It would stand nowhere: tick the front page or a section.")
            self.add_error("on_front", words)
        return data

    def differences_from(self, standing: dict[str, Any]) -> list[Change]:
        """What stands there, as `typed_of` has it, and what was typed instead."""
        typed = {**self.cleaned_data, "posts": _lines(self.cleaned_data["posts"])}
        typed["starts_at"] = typed["starts_at"] or standing["starts_at"]
        changes = [
            Change(
                str(self.fields[name].label),
                self._told(name, was),
                self._told(name, typed[name]),
            )
            for name, was in standing.items()
        ]
        return [change for change in changes if change.before != change.after]

    def _told(self, name: str, value: Any) -> str:
        """A value in words."""
        if name == "picture":
            named = {file.public_id: file.alt or file.caption for file in self.pictures}
            return str((named.get(value) or _("another picture")) if value else "")
        if name == "sections":
            return ", ".join(sorted(section.name for section in value))
        if name == "on_front":
            return str(_("yes") if value else _("no"))
        return str(self[name].field.prepare_value(value) or "")

    @property
    def content(self) -> FeatureContent:
        data = self.cleaned_data
        chosen = [f for f in self.pictures if f.public_id == data["picture"]]
        return FeatureContent(
            headline=data["headline"],
            blurb=data["blurb"],
            posts=tuple(data["posts"]),
            picture=chosen[0] if chosen else None,
            on_front=data["on_front"],
            sections=tuple(data["sections"]),
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
        )


def typed_of(feature: Feature) -> dict[str, Any]:
    """What the form shows of a feature that is changed."""
    links = feature.links.select_related("post")
    return {
        "headline": feature.headline,
        "blurb": feature.blurb,
        "posts": _lines(link.post for link in links),
        "picture": feature.picture.public_id if feature.picture else "",
        "on_front": feature.on_front,
        "sections": list(feature.sections.all()),
        "starts_at": feature.featured_at,
        "ends_at": feature.retired_at,
    }


def _lines(posts: Iterable[Post]) -> str:
    return "\n".join(post.path for post in posts)


def typed_for(post: Post) -> dict[str, Any]:
    """What the form begins with when a post is to be featured."""
    pictures = _pictures(post)
    return {
        "headline": post.title,
        "blurb": post.summary,
        "posts": post.path,
        "picture": pictures[0].public_id if pictures else "",
        "on_front": True,
    }


def _post(line: str) -> Post | None:
    """The listed post at an address, whole or in part, or of a number."""
    line = line.strip()
    listed = Post.objects.filter(listed=True)
    if (number := row_number(line)) is not None:
        return listed.filter(pk=number).first()
    try:
        found = _ADDRESS.fullmatch(unquote(urlsplit(line).path))
        if found is None:
            return None
        year, month, day, slug = found.groups()
        return listed.filter(
            day=date(int(year), int(month), int(day)), slug=slug
        ).first()
    except ValueError:  # no address, or no day
        return None


def _pictures(post: Post) -> list[Attachment]:
    parts: list[Post | Addendum] = [post, *post.own_addenda]
    return [file for part in parts for file in part.pictures]
