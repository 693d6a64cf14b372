"""A form with rows of smaller forms below it, and what is wrong with them together."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext

from commonwire.publishing.release import Contact


class RowForms(Protocol):
    """What inherits it says what its rows are called, and how many of each fit."""

    head: Any
    rows: dict[str, list[Any]]
    # Nothing is wrong with it while another kind of post is chosen.
    wanted: bool

    @property
    def row_names(self) -> Mapping[str, str]: ...

    @property
    def most_rows(self) -> Mapping[str, int]: ...

    @property
    def all(self) -> list[forms.Form]:
        return [self.head, *(form for rows in self.rows.values() for form in rows)]

    @property
    def general_errors(self) -> list[str]:
        words = gettext("There are %(here)s %(what)s; %(most)s fit. Remove some.")
        return [
            words % {"here": len(rows), "what": self.row_names[name], "most": most}
            for name, rows in self.rows.items()
            if len(rows) > (most := self.most_rows[name])
        ]

    # Of the head: nobody typed anything in it.
    untouched: bool

    @property
    def is_blank(self) -> bool:
        """Nothing was typed and nothing is wrong: it looks alike for everybody."""
        return self.untouched and not any(self.rows.values()) and not self.errors

    @property
    def errors(self) -> bool:
        """Whether something is wrong, of what was sent."""
        wrong = bool(self.general_errors) or any(form.errors for form in self.all)
        return self.wanted and wrong

    @cached_property
    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self.all]
        return all(valid) and not self.general_errors


def is_untouched(form: forms.Form, typed: Mapping[str, Any]) -> bool:
    """Whether nobody typed anything: each field is empty, or as a fresh form has it."""
    told = ((name, str(typed.get(name) or "")) for name in form.fields)
    return all(not value or value in _fresh(form, name) for name, value in told)


def _fresh(form: forms.Form, name: str) -> set[str]:
    """What a browser sends of a field that nobody touched."""
    field = form.fields[name]
    found = {str(form.get_initial_for_field(field, name))}
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        found.add(str(next(iter(choices))[0]))
    return found


def contact_of(row: Mapping[str, Any]) -> Contact:
    return Contact(**{name: row[name] for name in vars(Contact())})
