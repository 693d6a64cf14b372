"""One question, asked of each database in its way: the numbers of the newest entries
that match. Everything else about searching is the same for both.

A term is what somebody wrote; it is found in any of its forms, and a form of several
tokens is a phrase. An entry matches when it has every term.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from django.db import OperationalError, connection, transaction

Form = tuple[str, ...]
Term = frozenset[Form]

LONGEST_SECONDS = 2.0
# How often SQLite asks whether time is up, in steps of its machine.
_STEPS = 20_000
# Of the newest entries PostgreSQL looks at each; only where too few of them match does it
# ask the index, which has to find every match before it knows the newest. So a word that
# is everywhere costs no more than a rare one.
WINDOW = 300
# And so many where it can be told from those that they will do: as long as the index
# takes for what is in one of a hundred texts.
WIDEST = 5_000
_CANCELLED = "57014"


class TooSlow(Exception):
    """It took longer than anybody may keep the database busy."""


def newest(terms: Sequence[Term], *, low: int, high: int, limit: int) -> list[int]:
    """Numbers from ``low`` to before ``high``, the highest first."""
    ask = _postgresql if connection.vendor == "postgresql" else _sqlite
    return ask(terms, low, high, limit)


def _sqlite(terms: Sequence[Term], low: int, high: int, limit: int) -> list[int]:
    with _interrupted(), connection.cursor() as cursor:
        if terms:
            cursor.execute(
                "SELECT rowid FROM search_tokens WHERE search_tokens MATCH %s"
                " AND rowid >= %s AND rowid < %s ORDER BY rowid DESC LIMIT %s",
                [_fts5(terms), low, high, limit],
            )
        else:
            cursor.execute(_UNNARROWED, [low, high, limit])
        return [row[0] for row in cursor.fetchall()]


_UNNARROWED = (
    "SELECT id FROM search_entry WHERE id >= %s AND id < %s ORDER BY id DESC LIMIT %s"
)
_WINDOWED = (
    "SELECT id FROM (SELECT id, tokens FROM search_entry WHERE id >= %s AND id < %s"
    " ORDER BY id DESC LIMIT %s) AS newest WHERE tokens @@ %s::tsquery"
    " ORDER BY id DESC LIMIT %s"
)
# Whether anything was published in that time that the window does not show.
_BEYOND = (
    "SELECT id FROM search_entry WHERE id >= %s AND id < %s"
    " ORDER BY id DESC LIMIT 1 OFFSET %s"
)
# The index knows words and pairs (search.migrations.0002). Whether a text has the phrase
# is read in it, from the newest, and only until there are enough.
_INDEXED = (
    "WITH found AS MATERIALIZED"
    " (SELECT id FROM search_entry WHERE search_lexemes(tokens) @@ %s::tsquery)"
    " SELECT id FROM (SELECT id FROM found WHERE id >= %s AND id < %s ORDER BY id DESC)"
    " AS newest WHERE"
    " (SELECT tokens @@ %s::tsquery FROM search_entry WHERE id = newest.id)"
    " ORDER BY id DESC LIMIT %s"
)
_PAIRS = "SELECT pair, '~' || (hashtext(pair) & 262143) FROM unnest(%s::text[]) AS pair"


def _postgresql(terms: Sequence[Term], low: int, high: int, limit: int) -> list[int]:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('statement_timeout', %s, true),"
                " set_config('enable_seqscan', 'off', true),"
                " set_config('jit', 'off', true)",
                [str(int(LONGEST_SECONDS * 1000))],
            )
            found = _found(cursor, terms, low, high, limit)
            # For whatever else the caller's transaction asks.
            cursor.execute("RESET statement_timeout; RESET enable_seqscan; RESET jit")
            return found
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == _CANCELLED:
            raise TooSlow from error
        raise


def _found(
    cursor: Any, terms: Sequence[Term], low: int, high: int, limit: int
) -> list[int]:
    if not terms:
        return _rows(cursor, _UNNARROWED, low, high, limit)
    query, window = _tsquery(terms), WINDOW
    found = _rows(cursor, _WINDOWED, low, high, window, query, limit)
    wider = 2 * window * limit // max(len(found), 1)
    if len(found) < limit and wider <= WIDEST:
        window = wider
        found = _rows(cursor, _WINDOWED, low, high, window, query, limit)
    if len(found) == limit or not _rows(cursor, _BEYOND, low, high, window):
        return found
    narrowed = _tsquery(terms, _lexemes(cursor, terms))
    return _rows(cursor, _INDEXED, narrowed, low, high, query, limit)


def _lexemes(cursor: Any, terms: Sequence[Term]) -> dict[str, str]:
    """What the index calls the pairs of words that are in phrases."""
    pairs = {pair for term in terms for form in term for pair in _pairs(form)}
    if not pairs:
        return {}
    cursor.execute(_PAIRS, [list(pairs)])
    return dict(cursor.fetchall())


def _pairs(form: Form) -> list[str]:
    return [" ".join(pair) for pair in pairwise(form)]


def _rows(cursor: Any, sql: str, *values: Any) -> list[int]:
    cursor.execute(sql, values)
    return [row[0] for row in cursor.fetchall()]


@contextmanager
def _interrupted() -> Iterator[None]:
    """SQLite asks now and then whether it may go on."""
    connection.ensure_connection()
    end = time.monotonic() + LONGEST_SECONDS
    connection.connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
    try:
        yield
    except OperationalError as error:
        if "interrupted" in str(error):
            raise TooSlow from error
        raise
    finally:
        connection.connection.set_progress_handler(None, 0)


def _fts5(terms: Sequence[Term]) -> str:
    """Tokens hold no quotation marks: they are letters, marks and digits."""
    return " AND ".join(
        "(" + " OR ".join(f'"{" ".join(form)}"' for form in sorted(term)) + ")"
        for term in terms
    )


def _tsquery(terms: Sequence[Term], pairs: Mapping[str, str] | None = None) -> str:
    """``pairs``: of an index that knows no places, instead of phrases."""
    return " & ".join(
        "(" + " | ".join(_tsphrase(form, pairs) for form in sorted(term)) + ")"
        for term in terms
    )


def _tsphrase(form: Form, pairs: Mapping[str, str] | None) -> str:
    if pairs is None:
        return "(" + " <-> ".join(f"'{token}'" for token in form) + ")"
    # A pair is as rare as both its words together; they need not be looked for, too.
    lexemes = [pairs[pair] for pair in _pairs(form)] or form
    return "(" + " & ".join(f"'{lexeme}'" for lexeme in lexemes) + ")"
