"""After PostgreSQL was started again, or cut us off."""

import pytest
from django.db import connection, connections

from commonwire.kit import pool
from commonwire.publishing.models import Post
from tests.postgres.together import together

pytestmark = pytest.mark.django_db(transaction=True)
CUT = """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture
def cut():
    """The server cuts everybody's connections but one, which cuts them."""
    together(*[connection.ensure_connection] * 8)  # so many that wait to be used
    connection.close()
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute(CUT)
        assert cursor.fetchone()[0] > 0
    yield
    other.close()


def test_connections_that_were_cut_are_thrown_away_at_once(cut):
    pool.mend()
    assert Post.objects.count() == 0
