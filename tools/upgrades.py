"""Refuses a migration that the version before cannot live with (docs/upgrades.md).

    python tools/upgrades.py

Of several processes one is upgraded first, and the others go on meanwhile: on tables
that the new one has changed. So tables may gain what the old version does not name, and
lose nothing. A migration that does more says why it may: `lives_with_previous = "…"`.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED

# What the last version that anybody runs has; a line for each, made at its release by
# `python tools/upgrades.py --released`.
RELEASED = Path(__file__).with_name("released_migrations.txt")
REASON = "lives_with_previous"
_LEAST_REASON = 20  # characters
# Of a field: what the database does not know.
_OURS_ALONE = {
    *("blank", "choices", "default", "editable", "error_messages", "help_text"),
    *("limit_choices_to", "on_delete", "related_name", "serialize", "validators"),
    *("verbose_name", "db_index", "db_comment"),
}
_HARMLESS = (
    *(migrations.CreateModel, migrations.AddIndex, migrations.RemoveIndex),
    *(migrations.RenameIndex, migrations.RemoveConstraint),
    *(migrations.AlterModelOptions, migrations.AlterModelManagers),
    *(migrations.AlterModelTableComment, migrations.AlterOrderWithRespectTo),
)
_WHY = {
    migrations.RemoveField: "the old version reads and writes this column",
    migrations.DeleteModel: "the old version reads and writes this table",
    migrations.RenameField: "the old version calls this column by its old name",
    migrations.RenameModel: "the old version calls this table by its old name",
    migrations.AlterModelTable: "the old version calls this table by its old name",
    migrations.AddConstraint: "the old version may write what this refuses",
    migrations.AlterUniqueTogether: "the old version may write what this refuses",
    migrations.RunPython: "nobody can see what it does to rows the old version uses",
    migrations.RunSQL: "nobody can see what it does to rows the old version uses",
}


def found(
    loader: Any, nodes: set[tuple[str, str]], reasons: dict[tuple[str, str], str]
) -> Iterator[str]:
    """A sentence for each thing that the version before cannot live with."""
    for node in sorted(nodes - reasons.keys()):
        migration = loader.disk_migrations[node]
        state = loader.project_state(node, at_end=False)
        for operation in migration.operations:
            why = of(operation, migration.app_label, state)
            operation.state_forwards(migration.app_label, state)
            if why:
                yield f"{'.'.join(node)}: {operation.describe()}: {why}"


def of(operation: Any, app: str, state: Any) -> str:
    """Why the version before cannot live with it; "" when it can."""
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        parts = (of(part, app, state) for part in operation.database_operations)
        return next(filter(None, parts), "")
    if isinstance(operation, migrations.AddField):
        return _added(operation.field)
    if isinstance(operation, migrations.AlterField):
        before = state.models[app, operation.model_name_lower]
        return _altered(before.get_field(operation.name), operation.field)
    if isinstance(operation, _HARMLESS):
        return ""
    kinds = (why for kind, why in _WHY.items() if isinstance(operation, kind))
    return next(kinds, "it is not known whether the old version can live with it")


def _added(field: Any) -> str:
    if isinstance(field, models.ManyToManyField):
        return ""
    if field.unique and not field.null:
        return "the old version cannot write two rows without it"
    if field.null or field.db_default is not NOT_PROVIDED:
        return ""
    return "the old version writes rows without it: null=True or db_default"


def _altered(before: Any, after: Any) -> str:
    _n, old_kind, old_words, old = before.deconstruct()
    _n, new_kind, new_words, new = after.deconstruct()
    if (old_kind, list(old_words)) != (new_kind, list(new_words)):
        return "the old version knows this column as another kind"
    if old.get("null") and not new.get("null"):
        return "the old version writes null"
    if not old.get("unique") and new.get("unique"):
        return "the old version may write one value twice"
    longest = new.get("max_length")
    if longest is not None and longest < (old.get("max_length") or longest + 1):
        return "the old version writes longer texts"
    free = {*_OURS_ALONE, "null", "unique", "max_length", "db_default"}
    same = {k: v for k, v in old.items() if k not in free}
    if same != {k: v for k, v in new.items() if k not in free}:
        return "the old version knows this column as it was"
    return "" if _keeps_default(old, new) else "the old version leaves it out of rows"


def _keeps_default(old: dict[str, Any], new: dict[str, Any]) -> bool:
    return "db_default" not in old or "db_default" in new or bool(new.get("null"))


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonwire.settings")
    django.setup()
    loader = MigrationLoader(None)
    ours = {
        node
        for node, migration in loader.disk_migrations.items()
        if type(migration).__module__.startswith("commonwire.")
    }
    if "--released" in sys.argv:
        RELEASED.write_text("".join(f"{app} {name}\n" for app, name in sorted(ours)))
        return 0
    released = {tuple(line.split()) for line in RELEASED.read_text().splitlines()}
    told = {node: getattr(loader.disk_migrations[node], REASON, "") for node in ours}
    reasons = {node: why for node, why in told.items() if len(why) >= _LEAST_REASON}
    wrong = list(found(loader, ours - released, reasons))
    for sentence in wrong:
        print(f"{sentence}.")
    if wrong:
        print(f"See docs/upgrades.md; {REASON} = “…” says why it may all the same.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
