"""An organisation's place under others."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

_WRONG_DAY = {"invalid": _("Write the day like 2026-04-30.")}


class Day(forms.DateField):
    def __init__(self, **words: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(
            required=False,
            widget=widget,
            input_formats=["%Y-%m-%d"],
            error_messages=_WRONG_DAY,
            **words,
        )


class LeavingForm(forms.Form):
    on = Day(label=_("From which day on"), help_text=_("Empty: today."))

    def clean_on(self) -> Any:
        on, today = self.cleaned_data["on"], timezone.localdate()
        if on and on > today:
            raise forms.ValidationError(
                _("This day is still to come. Come back then, or give an earlier one.")
            )
        return on or today
