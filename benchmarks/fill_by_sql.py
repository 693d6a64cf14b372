"""The posts of ``benchmarks/fill`` made by PostgreSQL itself, with their entries for search:
a million in minutes.

Two hundred texts are handed over once; each post is one of them with its own number in
its title. An entry's tokens come out of the program's own rules, and the last ones are
compared with what these make of the post as it stands there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from benchmarks.texts import text
from django.db import connection, models, transaction
from django.utils import timezone

from commonwire.changes import cursors
from commonwire.kit import markup
from commonwire.publishing.models import Key, Post, PostSection
from commonwire.search import texts
from commonwire.search.actions import CURSOR
from commonwire.search.fields import TokensField
from commonwire.search.models import RECIPE, Entry, Filling

TEXTS = 200
CHUNK = 20_000
# So many more entries are put into an index sooner when it is made from all of them.
MANY = 50_000
# Stand in a text where each post has its own.
NUMBER, TOPIC, REGION = 777_777_001, 777_777_002, 777_777_003
COMPARED = 50


def fill(number: int, *, topics: list[Any], regions: list[Any], per_day: int) -> None:
    there = Post.everything.count()
    _ask(f"CREATE TEMP TABLE texts ({_COLUMNS_OF_TEXTS})")
    for place in range(TEXTS):
        _hand_over(place)
    _ask("ANALYZE texts")
    told = {"total": number, "per_day": per_day, "now": timezone.now()}
    told |= {
        "topics": [each.pk for each in topics],
        "regions": [each.pk for each in regions],
    }
    with _without_index(number - there):
        for first in range(there, number, CHUNK):
            last = min(first + CHUNK, number) - 1
            with transaction.atomic():
                _insert({**told, "first": first, "last": last})
    _compare()
    _ask("VACUUM ANALYZE")


def _ask(sql: str, told: Any = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, told)


_COLUMNS_OF_TEXTS = """place int, kind text, title text, byline text, summary text, body text,
    body_html text, tokens text, vector text"""


def _hand_over(place: int) -> None:
    found = text(-place - 1, 1_500)
    for kind in ("report", "release"):
        title = f"{found.title} {NUMBER}"
        words = [title, found.byline, found.summary, found.body]
        named = dict(zip(("title", "byline", "summary", "body"), words, strict=True))
        post = Post(pk=0, kind=kind, published_at=timezone.now(), **named)
        tokens = texts.entry_of_post(post, [TOPIC, REGION]).tokens
        vector = TokensField().get_db_prep_value(tokens, connection)
        row = [place, kind, *words, markup.render(found.body), tokens, vector]
        row[2] = found.title
        _ask(f"INSERT INTO texts VALUES ({', '.join(['%s'] * len(row))})", row)


def _insert(told: dict[str, Any]) -> None:
    _ask("DROP TABLE IF EXISTS chunk")
    _ask(_CHUNK, told)
    for model, own, more in (
        (Key, {"id": "key", "phrase_hash": "key_hash"}, ""),
        (Post, _OF_POST, "JOIN texts USING (place, kind)"),
        (PostSection, {**_OF_PLACE, "section_id": "topic"}, ""),
        (PostSection, {**_OF_PLACE, "section_id": "region"}, ""),
        (
            Entry,
            _OF_ENTRY,
            "JOIN texts USING (place, kind) WHERE wire_class <> 'hidden'",
        ),
    ):
        table, columns, values, constants = _of(model, own)
        _ask(
            f"INSERT INTO {table} ({columns}) SELECT {values} FROM chunk {more}",
            constants,
        )


def _of(
    model: type[models.Model], own: dict[str, str]
) -> tuple[str, str, str, list[Any]]:
    """The table, its columns, what each of them is, and the values of those that are alike
    in all rows: what the model says when nothing is said."""
    columns, values, constants = [], [], []
    told = model._meta  # noqa: SLF001 - Django's own name
    for field in told.concrete_fields:
        if field.column in own:
            value = own[field.column]
        elif field.primary_key:
            continue
        else:
            value = "%s"
            constants.append(field.get_db_prep_save(field.get_default(), connection))
        columns.append(field.column)
        values.append(value)
    return told.db_table, ", ".join(columns), ", ".join(values), constants


# As benchmarks/fill has them; what a hash says is as good as thrown.
_CHUNK = """CREATE TEMP TABLE chunk AS
    SELECT *, (published_at AT TIME ZONE 'UTC')::date AS day,
        CASE WHEN chance < 0.30 THEN 'unsorted' WHEN chance < 0.70 THEN 'local'
            WHEN chance < 0.85 THEN 'global' WHEN chance < 0.97 THEN 'other'
            ELSE 'hidden' END AS wire_class,
        (%(topics)s)[1 + post %% cardinality(%(topics)s)] AS topic,
        (%(regions)s)[CASE WHEN post %% 2 = 1 THEN 1
            ELSE 1 + post / 2 %% cardinality(%(regions)s) END] AS region
    FROM (SELECT n, n %% 200 AS place,
            CASE WHEN n %% 5 = 0 THEN 'release' ELSE 'report' END AS kind,
            CASE WHEN n %% 100 = 0 THEN 'weekly-meeting-' ELSE 'post-' END || n AS slug,
            encode(sha256(convert_to(n::text, 'UTF8')), 'hex') AS text_hash,
            encode(sha256(convert_to('key ' || n, 'UTF8')), 'hex') AS key_hash,
            ('x' || left(md5(n::text), 7))::bit(28)::int / 268435456.0 AS chance,
            %(now)s - interval '10 minutes' - make_interval(secs => 86400.0 / %(per_day)s
                * (%(total)s - n - ('x' || right(md5(n::text), 7))::bit(28)::int / 268435456.0)
            ) AS published_at,
            nextval(pg_get_serial_sequence('publishing_key', 'id')) AS key,
            nextval(pg_get_serial_sequence('publishing_post', 'id')) AS post
        FROM generate_series(%(first)s::int, %(last)s::int) AS n) AS posts"""
_OF_POST = {
    "id": "post",
    "key_id": "key",
    "title": "title || ' ' || n",
    "byline": "byline",
    "summary": "summary",
    "body": "body",
    "body_html": "body_html",
    "kind": "kind",
    "slug": "slug",
    "day": "day",
    "published_at": "published_at",
    "updated_at": "published_at",
    "wire_class": "wire_class",
    "listed": "wire_class <> 'hidden'",
    "text_hash": "text_hash",
}
_OF_PLACE = {"post_id": "post", "published_at": "published_at"}


def _own(column: str) -> str:
    """A text with what is the post's own."""
    for mark, value in ((NUMBER, "n"), (TOPIC, "topic"), (REGION, "region")):
        column = f"replace({column}, '{mark}', ({value})::text)"
    return column


