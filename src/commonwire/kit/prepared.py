"""Queries whose SQL is written once.

Over small reads Django takes five times as long to write the SQL as the database to
answer it, and publishing asks dozens of them. What is kept here is only the text of a
question, never an answer.
"""

from collections.abc import Callable
from copy import copy
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Field, QuerySet


class Slot(Expression):
    """Where a value will stand: `Post.objects.filter(slug=Slot("slug", CharField()))`."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:  # noqa: ARG002
        return "%s", [self]  # found again, and filled, among the parameters


class _Written(NamedTuple):
    queryset: QuerySet[Any, Any]
    compiler: Any
    sql: str
    parameters: tuple[Any, ...]


class Prepared:
    """``make`` builds the query, with slots; it is called at the first question."""

    def __init__(self, make: Callable[[], QuerySet[Any, Any]]) -> None:
        self._make = make
        self._written: _Written | None = None

    def __call__(self, **values: Any) -> list[Any]:
        """The rows, as the query itself would give them."""
        written = self._written or self._write()
        filled = tuple(
            part.output_field.get_db_prep_value(values[part.name], connection)
            if isinstance(part, Slot)
            else part
            for part in written.parameters
        )
        compiler = copy(written.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_args, **_kwargs: (written.sql, filled)
        asked = written.queryset.all()
        asked.query.get_compiler = lambda *_args, **_kwargs: compiler  # type: ignore[method-assign]
        return list(asked)

    def _write(self) -> _Written:
        queryset = self._make()
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        self._written = _Written(queryset, compiler, sql, tuple(parameters))
        return self._written
