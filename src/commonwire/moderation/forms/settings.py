"""The forms of what stewards change: the site, its sections, its rules and its pages."""

import zoneinfo
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonwire.kit import looks
from commonwire.moderation.models import Rule
from commonwire.publishing.forms import languages
from commonwire.publishing.models import Section, Site
from commonwire.publishing.states import PUBLIC_CLASSES, WireClass

# Their words have pages, and decisions, of their own.
PAGES = ("about", "policy", "privacy")
# Every other field of the site: a new one is on the page without being named here.
_SETTINGS = [
    field.name
    for field in Site._meta.concrete_fields  # noqa: SLF001 - Django's documented API
    if field.editable and field.name not in {*PAGES, "id", "class_names", "languages"}
]


class OfferedInput(forms.TextInput):
    """Free to be typed in, with the names that are known offered below it."""

    template_name = "desk/offered.html"

    def __init__(self, offered: list[str]) -> None:
        super().__init__(attrs={"autocomplete": "off", "spellcheck": "false"})
        self.offered = offered

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        listed = {**(attrs or {}), "list": f"{name}-offered"}
        context: dict[str, Any] = super().get_context(name, value, listed)
        return {**context, "offered": self.offered}


class SiteForm(forms.ModelForm):  # type: ignore[type-arg]
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=languages,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "The publish form offers these before all others, and the first of them "
            "to whoever says nothing."
        ),
        error_messages={
            "invalid_choice": gettext_lazy(
                "“%(value)s” is no language that this site knows. Tick some of the list."
            )
        },
    )

    class Meta:
        model = Site
        fields = (*_SETTINGS, "languages")
        widgets = {"time_zone": OfferedInput(sorted(zoneinfo.available_timezones()))}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = self.instance.class_names or {}
        for name in PUBLIC_CLASSES:
            self.fields[f"class_{name}"] = forms.CharField(
                label=_("Name of the class “%(name)s”")
                % {"name": WireClass(name).label},
                max_length=40,
                required=False,
                initial=names.get(name, ""),
                help_text=_("Empty: as it is called here."),
            )

    def save(self, commit: bool = True) -> Site:  # noqa: FBT001, FBT002 - Django's
        """Puts the names together; the row is saved by its action."""
        named = {name: self.cleaned_data[f"class_{name}"] for name in PUBLIC_CLASSES}
        self.instance.class_names = {n: words for n, words in named.items() if words}
        site: Site = super().save(commit=commit)
        return site


class SectionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Section
        fields = ("kind", "name", "slug", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _(
            "Empty: made from the name. It stays as it is, whatever the name becomes."
        )
        if self.instance.pk:  # addresses do not change, and with them the kind
            del self.fields["slug"], self.fields["kind"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "slug" in self.fields and not data.get("slug"):
            data["slug"] = slugify(data.get("name", ""))[:60]
            if not data["slug"] and "name" in data:
                words = _("Write an address: the name has no letters to make one from.")
                self.add_error("slug", words)
        return data


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=1_000,
        help_text=gettext_lazy("Readers see it in the public log."),
    )

    class Meta:
        model = Rule
        fields = ("title", "text", "position", "teaches_spam")

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        others = Rule.objects.filter(retired_at=None).exclude(pk=self.instance.pk)
        names = others.values_list("title", flat=True)
        if any(looks.fold(name) == looks.fold(title) for name in names):
            words = _(
                "There is a rule of this title already. Change that one, or give this "
                "one another title."
            )
            raise forms.ValidationError(words)
        return title

    def save(self, commit: bool = True) -> Rule:  # noqa: FBT001, FBT002 - Django's
        if not self.instance.slug:
            self.instance.slug = free_slug(self.cleaned_data["title"])
        rule: Rule = super().save(commit=commit)
        return rule


def free_slug(title: str) -> str:
    """An address for a rule that no other has."""
    base = slugify(title)[:50] or "rule"
    taken = set(
        Rule.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    )
    number = 1
    slug = base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


class PageForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=gettext_lazy("Headings, lists, links and *emphasis* as in posts."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=1_000,
        help_text=gettext_lazy("Readers see it in the public log."),
    )
