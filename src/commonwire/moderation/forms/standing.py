"""What stands there while a form is filled in: shown beside what was typed when somebody
else was faster."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from commonwire.publishing.models.correction import Change

# Of the act, not of what is changed.
_OF_THE_ACT = {"reason", "tried"}


def differences(typed: forms.BaseForm, standing: forms.BaseForm) -> list[Change]:
    """What ``standing``, a fresh form of the row as it is now, shows, and what was typed
    into a valid one instead."""
    changes = []
    for name, field in typed.fields.items():
        if name in _OF_THE_ACT or field.disabled:
            continue
        was = standing.get_initial_for_field(standing.fields[name], name)
        told = _told(field, was), _told(field, typed.cleaned_data.get(name))
        changes.append(Change(str(field.label or typed[name].label), *told))
    return [change for change in changes if change.before != change.after]


def _told(field: forms.Field, value: Any) -> str:
    """A value in words."""
    if isinstance(field, forms.BooleanField):
        return str(_("yes") if value else _("no"))
    value = field.prepare_value(value)
    values = value if isinstance(value, (list, tuple)) else [value]
    names = _names(field)
    told = [
        names.get(str(each), str(each)) for each in values if each not in (None, "")
    ]
    return ", ".join(told)


def _names(field: forms.Field) -> dict[str, str]:
    """What is chosen from a list, by what it is called there."""
    choices = getattr(field, "choices", ())
    found: dict[str, str] = {}
    for value, label in choices:
        rows = label if isinstance(label, (list, tuple)) else [(value, label)]
        found |= {str(each): str(name) for each, name in rows}
    return found
