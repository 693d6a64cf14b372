"""Rows as lines of JSON, alike on every database."""

import json
from datetime import UTC, datetime

import pytest

from commonwire.rescue import rows, tables
from tests.factories import a_post

pytestmark = pytest.mark.django_db


def lines_of(name):
    (table,) = [each for each in tables.tables() if each.name == name]
    names = [column.name for column in table.columns]
    for _number, lines, _count in rows.pieces(table):
        for line in lines.splitlines():
            yield dict(zip(names, json.loads(line), strict=True))


@pytest.mark.parametrize("microsecond", [0, 120_000, 999_999])
def test_times_days_and_what_is_not_there_are_written_as_iso_8601_has_them(microsecond):
    post = a_post(at=datetime(2026, 3, 9, 23, 4, 5, microsecond, tzinfo=UTC))
    (line,) = lines_of("publishing_post")
    assert line["published_at"] == post.published_at.isoformat()
    assert line["day"] == post.day.isoformat()
    assert (line["withdrawn_at"], line["listed"]) == (None, True)
