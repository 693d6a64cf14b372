from typing import Any

from django.db import migrations

# What PostgreSQL's index holds of an entry: its words, and each two that stand side by
# side as a number of 18 bits. The index knows no places; it finds the few texts that may
# have a phrase by its pairs, however common its words are. `~` is in no word.
# hashtext is what PostgreSQL's own hash indexes are made with, and stays what it is.
LEXEMES = r"""
CREATE OR REPLACE FUNCTION search_lexemes(tokens tsvector) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT strip(tokens) || array_to_tsvector(ARRAY(
        SELECT '~' || (hashtext(pair) & 262143) FROM (
            SELECT lexeme || ' ' || lead(lexeme) OVER way AS pair,
                lead(place) OVER way - place AS step
            FROM unnest(tokens) AS words, unnest(positions) AS place
            WINDOW way AS (ORDER BY place)
        ) AS neighbours WHERE step = 1
    ))
$$"""
# Without a list of what is still to be taken in, as its predecessor. Nobody needs to
# know how often what is in it: to find that out would take longer than the searches.
POSTGRESQL = (
    LEXEMES,
    "DROP INDEX IF EXISTS search_lexemes",
    "CREATE INDEX CONCURRENTLY search_lexemes ON search_entry "
    "USING gin (search_lexemes(tokens)) WITH (fastupdate = off)",
    "ALTER INDEX search_lexemes ALTER COLUMN 1 SET STATISTICS 0",
    "DROP INDEX IF EXISTS search_tokens",
)
BACK = (
    "CREATE INDEX search_tokens ON search_entry USING gin (tokens) "
    "WITH (fastupdate = off)",
    "DROP INDEX search_lexemes",
    "DROP FUNCTION search_lexemes",
)


def forth(apps: Any, schema_editor: Any) -> None:
    _run(schema_editor, POSTGRESQL)


def back(apps: Any, schema_editor: Any) -> None:
    _run(schema_editor, BACK)


def _run(schema_editor: Any, statements: tuple[str, ...]) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    # An index that is made while others write is made outside a transaction.
    atomic = False
    lives_with_previous = (
        "It changes no row; searches of the version before, whose index is gone, read "
        "the newest entries and give up on what is rare until it is upgraded too."
    )
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(forth, back, elidable=False)]
