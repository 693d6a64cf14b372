"""Queries whose SQL is written once.

Over small reads Django takes five times as long to write the SQL as the database to
answer it, and publishing asks dozens of them. What is kept here is only the text of a
question and how its answer is read, never an answer.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Field, QuerySet, prefetch_related_objects
from django.db.models.query import ModelIterable, get_related_populators


class Slot(Expression):
    """Where a value will stand: `Post.objects.filter(slug=Slot("slug", CharField()))`."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:  # noqa: ARG002
        return "%s", [self]  # found again, and filled, among the parameters


class _Written(NamedTuple):
    sql: str
    parameters: tuple[Any, ...]
    converted: Callable[[Any], Iterable[Any]]
    read: Callable[[Any], Any]
    prefetched: tuple[Any, ...]


class Prepared:
    """``make`` builds the query, with slots; it is called at the first question.

    For models, with `select_related`, `prefetch_related` and annotations, and for
    `values_list`.
    """

    def __init__(self, make: Callable[[], QuerySet[Any, Any]]) -> None:
        self._make = make
        self._written: _Written | None = None

    def __call__(self, **values: Any) -> list[Any]:
        """The rows, as the query itself would give them."""
        if self._written is None:
            self._written = _write(self._make())
        written = self._written
        filled = [
            part.output_field.get_db_prep_value(values[part.name], connection)
            if isinstance(part, Slot)
            else part
            for part in written.parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, filled)
            rows = cursor.fetchall()
        found = [written.read(row) for row in written.converted(rows)]
        if found and written.prefetched:
            prefetch_related_objects(found, *written.prefetched)
        return found


def _write(query: Any) -> _Written:
    compiler = query.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, parameters = compiler.as_sql()
    converters = compiler.get_converters([each[0] for each in compiler.select])

    def converted(rows: Any) -> Any:
        return compiler.apply_converters(rows, converters) if converters else rows

    is_of_models = query._iterable_class is ModelIterable  # noqa: SLF001
    return _Written(
        sql,
        tuple(parameters),
        converted,
        _reader(compiler) if is_of_models else tuple,
        tuple(query._prefetch_related_lookups),  # noqa: SLF001
    )


def _reader(compiler: Any) -> Callable[[Any], Any]:
    """Makes a model of a row as `ModelIterable` does."""
    information, select = compiler.klass_info, compiler.select
    model, places = information["model"], information["select_fields"]
    start, end = places[0], places[-1] + 1
    names = [each[0].target.attname for each in select[start:end]]
    annotated = list(compiler.annotation_col_map.items())
    # The stubs are of a later Django.
    related = get_related_populators(information, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]

    def read(row: Any) -> Any:
        found = model.from_db(DEFAULT_DB_ALIAS, names, row[start:end])
        for populator in related:
            populator.populate(row, found)
        for name, place in annotated:
            setattr(found, name, row[place])
        return found

    return read
