"""Saving the form of an organisation, for its stewards and for editors alike."""

from dataclasses import dataclass
from typing import Any

from commonwire.calls import logos
from commonwire.calls.actions.organisations import Overtaken, change_organisation
from commonwire.calls.forms.organisation import OrganisationForms, press_typed_of
from commonwire.calls.models import Organisation


@dataclass(frozen=True)
class Theirs:
    """What a colleague made of a field while this form was open."""

    label: str
    words: str


def save(
    organisation: Organisation, forms: OrganisationForms, typed: Any, files: Any
) -> Organisation:
    """Raises Overtaken or logos.NoLogo; then nothing was changed."""
    told = forms.told
    if organisation.version != forms.seen:
        raise Overtaken  # before a file is made for nothing
    if typed.get("no-logo"):
        told["logo"] = None
    elif sent := files.get("logo"):
        told["logo"] = logos.take_in(sent)
    return change_organisation(organisation=organisation, seen=forms.seen, **told)


def theirs(organisation: Organisation, forms: OrganisationForms) -> list[Theirs]:
    """What stands in the organisation where the form says something else."""
    now: dict[str, Any] = {**vars(organisation), **press_typed_of(organisation)}
    return [
        Theirs(str(field.label), str(now.get(field.name) or "—"))
        for form in (forms.about, forms.press)
        for field in form.visible_fields()
        if form.is_valid()
        and (form.cleaned_data.get(field.name) or "") != (now.get(field.name) or "")
    ]


def again(organisation: Organisation, typed: Any) -> OrganisationForms:
    """The form as it was typed; sent once more it is saved over what stands now."""
    data = typed.copy()
    data["seen"] = str(organisation.version)
    return OrganisationForms(organisation, data)
