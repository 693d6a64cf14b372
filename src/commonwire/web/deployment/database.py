"""The database: of this version, and of an engine without known faults."""

import sqlite3
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from commonwire.changes.models import Change
from commonwire.web import health
from commonwire.web.deployment.findings import Findings, mend

# Before it, a write-ahead log that is reset at the wrong moment spoils the file.
_SQLITE = (3, 51, 3)
_CLOCK = timedelta(minutes=2)


def migrations(**_asked: Any) -> Findings:
    missing = health.unapplied()
    if missing:
        return [
            mend(
                "database.W001",
                f"The database is of an older version: {', '.join(missing[:3])} is "
                "missing.",
                "Run: commonwire prepare (`commonwire serve` does it when it starts).",
            )
        ]
    newer = unknown()
    if newer:
        return [
            mend(
                "database.W002",
                f"The database is of a newer version: {', '.join(newer[:3])} is not "
                "known here.",
                "Install that version again, or restore the backup from before it.",
            )
        ]
    return []


def unknown() -> list[str]:
    """Migrations of our packages that the database has seen and this version has not."""
    loader = MigrationLoader(connection)
    applied = loader.applied_migrations or {}
    return sorted(
        f"{app}.{name}"
        for app, name in applied
        if app in loader.migrated_apps and (app, name) not in loader.disk_migrations
    )


def engine(**_asked: Any) -> Findings:
    if connection.vendor != "sqlite" or sqlite3.sqlite_version_info >= _SQLITE:
        return []
    return [
        mend(
            "database.W003",
            f"SQLite {sqlite3.sqlite_version} can spoil the database file.",
            "Install Commonwire with its own SQLite: make setup.",
        )
    ]


def clock(**_asked: Any) -> Findings:
    newest = Change.objects.order_by("-pk").first()
    if newest is None or newest.at - timezone.now() < _CLOCK:
        return []
    return [
        mend(
            "database.W004",
            f"The clock is behind: something was written at {newest.at:%Y-%m-%d %H:%M} "
            "UTC.",
            "Let the machine keep time, such as by systemd-timesyncd.",
        )
    ]


CHECKS = (migrations, engine, clock)
