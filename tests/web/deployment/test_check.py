"""`commonwire check`: each weakness by name, in one line with what to do."""

import ipaddress
import json
import os
import shutil
import sqlite3
import time
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from commonwire import env
from commonwire.accounts.models import Editor
from commonwire.changes import running
from commonwire.changes.models import Change, Running
from commonwire.delivery import purging
from commonwire.delivery.printing import print_stale
from commonwire.delivery.tree import the_tree
from commonwire.mail.models import OutgoingMail
from commonwire.media import quotas
from commonwire.media.workshop import Workshop, refusal
from commonwire.rescue import known
from tests.factories import a_post, a_steward
from tests.live import free_port

pytestmark = pytest.mark.django_db
PUBLIC = "https://news.example.org"


@pytest.fixture(autouse=True)
def well(settings, monkeypatch):
    """A site that lacks nothing."""
    settings.SITE_URL = PUBLIC
    settings.MAIL_FROM = "wire@example.org"
    settings.SECRET_KEY = "abcdefghijklmnopqrstuvwxyz0123456789"
    env.log_key(settings.DATA_DIR)
    monkeypatch.setattr(Workshop, "look", lambda _shop, **_what: None)
    running.Heart(running.WORKER).beat()
    for name in ("ada", "grace"):
        a_steward(name)
    the_tree()
    print_stale()
    backed_up(days_ago=1)


def backed_up(*, days_ago):
    kept = settings.DATA_DIR / known.FOLDER / "a.sqlite3"
    kept.parent.mkdir(exist_ok=True)
    kept.touch()
    then = time.time() - days_ago * 86_400
    os.utime(kept, (then, then))


def found():
    """The findings' numbers, and whether something is to be mended."""
    out, failed = StringIO(), False
    try:
        call_command("check", json=True, stdout=out)
    except CommandError:
        failed = True
    findings = json.loads(out.getvalue())
    assert failed == any(each["mend"] for each in findings)
    assert all(each["what"].endswith(".") and each["do"] for each in findings)
    # Root runs the tests in some places; that is good to know everywhere.
    return [each["id"] for each in findings if each["id"] != "places.I001"]


def test_a_site_that_is_well_lacks_nothing():
    assert found() == []


def test_each_finding_is_one_line_with_what_to_do(settings):
    settings.SITE_URL = "http://news.example.org"
    out = StringIO()
    with pytest.raises(CommandError, match="1 to mend"):
        call_command("check", stdout=out)
    (line,) = [line for line in out.getvalue().splitlines() if line.startswith("MEND")]
    assert "not encrypted" in line
    assert "set COMMONWIRE_SITE_URL" in line


def test_a_data_directory_that_others_may_list(settings):
    settings.DATA_DIR.chmod(0o755)
    assert found() == ["places.W001"]


def test_a_secret_that_others_may_read(settings):
    (settings.DATA_DIR / "log_key").chmod(0o644)
    assert found() == ["places.W003"]


@pytest.mark.parametrize(
    ("texts", "files", "said"),
    [(False, False, ["places.W004"]), (True, False, ["places.W005"])],
)
def test_a_disk_that_fills(texts, files, said, monkeypatch):
    monkeypatch.setattr(quotas, "texts_fit_on_disk", lambda: texts)
    monkeypatch.setattr(quotas, "fits_on_disk", lambda: files)
    assert found() == said


def test_a_tree_that_takes_no_page():
    the_tree().unfinished.rmdir()
    assert found() == ["places.W006"]


def test_a_cache_in_front_that_was_not_told():
    purging._keep(["/media/a/1.jpg"])
    assert found() == ["places.W008"]


def test_a_secret_key_that_somebody_typed(settings):
    settings.SECRET_KEY = "change-me-" * 4
    assert found() == ["keys.W001"]


def test_a_log_key_that_is_gone(settings):
    (settings.DATA_DIR / "log_key").unlink()
    assert found() == ["keys.W003"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://news.example.org", ["address.W001"]),
        ("http://192.168.1.5:8000", ["address.I001"]),
        ("http://localhost:8000", ["mail.W001", "address.I001"]),
        (f"http://{'a' * 56}.onion", []),
    ],
)
def test_addresses(address, said, settings):
    settings.SITE_URL = address
    assert found() == said


@pytest.mark.parametrize(
    ("network", "said"),
    [
        ("10.0.3.0/24", []),
        ("0.0.0.0/0", ["address.W002"]),
        ("8.8.8.0/24", ["address.W002"]),
    ],
)
def test_whose_word_is_taken(network, said, settings):
    settings.PROXIES = (ipaddress.ip_network(network),)
    assert found() == said


def test_a_database_of_an_older_version():
    MigrationRecorder(connection).migration_qs.filter(app="changes").last().delete()
    assert found() == ["database.W001"]


def test_a_database_of_a_newer_version():
    MigrationRecorder(connection).record_applied("changes", "0999_what_comes")
    assert found() == ["database.W002"]


def test_an_sqlite_that_spoils_files(monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    said = ["database.W003"] if connection.vendor == "sqlite" else []
    assert found() == said


def test_a_clock_that_is_behind():
    a_post()
    print_stale()
    Change.objects.update(at=timezone.now() + timedelta(hours=1))
    assert found() == ["database.W004"]


def test_a_site_without_a_worker():
    Running.objects.all().delete()
    assert found() == ["processes.W001"]


def test_pages_that_wait_for_long():
    a_post()
    Change.objects.update(at=timezone.now() - timedelta(minutes=3))
    assert found() == ["processes.W002"]


def test_mail_that_nobody_takes():
    long_ago = timezone.now() - timedelta(hours=2)
    OutgoingMail.objects.create(to="a@example.org", written_at=long_ago)
    assert found() == ["processes.W005"]


def test_several_processes_that_count_alone():
    for _ in range(2):
        running.Heart(running.WEB).beat()
    assert found() == ["processes.W006"]


def test_a_valkey_that_does_not_answer(settings):
    settings.CACHE_URL = f"redis://127.0.0.1:{free_port()}/0"
    assert found() == ["processes.W007"]


def test_a_site_without_editors():
    Editor.objects.update(is_active=False)
    assert found() == ["editors.W001"]


def test_a_site_with_one_steward():
    Editor.objects.filter(name="grace").update(is_active=False)
    assert found() == ["editors.I001"]


def test_files_that_cannot_be_made(monkeypatch):
    def broken(_shop, **_what):
        raise refusal("ended")

    monkeypatch.setattr(Workshop, "look", broken)
    assert found() == ["media.W001"]


def test_a_site_with_something_to_lose_that_was_never_backed_up(settings):
    shutil.rmtree(settings.DATA_DIR / known.FOLDER)
    assert found() == []
    a_post()
    print_stale()
    assert found() == ["backups.W001"]


def test_a_last_backup_that_is_old():
    backed_up(days_ago=8)
    assert found() == ["backups.W002"]
