"""Whether the site is well, part by part."""

import hmac
import ipaddress
import os
from collections.abc import Mapping

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from commonwire import env
from commonwire.changes import running
from commonwire.delivery.tree import the_tree
from commonwire.media import quotas


def database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def parts() -> dict[str, bool]:
    reachable = database()
    return {
        "database": reachable,
        "migrations": reachable and not unapplied(),
        "store": store(),
        "disk": quotas.texts_fit_on_disk(),
        "worker": reachable and running.count(running.WORKER) > 0,
    }


def unapplied() -> list[str]:
    """Migrations of this version that the database has not seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _back in plan]


def store() -> bool:
    """Whether pages can be laid into the tree."""
    tree = the_tree()
    return all(
        os.access(place, os.R_OK | os.W_OK | os.X_OK)
        for place in (tree.root, tree.unfinished)
    )


def may_see_metrics(environ: Mapping[str, str]) -> bool:
    """Who has the operator's token; or, where that was said, whoever asks on the machine
    itself and not through a proxy on it."""
    wanted = settings.METRICS
    if not wanted:
        return False
    if wanted != env.LOOPBACK:
        given = environ.get("HTTP_AUTHORIZATION", "")
        return hmac.compare_digest(given.encode(), f"Bearer {wanted}".encode())
    if "HTTP_X_FORWARDED_FOR" in environ or "HTTP_FORWARDED" in environ:
        return False
    try:
        return ipaddress.ip_address(environ.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
