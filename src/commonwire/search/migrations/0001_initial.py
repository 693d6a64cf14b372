from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import commonwire.search.fields

# FTS5 reads the words from the entries' own table and keeps nothing but the index. What
# is deleted leaves the index at once, and not when segments are merged some day.
SQLITE = (
    """CREATE VIRTUAL TABLE search_tokens USING fts5(
        tokens, content='search_entry', content_rowid='id', columnsize=0,
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co' tokenchars ':'"
    )""",
    "INSERT INTO search_tokens(search_tokens, rank) VALUES ('secure-delete', 1)",
    """CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_tokens(rowid, tokens) VALUES (new.id, new.tokens);
    END""",
    """CREATE TRIGGER search_entry_deleted AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_tokens(search_tokens, rowid, tokens)
        VALUES ('delete', old.id, old.tokens);
    END""",
    """CREATE TRIGGER search_entry_changed AFTER UPDATE OF id, tokens ON search_entry
    BEGIN
        INSERT INTO search_tokens(search_tokens, rowid, tokens)
        VALUES ('delete', old.id, old.tokens);
        INSERT INTO search_tokens(rowid, tokens) VALUES (new.id, new.tokens);
    END""",
)
# Without a list of what is still to be taken in: it would grow while nobody vacuums, and
# every search reads all of it.
POSTGRESQL = (
    "CREATE INDEX search_tokens ON search_entry USING gin (tokens) "
    "WITH (fastupdate = off)",
)
BACK = {
    "sqlite": (
        "DROP TRIGGER search_entry_added",
        "DROP TRIGGER search_entry_deleted",
        "DROP TRIGGER search_entry_changed",
        "DROP TABLE search_tokens",
    ),
    "postgresql": ("DROP INDEX search_tokens",),
}


def make_index(apps: Any, schema_editor: Any) -> None:
    forth = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
    for statement in forth[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps: Any, schema_editor: Any) -> None:
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("calls", "0004_endorsements"),
        ("publishing", "0014_sources"),
    ]

    operations = [
        migrations.CreateModel(
            name="Filling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("recipe", models.PositiveIntegerField(default=0)),
                ("next_post", models.BigIntegerField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "language",
                    models.CharField(blank=True, db_index=True, max_length=20),
                ),
                ("tokens", commonwire.search.fields.TokensField()),
                ("digest", models.CharField(max_length=32)),
                (
                    "addendum",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="publishing.addendum",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="calls.organisation",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="publishing.post",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "entries",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organisation", None), ("post__isnull", False)),
                            models.Q(
                                ("addendum", None),
                                ("organisation__isnull", False),
                                ("post", None),
                            ),
                            _connector="OR",
                        ),
                        name="entry_of_one_thing",
                    )
                ],
            },
        ),
        migrations.RunPython(make_index, drop_index, elidable=False),
    ]
