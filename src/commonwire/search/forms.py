from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from commonwire.publishing import queries as publishing
from commonwire.publishing.models import Section, Site
from commonwire.publishing.models.post import BYLINE_LENGTH
from commonwire.search.asked import LONGEST, MOST_PAGES, MOST_TERMS, Asked
from commonwire.search.queries import KINDS
from commonwire.search.words import forms as forms_of

_ANY = [("", _("any"))]
_NO_DATE = _("Write the day as in 2026-03-31.")


class SearchForm(forms.Form):
    """The fields of an address: `/search/?q=…&from=…`."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=LONGEST,
        error_messages={
            "max_length": _("This is too long: %(limit_value)d characters at most.")
        },
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search"}),
    )
    section = forms.ChoiceField(label=_("Section"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[*_ANY, *KINDS.items()]
    )
    by = forms.CharField(label=_("Signed by"), required=False, max_length=BYLINE_LENGTH)
    until = forms.DateField(label=_("Until"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    page = forms.IntegerField(
        required=False, min_value=1, max_value=MOST_PAGES, widget=forms.HiddenInput
    )

    def __init__(
        self, data: Any = None, *, site: Site, languages: tuple[str, ...] = ()
    ) -> None:
        super().__init__(data)
        # Their name is a word of the language.
        since = forms.DateField(label=_("From"), required=False)
        self.fields = {**self.fields, "from": since}
        self.order_fields(["q", "section", "kind", "by", "from", "until", "language"])
        self._sections = _sections()
        self.fields["section"].choices = _section_choices(self._sections)  # type: ignore[attr-defined]
        spoken = dict.fromkeys([*site.languages, *languages, "en"])
        self.fields["language"].choices = [*_ANY, *_language_choices(spoken)]  # type: ignore[attr-defined]
        for name in ("from", "until"):
            self.fields[name].widget = forms.DateInput(
                attrs={"type": "date"}, format="%Y-%m-%d"
            )
            self.fields[name].error_messages["invalid"] = _NO_DATE
        for name in ("section", "kind", "language"):
            self.fields[name].error_messages["invalid_choice"] = _(
                "There is no “%(value)s” here; choose from the list."
            )
        most = {"most": MOST_PAGES}
        wrong = _("Pages go from 1 to %(most)d.") % most
        for code in ("invalid", "min_value", "max_value"):
            self.fields["page"].error_messages[code] = wrong
        self.fields["page"].validators = []

    def clean_q(self) -> str:
        written = " ".join(self.cleaned_data["q"].split())
        chunks = Asked(q=written).chunks
        if len(chunks) > MOST_TERMS:
            raise forms.ValidationError(
                ngettext(
                    "Use fewer words: one at most.",
                    "Use fewer words: %(most)d at most.",
                    MOST_TERMS,
                )
                % {"most": MOST_TERMS}
            )
        if written and not any(forms_of(chunk, ()) for chunk in chunks):
            raise forms.ValidationError(
                gettext("There is no word in this. Write letters or numbers.")
            )
        return written

    def clean_page(self) -> int:
        page = self.cleaned_data["page"]
        if page is None:
            return 1
        if not 1 <= page <= MOST_PAGES:
            raise forms.ValidationError(self.fields["page"].error_messages["invalid"])
        return int(page)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        since, until = told.get("from"), told.get("until")
        if since and until and since > until:
            words = gettext("This day is before the first one: exchange the two.")
            self.add_error("until", words)
        return told

    @property
    def asked(self) -> Asked:
        """Only after `is_valid`."""
        told = self.cleaned_data
        return Asked(
            q=told["q"],
            section=self._sections.get(told["section"]),
            kind=told["kind"],
            by=" ".join(told["by"].split()),
            since=told["from"],
            until=told["until"],
            language=told["language"],
            page=told["page"],
        )


def _sections() -> dict[str, Section]:
    topics, regions = publishing.sections()
    return {f"{each.kind}s/{each.slug}": each for each in (*topics, *regions)}


def _section_choices(sections: dict[str, Section]) -> list[Any]:
    topics = [(k, s.name) for k, s in sections.items() if s.kind == "topic"]
    regions = [(k, s.name) for k, s in sections.items() if s.kind == "region"]
    groups = [(gettext("Topics"), topics), (gettext("Regions"), regions)]
    return [*_ANY, *((name, of) for name, of in groups if of)]


def _language_choices(codes: Any) -> list[tuple[str, str]]:
    """By the first part of the code, under their own names."""
    found = dict.fromkeys(code.partition("-")[0].lower() for code in codes)
    return [(code, LANG_INFO.get(code, {}).get("name_local", code)) for code in found]
