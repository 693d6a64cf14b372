"""What editors fill in about an organisation's place, end and stewards."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonwire.calls.forms.places import Day
from commonwire.calls.models import Organisation


class BodyField(forms.CharField):
    """An organisation by its address, the last part of it, or its whole name."""

    def __init__(self, **words: Any) -> None:
        super().__init__(**words)
        self.widget.attrs |= {"list": "bodies", "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        typed = str(super().clean(value) or "").strip()
        slug = unquote(urlsplit(typed).path).rstrip("/").rpartition("/")[2]
        found = Organisation.objects.filter(slug=slug).first()
        named = list(Organisation.objects.filter(name__iexact=typed)[:2])
        if found is None and len(named) == 1:
            found = named[0]
        if found is None:
            words = _("There is no organisation at “%(typed)s”. Copy its address.")
            several = _(
                "Several are called “%(typed)s”. Copy the address of the right one."
            )
            raise forms.ValidationError(
                (several if named else words) % {"typed": typed}
            )
        return found


class PlaceForm(forms.Form):
    other = BodyField(label=_("Belongs to"))
    since = Day(label=_("Since"), help_text=_("Empty: always, or nobody knows."))


class EndForm(forms.Form):
    """``on`` is today if it is empty."""

    on = Day(label=_("On"), help_text=_("Empty: today."))

    def clean_on(self) -> Any:
        on, today = self.cleaned_data["on"], timezone.localdate()
        if on and on > today:
            raise forms.ValidationError(_("This day is still to come."))
        return on or today


class MergeForm(EndForm):
    other = BodyField(label=_("Went into"))
    field_order = ["other", "on"]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=1_000,
        help_text=_("What you looked at, for the public log."),
    )


class ImportForm(forms.Form):
    """A file, or a table that was pasted; what a file held stands in ``text`` then."""

    root = BodyField(label=_("Federation"))
    text = forms.CharField(
        label=_("Or the table itself"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "wrap": "off"}),
    )
