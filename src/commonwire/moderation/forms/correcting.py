from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonwire.kit.typed_text import clean_line
from commonwire.publishing.forms import CorrectionForm, TooLong
from commonwire.publishing.models import Addendum, Post

# Of a correction's note, which the reason stands as.
NOTE_LENGTH = 500


class EditorsCorrection(CorrectionForm):
    """An author's correction may be silent about its reason; an editor's is not."""

    def __init__(self, target: Post | Addendum, data: Any = None) -> None:
        super().__init__(target, data)
        self.fields["note"] = forms.CharField(
            label=_("Reason"),
            help_text=_("Readers see it beside the difference and in the public log."),
            error_messages={
                "required": _("Write the reason: readers will see it beside the text.")
            },
            validators=[TooLong(NOTE_LENGTH)],
        )

    def clean_note(self) -> str:
        return clean_line(self.cleaned_data["note"]).text

    @property
    def nothing_changed(self) -> str:
        return gettext("Nothing is different from what stands there.")
