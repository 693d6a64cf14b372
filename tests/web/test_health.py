"""`/healthz`, for who watches over a site."""

from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from commonwire.changes import running
from commonwire.changes.models import Running
from commonwire.delivery.tree import the_tree
from commonwire.media import quotas

pytestmark = pytest.mark.django_db


@pytest.fixture
def roomy(monkeypatch):
    """A disk with this much free, in megabytes."""

    def have(free):
        disk = SimpleNamespace(free=free * 1024**2, total=100_000 * 1024**2)
        monkeypatch.setattr(quotas.shutil, "disk_usage", lambda _: disk)

    have(50_000)
    return have


@pytest.mark.parametrize(
    ("free", "status", "ready", "files"),
    [(50_000, 200, True, True), (500, 200, True, False), (0, 503, False, False)],
)
def test_health_says_whether_the_disk_has_room_for_texts_and_for_files(
    free, status, ready, files, client, roomy
):
    roomy(free)
    answer = client.get("/healthz")
    assert answer.status_code == status
    assert answer.json() == {"live": True, "ready": ready, "files": files}


@pytest.fixture
def well(roomy):
    """A site at which everything is as it should be."""
    running.Heart(running.WORKER).beat()
    return the_tree()


def lacking(client):
    answer = client.get("/healthz/ready")
    parts = answer.json()
    good = parts.pop("ready")
    assert answer.status_code == (200 if good else 503)
    return [name for name, is_well in parts.items() if not is_well]


def test_a_site_that_is_well_is_ready(client, well):
    assert lacking(client) == []


def test_a_site_without_a_worker_is_not_ready(client, well):
    Running.objects.all().delete()
    assert lacking(client) == ["worker"]


def test_a_site_whose_tree_takes_no_page_is_not_ready(client, well):
    well.unfinished.rmdir()
    assert lacking(client) == ["store"]


def test_a_database_of_an_older_version_is_not_ready(client, well):
    newest = MigrationRecorder(connection).migration_qs.filter(app="changes").last()
    newest.delete()
    assert lacking(client) == ["migrations"]


def test_a_database_that_is_gone_is_told(client, well, monkeypatch):
    def gone():
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", gone)
    assert lacking(client)[0] == "database"
    assert client.get("/healthz").status_code == 503
