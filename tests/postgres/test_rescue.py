"""A site moves from PostgreSQL into the embedded database, and prints the same."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from commonwire.moderation.actions import placing
from commonwire.rescue import sealing
from tests.calls.factories import a_call
from tests.factories import (
    a_comment,
    a_feature,
    a_picture,
    a_post,
    a_rule,
    a_section,
    an_editor,
)
from tests.live import POSTGRES, command, new_tables
from tests.rescue.backups import WORDS, a_backup, keys
from tests.rescue.test_restore import tree

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def a_site_of_everything():
    section = a_section()
    post = a_post(attachments=(a_picture(),), topics=(section,))
    a_comment(post, body="Thank you.")
    a_feature(post)
    a_call()
    placing.hide(by=an_editor(), post=a_post(), rule=a_rule(), reason="An ad.")
    keys()


def printed(data, url):
    """All pages, by a process of its own; the program's own files are all the same."""
    assets = new_tables() / "public" / "assets"
    shutil.copytree(assets, data / "public" / "assets", dirs_exist_ok=True)
    told = {"DATABASE_URL": url, "SITE_URL": settings.SITE_URL}
    done = command("print", "--all", data=data, **told)
    assert done.returncode == 0, done.stderr
    return {name: body for name, body in tree(data).items() if "assets" not in name}


def test_the_embedded_database_prints_the_same_tree(tmp_path):
    a_site_of_everything()
    here = f"{POSTGRES.rpartition('/')[0]}/{connection.settings_dict['NAME']}"
    backup = a_backup(seal=sealing.by_passphrase(WORDS))
    moved, told = tmp_path / "moved", {"BACKUP_PASSPHRASE": WORDS, "DATABASE_URL": ""}
    done = command("restore", str(backup), data=moved, **told)
    assert done.returncode == 0, done.stderr
    assert printed(moved, "") == printed(Path(settings.DATA_DIR), here)
