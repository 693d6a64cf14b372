"""Which tables a backup holds, and how their columns are written so that any engine can
read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import connection, models

# What is not in a backup, and why not.
LEFT_OUT: Final = {
    "django_session": "editors sign in again",
    "accounts_signinlink": "links that let somebody in; make new ones",
    "accounts_invitation": "links that let somebody in; make new ones",
    "moderation_presence": "who looks at what just now",
    "mail_outgoingmail": "mail under way: it would be sent again",
    "publishing_spentnonce": "spent proofs of work, of some minutes",
    "publishing_upload": "uploads that come in pieces; they begin anew",
    "changes_running": "",
    "changes_home": "",
    # Never filled, or made anew: from the program, and by the worker from the posts.
    "search_entry": "",
    "search_filling": "",
    "account_emailaddress": "",
    "account_emailconfirmation": "",
    "auth_permission": "",
    "auth_group": "",
    "auth_group_permissions": "",
    "django_content_type": "",
}
# Rows whose numbers begin with the same thousands are one piece.
PER_PIECE: Final = 1_000
_NUMBERS: Final = (models.AutoField, models.PositiveBigIntegerField)
_KINDS: Final = (
    (models.DateTimeField, "datetime"),
    (models.DateField, "date"),
    (models.TimeField, "time"),
    (models.BooleanField, "bool"),
    (models.JSONField, "json"),
    (models.BinaryField, "bytes"),
)


@dataclass(frozen=True)
class Column:
    name: str
    kind: str


@dataclass(frozen=True)
class Table:
    """``numbered``: its keys are numbers in a row, by which its rows are cut into pieces.
    ``counted``: the engine gives the numbers."""

    name: str
    key: str
    columns: tuple[Column, ...]
    numbered: bool
    counted: bool


def tables() -> list[Table]:
    """Those of this version, in the order of their names."""
    found = (_table(model) for model in apps.get_models(include_auto_created=True))
    return sorted(
        (table for table in found if table.name not in LEFT_OUT),
        key=lambda table: table.name,
    )


def _table(model: Any) -> Table:
    meta = model._meta  # noqa: SLF001 - Django's documented API
    return Table(
        name=meta.db_table,
        key=meta.pk.column,
        columns=tuple(
            Column(field.column, _kind(field)) for field in meta.local_concrete_fields
        ),
        numbered=isinstance(_target(meta.pk), _NUMBERS),
        counted=isinstance(meta.pk, models.AutoField),
    )


def _kind(field: Any) -> str:
    """ "" for what every engine and JSON have alike."""
    found = (kind for of, kind in _KINDS if isinstance(_target(field), of))
    return next(found, "")


def _target(field: Any) -> Any:
    """What a foreign key points to is of its target's kind."""
    while field.remote_field is not None:
        field = field.target_field
    return field


def names_of(table: Table) -> str:
    return ", ".join(quoted(column.name) for column in table.columns)


def written(table: Table) -> str:
    """The same, to be read as lines have them. SQLite writes times itself: Django would
    have Python read each of them and write it again, a sixth of all that backing up takes."""
    if connection.vendor != "sqlite":
        return names_of(table)
    return ", ".join(
        _AS_TEXT.get(column.kind, "{}").format(quoted(column.name))
        for column in table.columns
    )


# What is no mere column is handed out as it lies there.
_AS_TEXT: Final = {
    "datetime": "replace({}, ' ', 'T') || '+00:00'",
    "date": "{} || ''",
    "time": "{} || ''",
}


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def existing() -> Iterator[str]:
    """The tables that the database has."""
    with connection.cursor() as cursor:
        yield from connection.introspection.table_names(cursor)
