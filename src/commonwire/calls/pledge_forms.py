"""The form of a pledge."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commonwire.calls.actions.pledging import PledgeContent
from commonwire.calls.actions.sheets import Sheet
from commonwire.calls.models import Ask, Call
from commonwire.calls.models.pledge import (
    MOST_ON_PAPER,
    MOST_OTHERS,
    MOST_PEOPLE,
    NAME_LENGTH,
    NOTE_LENGTH,
    PLACE_LENGTH,
    SHEET_LENGTH,
)
from commonwire.calls.pledge_queries import asks_of
from commonwire.calls.pledge_rules import place_key
from commonwire.kit.markup import count_links
from commonwire.kit.typed_text import clean_line
from commonwire.mail.queries import is_on
from commonwire.publishing.forms import line
from commonwire.publishing.screening import doubts_about

_WORDS = ("place", "name", "note")


class AsksField(forms.TypedMultipleChoiceField):
    def __init__(self, asks: list[Ask]) -> None:
        super().__init__(
            label=_("What do you pledge?"),
            required=bool(asks),
            widget=forms.CheckboxSelectMultiple,
            coerce=int,
            choices=[(ask.pk, str(ask)) for ask in asks],
            error_messages={
                "required": _("Tick what you pledge, one thing at least."),
                "invalid_choice": _(
                    "The call does not ask one of these, or not any more. Tick again "
                    "what you pledge."
                ),
            },
        )


class NumberField(forms.IntegerField):
    def __init__(self, most: int, *, least: int = 1, **kwargs: Any) -> None:
        words = _("Write a number from {least} to {most}, in digits.")
        told = format_lazy(words, least=least, most=most)
        errors = dict.fromkeys(("invalid", "min_value", "max_value"), told)
        kwargs |= {"min_value": least, "max_value": most, "error_messages": errors}
        super().__init__(required=False, **kwargs)
        self.widget.attrs["inputmode"] = "numeric"


def _typed(data: Any) -> dict[str, Any]:
    """What came, without what cannot be seen."""
    lines = {name: clean_line(value).text for name, value in data.items()}
    return {**lines, "asks": data.getlist("asks")}


class PledgeForm(forms.Form):
    place = line(
        _("Your area"),
        PLACE_LENGTH,
        help_text=_(
            "A town, county or district. The call’s page counts people by area."
        ),
    )
    others = NumberField(
        MOST_OTHERS,
        label=_("Only if so many others do"),
        help_text=_("Leave it empty to pledge whatever others do."),
    )
    others_in_place = forms.BooleanField(label=_("others in my area"), required=False)
    name = line(
        _("Name"),
        NAME_LENGTH,
        help_text=_("May be left out. It is kept only if you tick the box below it."),
    )
    shows_name = forms.BooleanField(
        label=_("Show my name on the call’s page"), required=False
    )
    note = line(
        _("A word to the others"),
        NOTE_LENGTH,
        help_text=_("May be left out. It stands on the call’s page, without links."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_(
            "May be left out. With it you get one mail with a link, and your pledge "
            "counts as confirmed. No organisation ever sees it; it is not kept, unless "
            "you wait for others: then it is until you were told, or 60 days after the "
            "day at most."
        ),
        error_messages={
            "invalid": _(
                "This is no mail address. Write it like name@example.org, or leave it "
                "out."
            ),
            "max_length": _("No mail address is longer than 254 characters."),
        },
    )

    def __init__(self, call: Call, data: Any = None, **kwargs: Any) -> None:
        super().__init__(_typed(data) if data is not None else None, **kwargs)
        self.asks = {ask.pk: ask for ask in asks_of(call)}
        self.fields["asks"] = AsksField(list(self.asks.values()))
        if not is_on():
            del self.fields["email"]

    @property
    def has_asks(self) -> bool:
        return bool(self.asks)

    @property
    def takes_email(self) -> bool:
        return "email" in self.fields

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for name in _WORDS:
            data.setdefault(name, "")
            if count_links(data[name]):
                self.add_error(name, _("Links are not shown here: leave it out."))
        if data.get("others_in_place") and not place_key(data["place"]):
            self.add_error("place", _("Say which area, so that its people count."))
        if not self.errors:
            self._screen(data)
        return data

    def _screen(self, data: dict[str, Any]) -> None:
        """Words that an editor would have to look at are not taken: the pledge is."""
        said = " \n".join(filter(None, (data[name] for name in _WORDS)))
        doubts = doubts_about(said) if said else []
        if doubts:
            why = "; ".join(str(doubt.words) for doubt in doubts)
            words = _("What you wrote cannot be shown: %s. Change it or leave it out.")
            self.add_error("note", words % why)

    @property
    def content(self) -> PledgeContent:
        data = self.cleaned_data
        return PledgeContent(
            asks=tuple(self.asks[number] for number in data.get("asks", ())),
            place=data["place"],
            name=data["name"] if data["shows_name"] else "",
            note=data["note"],
            email=data.get("email", ""),
            others=data["others"],
            others_in_place=bool(data["others"]) and data["others_in_place"],
        )


class GoalForm(forms.Form):
    people = NumberField(
        MOST_PEOPLE,
        label=_("How many people do you hope for?"),
        help_text=_("Empty: the page shows the number alone, without a goal."),
    )
    in_each_area = forms.BooleanField(label=_("in each area"), required=False)


class SheetForm(forms.Form):
    """A paper sheet: how many people, and how many ticked each ask."""

    sheet = line(
        _("Which sheet"),
        SHEET_LENGTH,
        required=_("Give the sheet a name or a number, so that it is entered once."),
        help_text=_("Its number, or where it lay."),
    )
    place = line(_("Area"), PLACE_LENGTH)
    people = NumberField(MOST_ON_PAPER, label=_("How many people signed"))

    def __init__(self, call: Call, data: Any = None) -> None:
        typed = data and {n: clean_line(value).text for n, value in data.items()}
        super().__init__(typed)
        self.fields["people"].required = True
        words = _("Count the signatures, and write the number in digits.")
        self.fields["people"].error_messages["required"] = words
        self.asks = {f"ask_{ask.pk}": ask for ask in asks_of(call)}
        for name, ask in self.asks.items():
            self.fields[name] = NumberField(MOST_ON_PAPER, label=str(ask), least=0)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        people = data.get("people") or MOST_ON_PAPER
        for name in self.asks:
            if (data.get(name) or 0) > people:
                words = _("More ticks than people: count again.")
                self.add_error(name, words)
        if count_links(data.get("place", "")):
            self.add_error("place", _("Links are not shown here: leave it out."))
        return data

    @property
    def content(self) -> Sheet:
        data = self.cleaned_data
        signed = {ask: data[name] or 0 for name, ask in self.asks.items()}
        return Sheet(data["sheet"], data["people"], signed, data["place"])
