"""The form of a rule of screening."""

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from commonwire.moderation.models import Rule, ScreeningRule


class ScreeningRuleForm(forms.ModelForm):  # type: ignore[type-arg]
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=1_000,
        help_text=gettext_lazy(
            "Readers see it in the public log; what the rule looks for they do not."
        ),
    )
    # Of what was tried last, so that nothing is switched on that nobody has tried.
    tried = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ScreeningRule
        fields = ("kind", "pattern", "rule", "note")
        widgets = {"pattern": forms.Textarea(attrs={"rows": 6, "spellcheck": "false"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["rule"]
        choice.queryset = Rule.objects.filter(retired_at=None)
        self.fields["pattern"].help_text = gettext_lazy(
            "Words or phrases, or sites such as example.com, one a line; or one regular "
            "expression."
        )
        self.fields["note"].help_text = gettext_lazy("Only editors read this.")
        choice.empty_label = gettext_lazy("none in particular: looked at first")

    @property
    def digest(self) -> str:
        """Of what it looks for."""
        kind, pattern = self.cleaned_data["kind"], self.cleaned_data["pattern"]
        return hashlib.sha256(f"{kind} {pattern}".encode()).hexdigest()

    @property
    def is_tried(self) -> bool:
        """Tried as it stands here, or on already and looking for the same."""
        same = not {"kind", "pattern"} & set(self.changed_data)
        was_on = bool(self.instance.pk and self.initial.get("was_on"))
        return self.cleaned_data["tried"] == self.digest or (same and was_on)
