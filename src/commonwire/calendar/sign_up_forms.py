from django import forms
from django.utils.translation import gettext_lazy as _

from commonwire.publishing.forms import line

NAME_LENGTH = 80
MOST_PEOPLE = 20


class SignUpForm(forms.Form):
    name = line(
        _("What to call you"),
        NAME_LENGTH,
        help_text=_("May be left out. Only who published the event reads it."),
    )
    people = forms.IntegerField(
        label=_("How many of you"),
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        error_messages={
            "invalid": _("Write a whole number, such as 2."),
            "min_value": _("At least one comes."),
            "max_value": _("At most 20 at a time."),
        },
    )

    def __init__(self, data: dict[str, str] | None = None) -> None:
        super().__init__(data, auto_id="id_sign-up-%s")

    def clean_people(self) -> int:
        return int(self.cleaned_data["people"] or 1)
