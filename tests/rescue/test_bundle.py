"""One post as one file."""

import json
import re
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from commonwire.publishing.actions import corrections
from commonwire.rescue.bundling import bundle
from commonwire.rescue.failures import Refused
from commonwire.rescue.manifest.verifying import InZip, verify
from tests.factories import a_picture, a_post, a_release
from tests.rescue.manifest.trees import key

pytestmark = pytest.mark.django_db
LATER = datetime(2126, 1, 16, 12, tzinfo=UTC)


@pytest.fixture
def target(tmp_path):
    key()
    return tmp_path / "post.zip"


def test_it_holds_page_text_and_files_and_is_proved(target):
    picture = a_picture()
    post = a_post("We stay", body="All of us.", attachments=(picture,))
    bundle(post.path, target)
    with zipfile.ZipFile(target) as archive:
        assert verify(InZip(archive)).is_good
        assert b"All of us." in archive.read("index.html")
        assert archive.read("post.txt").startswith(b"We stay\n")
        told = json.loads(archive.read("post.json"))
        assert told["files"] == [
            f"media/{picture.content_id}/{name}" for name in picture.names
        ]
        assert set(told["files"]) <= set(archive.namelist())


def test_its_page_asks_for_nothing_that_is_not_in_it(target):
    bundle(str(a_post(attachments=(a_picture(),)).pk), target)
    with zipfile.ZipFile(target) as archive:
        page = archive.read("index.html").decode()
        loads = re.findall(
            r'<(?:img|source|link rel="stylesheet")[^>]*(?:src|href)="([^"]+)"', page
        )
        assert loads
        assert {link for link in loads if "://" not in link} <= set(archive.namelist())


def test_a_forged_bundle_is_found_out(target, capsys):
    bundle(str(a_post(body="All of us.").pk), target)
    forged = target.with_name("forged.zip")
    with zipfile.ZipFile(target) as old, zipfile.ZipFile(forged, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"All of us", b"None of us"))
    with pytest.raises(CommandError, match="this copy is wrong: 3 files"):
        call_command("verify", str(forged))
    assert "changed: post.txt" in capsys.readouterr()[0]


@pytest.mark.parametrize("why", ["hidden", "withdrawn", "embargo", "nothing"])
def test_what_is_not_listed_is_not_bundled(target, why):
    if why == "embargo":
        post = a_release(until=LATER)
    else:
        post = a_post(wire_class="hidden" * (why == "hidden"))
    if why == "withdrawn":
        corrections.withdraw(post=post)
    with pytest.raises(Refused, match="there is no listed post"):
        bundle("/2026/01/16/none/" if why == "nothing" else str(post.pk), target)
    assert not target.exists()


def test_what_is_there_already_is_not_written_over(target):
    target.write_text("kept")
    with pytest.raises(Refused, match="is there already"):
        bundle(str(a_post().pk), target)
    assert target.read_text() == "kept"


def test_what_is_no_bundle_is_one_line(target):
    target.write_text("Dear friend")
    with pytest.raises(CommandError, match="is no folder and no bundle"):
        call_command("verify", str(target))