_OF_ENTRY = {
    "id": "(floor(extract(epoch FROM published_at))::bigint << 31) | post",
    "post_id": "post",
    "language": "'en'",
    "tokens": f"({_own('vector')})::tsvector",
    "digest": f"left(encode(sha256(convert_to({_own('tokens')}, 'UTF8')), 'hex'), 32)",
}


@contextmanager
def _without_index(more: int) -> Iterator[None]:
    """Of search, while many entries come. A run that is cut leaves the site without it;
    the next one makes it."""
    if more > MANY:
        _ask("DROP INDEX IF EXISTS search_lexemes")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('search_lexemes')")
        (found,) = cursor.fetchone()
    if not found:
        _ask("SET maintenance_work_mem = '1GB'")
        migration = import_module("commonwire.search.migrations.0002_pairs_of_words")
        for statement in migration.POSTGRESQL:
            _ask(statement)
    done = {"recipe": RECIPE, "next_post": 0, "done_at": timezone.now()}
    Filling.objects.update_or_create(pk=1, defaults=done)
    cursors.position(CURSOR)
    cursors.advance(CURSOR, to=cursors.settled())


def _compare() -> None:
    """The index says of a post what the program would."""
    for entry in Entry.objects.order_by("-id").select_related("post")[:COMPARED]:
        sections = entry.post.places.values_list("section_id", flat=True)
        meant = texts.entry_of_post(entry.post, sections)
        if (meant.pk, meant.digest) != (entry.pk, entry.digest):
            raise SystemExit(f"post {entry.post_id} is indexed otherwise")
