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

    @property
    def errors(self) -> bool:
        """Whether something is wrong, of what was sent."""
        wrong = bool(self.general_errors) or any(form.errors for form in self.all)
        return self.wanted and wrong

    @cached_property
    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self.all]
        return all(valid) and not self.general_errors


def contact_of(row: Mapping[str, Any]) -> Contact:
    return Contact(**{name: row[name] for name in vars(Contact())})
