"""The site's manifest follows the site by itself."""

import os
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from commonwire.changes.models import Cursor
from commonwire.delivery.printing import print_stale
from commonwire.moderation.actions import withdrawing
from commonwire.rescue.manifest import keeping
from commonwire.rescue.manifest.keeping import look
from commonwire.rescue.manifest.verifying import InFolder, verify
from tests.factories import a_post, a_rule, a_steward

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept(monkeypatch):
    """A site with one post, whose manifest was made a moment ago."""
    # Of all pages: to print hundreds of them proves nothing here.
    monkeypatch.setattr(
        "commonwire.rescue.management.commands.manifest.print_what_is_missing",
        lambda: None,
    )
    post = a_post("Who was seen")
    print_stale()
    call_command("manifest")
    return post


def withdraw(post):
    withdrawing.withdraw_for_safety(
        by=a_steward(),
        post=post,
        rule=a_rule("threats"),
        reason="It says who was there.",
    )


def named():
    """What the manifest says, by the names of folders and files."""
    folder = Path(settings.PUBLIC_DIR) / "manifest"
    return b"".join(file.read_bytes() for file in folder.glob("??/*.json"))


def grown_old():
    head = Path(settings.PUBLIC_DIR) / "manifest" / "head"
    then = time.time() - keeping.RENEWED_EVERY - 1
    os.utime(head, (then, then))


def test_what_is_taken_away_is_named_no_more(kept):
    assert b"who-was-seen" in named()
    withdraw(kept)
    assert not look()  # its pages lie there still
    print_stale()
    assert look()
    assert b"who-was-seen" not in named()
    assert verify(InFolder(Path(settings.PUBLIC_DIR))).is_good


def test_what_is_new_is_named_ten_minutes_later(kept):
    a_post("What came since")
    print_stale()
    assert not look()
    grown_old()
    assert look()
    assert b"what-came-since" in named()


def test_nothing_new_is_not_signed_again(kept):
    grown_old()
    assert not look()


def test_a_site_without_a_manifest_gets_none_and_keeps_no_changes_for_it():
    a_post()
    print_stale()
    assert not look()
    assert not keeping.is_kept()
    assert not Cursor.objects.filter(name=keeping.CURSOR).exists()


def test_one_at_a_time_renews_it(kept):
    withdraw(kept)
    print_stale()
    with keeping._alone(wait=True):
        assert not look()
    assert look()
