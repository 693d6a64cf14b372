"""The form of a call with its rows: asks, demands, links, contacts."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext

from commonwire.calls.call_forms import ROW_FORMS, CallForm
from commonwire.calls.content import CallContent
from commonwire.calls.models.call import MOST_ASKS, MOST_DEMANDS
from commonwire.publishing.models import Post
from commonwire.publishing.parts import Part
from commonwire.publishing.row_forms import RowForms, contact_of, is_untouched

MOST_ROWS = {"asks": MOST_ASKS, "demands": MOST_DEMANDS, "links": 20, "contacts": 10}
# Empty ones below those that were filled; saving brings as many again.
_BLANK = {"asks": 2, "demands": 2, "links": 1, "contacts": 1}


class CallForms(RowForms):
    def __init__(
        self,
        part: Part,
        typed: Mapping[str, Any] | None,
        post: Post | None = None,
        *,
        wanted: bool = True,
    ) -> None:
        self.part = part
        self.wanted = wanted
        # Nothing is wrong with it while another kind is chosen.
        self.head = CallForm((typed or None) if wanted else None, post=post)
        self.untouched = is_untouched(self.head, typed or {})
        if not wanted:
            kept = {name: v for name, v in (typed or {}).items() if v}
            self.head.initial = {**self.head.initial, **kept}
        told = typed or {}
        self.rows: dict[str, list[Any]] = {
            name: [
                kind(
                    {**row, "place": str(number)},
                    auto_id=f"id_call-{name}-{number - 1}-%s",
                )
                for number, row in enumerate(told.get(name, ()), 1)
            ]
            for name, kind in ROW_FORMS.items()
        }

    def _shown(self, name: str) -> list[tuple[str, forms.Form]]:
        """The rows of a kind and empty ones, with the prefix of their names."""
        filled = self.rows[name]
        room = max(0, MOST_ROWS[name] - len(filled))
        blank = [
            ROW_FORMS[name](
                initial={"place": str(number)},
                auto_id=f"id_call-{name}-{number - 1}-%s",
            )
            for number in range(
                len(filled) + 1, len(filled) + 1 + min(room, _BLANK[name])
            )
        ]
        for form in blank:
            # Nothing is needed of a row that nobody fills.
            for field in form.fields.values():
                field.required = False
        return [
            (f"call-{name}-{number}-", form)
            for number, form in enumerate([*filled, *blank])
        ]

    @property
    def asks(self) -> list[tuple[str, forms.Form]]:
        return self._shown("asks")

    @property
    def demands(self) -> list[tuple[str, forms.Form]]:
        return self._shown("demands")

    @property
    def links(self) -> list[tuple[str, forms.Form]]:
        return self._shown("links")

    @property
    def contacts(self) -> list[tuple[str, forms.Form]]:
        return self._shown("contacts")

    @property
    def row_names(self) -> dict[str, str]:
        return {
            "asks": gettext("asks"),
            "demands": gettext("demands"),
            "links": gettext("links"),
            "contacts": gettext("contacts"),
        }

    @property
    def most_rows(self) -> dict[str, int]:
        return MOST_ROWS

    @property
    def faults(self) -> Iterator[tuple[str, str]]:
        """By the names that programs use."""
        for name, sentences in self.head.errors.items():
            for sentence in sentences:
                yield _AS_PROGRAMS_SAY.get(name, name), str(sentence)
        for kind, rows in self.rows.items():
            for number, form in enumerate(rows):
                for name, sentences in form.errors.items():
                    for sentence in sentences:
                        yield f"{kind}[{number}].{name}", str(sentence)

    @property
    def content(self) -> CallContent:
        head, rows = self.head, self.rows
        contacts = [form.cleaned_data for form in rows["contacts"]]
        return CallContent(
            when=head.when,
            asks=tuple(form.content for form in rows["asks"]),
            demands=tuple(form.content for form in rows["demands"]),
            know=head.cleaned_data["know"],
            ask_whom=head.cleaned_data["ask_whom"],
            links=tuple(form.content for form in rows["links"]),
            contacts=tuple(contact_of(c) for c in contacts if not c["press_only"]),
            press_contacts=tuple(contact_of(c) for c in contacts if c["press_only"]),
            issuers=head.bodies,
            translates=head.source,
            embargo_until=head.until,
            called_off=head.cleaned_data["called_off"] or head.was_called_off,
        )


_AS_PROGRAMS_SAY = {
    "first_day": "start",
    "from_time": "start",
    "last_day": "end",
    "until_time": "end",
}
