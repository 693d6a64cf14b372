"""`/healthz`, for who watches over a site."""

from types import SimpleNamespace

import pytest

from commonwire.media import quotas

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("free", "status", "ready", "files"),
    [(50_000, 200, True, True), (500, 200, True, False), (0, 503, False, False)],
)
def test_health_says_whether_the_disk_has_room_for_texts_and_for_files(
    free, status, ready, files, client, monkeypatch
):
    disk = SimpleNamespace(free=free * 1024**2, total=100_000 * 1024**2)
    monkeypatch.setattr(quotas.shutil, "disk_usage", lambda _: disk)
    answer = client.get("/healthz")
    assert answer.status_code == status
    assert answer.json() == {"live": True, "ready": ready, "files": files}
