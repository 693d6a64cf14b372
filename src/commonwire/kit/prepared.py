"""Queries whose SQL is written once.

Over small reads Django takes five times as long to write the SQL as the database to
answer it, and publishing asks dozens of them. What is kept here is only the text of a
question and how its answer is read, never an answer.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.models import (
    Expression,
    Field,
    IntegerField,
    Model,
    QuerySet,
    prefetch_related_objects,
)
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql import InsertQuery, UpdateQuery

# Rows that look the same are read once: those of the lists of a large site.
MOST_READ = 2_000


class Slot(Expression):
    """Where a value will stand: `Post.objects.filter(slug=Slot("slug", CharField()))`."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name
        self._is_whole = isinstance(output_field, IntegerField)

    def filled(self, value: Any, database: Any) -> Any:
        """As the database takes it. Whole numbers, of which a question may have
        hundreds, without four calls each."""
        if self._is_whole and type(value) is int:
            return value
        return self.output_field.get_db_prep_value(value, database)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:  # noqa: ARG002
        return "%s", [self]  # found again, and filled, among the parameters


class _Written(NamedTuple):
    sql: "_Sql"
    parameters: tuple[Any, ...]
    read: Callable[[list[Any]], list[Any]]
    prefetched: tuple[Any, ...]


class _Sql:
    """A question as Django writes it, and as SQLite reads it: Django's cursor turns the
    one into the other each time."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._of_sqlite = re.sub(r"(?<!%)%s", "?", text).replace("%%", "%")

    def ask(self, database: Any, parameters: Any) -> tuple[list[Any], int]:
        """The rows, and how many were written."""
        watched = database.execute_wrappers or database.force_debug_cursor
        if watched or database.vendor != "sqlite":
            with database.cursor() as cursor:
                cursor.execute(self._text, parameters)
                rows = cursor.fetchall() if cursor.description else []
                return rows, cursor.rowcount
        # What Django's cursor does otherwise.
        database.ensure_connection()
        database.validate_no_broken_transaction()
        with database.wrap_database_errors:
            found = database.connection.execute(self._of_sqlite, parameters)
            return found.fetchall(), found.rowcount


class Prepared:
    """``make`` builds the query, with slots; it is called at the first question.

    For models, with `select_related`, `prefetch_related` and annotations, and for
    `values_list`. ``into``: what the values of a row are made to, by itself and of
    nothing else; it must not be changed, for equal rows get the same one.
    """

    def __init__(
        self,
        make: Callable[[], QuerySet[Any, Any]],
        into: Callable[..., Any] | None = None,
    ) -> None:
        self._make = make
        self._into = into
        self._written: _Written | None = None

    def __call__(self, **values: Any) -> list[Any]:
        """The rows, as the query itself would give them."""
        if self._written is None:
            self._written = _write(self._make(), self._into)
        written = self._written
        database = connections[DEFAULT_DB_ALIAS]
        filled = [
            part.filled(values[part.name], database) if isinstance(part, Slot) else part
            for part in written.parameters
        ]
        found = written.read(written.sql.ask(database, filled)[0])
        if found and written.prefetched:
            prefetch_related_objects(found, *written.prefetched)
        return found


class PreparedInsert:
    """Saves a new row as `save(force_insert=True)` does, without signals: of a model
    with one table, whose key the database gives."""

    def __init__(self, model: type[Model]) -> None:
        self._model = model
        self._sql: _Sql | None = None

    def __call__(self, row: Any) -> None:
        fields = self._model._meta.concrete_fields[1:]  # noqa: SLF001
        if self._sql is None:
            self._sql = self._write(fields, row)
        database = connections[DEFAULT_DB_ALIAS]
        values = [
            field.get_db_prep_save(field.pre_save(row, add=True), database)
            for field in fields
        ]
        ((row.pk,),), _count = self._sql.ask(database, values)
        row._state.adding = False  # noqa: SLF001
        row._state.db = DEFAULT_DB_ALIAS  # noqa: SLF001

    def _write(self, fields: Any, row: Any) -> _Sql:
        query = InsertQuery(self._model)
        query.insert_values(fields, [row])
        compiler: Any = query.get_compiler(DEFAULT_DB_ALIAS)
        compiler.returning_fields = self._model._meta.db_returning_fields  # noqa: SLF001
        ((sql, _values),) = compiler.as_sql()
        return _Sql(sql)


class PreparedUpdate:
    """Saves some fields of a row as `save(update_fields=…)` does, without signals."""

    def __init__(self, model: type[Model], *names: str) -> None:
        self._model = model
        self._names = names
        self._sql: _Sql | None = None

    def __call__(self, row: Any) -> None:
        known: Any = self._model._meta  # noqa: SLF001
        fields = [known.get_field(name) for name in self._names]
        if self._sql is None:
            self._sql = self._write(fields)
        database = connections[DEFAULT_DB_ALIAS]
        values = [
            field.get_db_prep_save(field.pre_save(row, add=False), database)
            for field in (*fields, known.pk)
        ]
        _rows, count = self._sql.ask(database, values)
        if not count:
            raise DatabaseError("there is no such row any more")

    def _write(self, fields: list[Any]) -> _Sql:
        one = self._model._base_manager.filter(pk=Slot("pk", self._model._meta.pk))  # noqa: SLF001
        query: Any = one.query.chain(UpdateQuery)
        query.add_update_fields(
            [(field, None, Slot(field.name, field)) for field in fields]
        )
        sql, _slots = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        return _Sql(sql)


def _write(query: Any, into: Callable[..., Any] | None) -> _Written:
    compiler = query.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, parameters = compiler.as_sql()
    converters = compiler.get_converters([each[0] for each in compiler.select])

    def converted(rows: Any) -> Any:
        return compiler.apply_converters(rows, converters) if converters else rows

    if into is not None:
        # Of a row's values and nothing else, so it is the same for equal rows.
        made = lru_cache(MOST_READ)(lambda row: into(*next(iter(converted([row])))))

        def read(rows: list[Any]) -> list[Any]:
            return [made(row) for row in rows]

    else:
        is_of_models = query._iterable_class is ModelIterable  # noqa: SLF001
        each = _reader(compiler) if is_of_models else tuple

        def read(rows: list[Any]) -> list[Any]:
            return [each(row) for row in converted(rows)]

    prefetched = tuple(query._prefetch_related_lookups)  # noqa: SLF001
    return _Written(_Sql(sql), tuple(parameters), read, prefetched)


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
