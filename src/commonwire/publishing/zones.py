"""Time zones on forms, and what their clocks say."""

import zoneinfo
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from commonwire.publishing import queries

FIRST, SECOND = 0, 1


@cache
def zones() -> list[tuple[str, str]]:
    return [
        (name, name.replace("_", " "))
        for name in sorted(zoneinfo.available_timezones())
    ]


def site_zones() -> list[tuple[str, str]]:
    own = queries.the_site().time_zone
    return [("", "—"), (own, own), *(zone for zone in zones() if zone[0] != own)]


@cache
def _of_today() -> set[str]:
    """Those of some country; the others are former names of the same."""
    table = resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text()
    rows = (row.split("\t") for row in table.splitlines() if not row.startswith("#"))
    return {"", "UTC", *(row[2] for row in rows)}


@lru_cache(maxsize=16)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    return format_html_join(
        "\n",
        "<option{}{}>{}</option>",
        (
            (
                format_html(' value="{}"', value) if value != label else "",
                format_html(" {}", "selected") if value == chosen else "",
                label,
            )
            for value, label in choices
            if value in _of_today() | {chosen}
        ),
    )


class ZoneSelect(forms.Select):
    """A choice of four hundred zones: drawn option by option through their templates it
    took longer than the rest of the page. A former name that was sent stays chosen."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Mapping[str, Any] | None = None,
        renderer: Any = None,  # noqa: ARG002 - Django's signature
    ) -> SafeString:
        attributes = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        options = _options(tuple(self.choices), str(value or ""))
        return format_html("<select{}>{}</select>", flatatt(attributes), options)


def in_zone(local: datetime, zone: str, *, fold: int = SECOND) -> datetime:
    """``fold``: which is meant of an hour that comes twice. OverflowError at the ends
    of the calendar, ValidationError for an hour that is skipped."""
    found = local.replace(tzinfo=zoneinfo.ZoneInfo(zone), fold=fold)
    back = found.astimezone(UTC).astimezone(found.tzinfo)
    if back.replace(tzinfo=None) != local.replace(fold=0):
        words = _(
            "There is no such hour on that day in %(zone)s: the clocks are put forward. "
            "Choose another."
        )
        raise forms.ValidationError(words, code="skipped", params={"zone": zone})
    return found


def comes_twice(local: datetime, zone: str) -> bool:
    found = local.replace(tzinfo=zoneinfo.ZoneInfo(zone))
    first, second = found.utcoffset(), found.replace(fold=1).utcoffset()
    return first is not None and second is not None and first > second
