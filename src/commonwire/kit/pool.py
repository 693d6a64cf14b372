"""A process's connections to PostgreSQL, after the server was away."""

from django.db import connection


def mend() -> None:
    """Throw away the connections that the server has cut. The pool itself looks at one
    each time somebody wants one, and waits longer and longer between two that are cut."""
    pool = getattr(connection, "pool", None)
    if pool is not None and not pool.closed:
        pool.check()
