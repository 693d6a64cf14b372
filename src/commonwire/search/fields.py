"""Tokens in the form that each database searches: words in a row for SQLite's FTS5, a
`tsvector` for PostgreSQL."""

from collections import defaultdict
from typing import Any

from django.db import models

from commonwire.search.words import GAP

# Beyond it PostgreSQL counts no further.
LAST_PLACE = 16_383


class TokensField(models.Field):  # type: ignore[type-arg]
    """Its value is the tokens with a space between; it is written and searched, never
    read."""

    def db_type(self, connection: Any) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(
        self,
        value: Any,
        connection: Any,
        prepared: bool = False,  # noqa: FBT001, FBT002, ARG002 - Django calls it so
    ) -> Any:
        if connection.vendor != "postgresql" or not isinstance(value, str):
            return value
        return _vector(value.split())


def _vector(tokens: list[str]) -> str:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for place, token in enumerate(tokens, 1):
        if token != GAP and place <= LAST_PLACE:
            places[token].append(str(place))
    return " ".join(f"'{token}':{','.join(at)}" for token, at in places.items())
