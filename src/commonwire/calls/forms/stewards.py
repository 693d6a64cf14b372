from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonwire.kit.typed_text import clean_line
from commonwire.publishing.forms import TooLong

LABEL_LENGTH = 80


class InvitationForm(forms.Form):
    label = forms.CharField(
        label=_("For whom"),
        validators=[TooLong(LABEL_LENGTH)],
        help_text=_(
            "Their office, such as “press officer”, rather than a name. Only stewards "
            "and editors see it."
        ),
        error_messages={"required": _("Say whom the link is for.")},
    )

    def clean_label(self) -> Any:
        return clean_line(self.cleaned_data["label"]).text
