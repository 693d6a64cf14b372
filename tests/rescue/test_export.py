"""The public site as a folder."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from commonwire.publishing.actions import corrections
from commonwire.rescue.exporting import export
from commonwire.rescue.manifest.verifying import InFolder, verify
from tests.factories import a_picture, a_post
from tests.rescue.manifest.trees import key

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    key()
    return tmp_path / "export"


def test_it_holds_every_page_and_picture_and_is_proved(folder):
    picture = a_picture()
    post = a_post(attachments=(picture,))
    export(folder)
    assert (folder / post.path[1:] / "index.html").is_file()
    assert (folder / "media" / picture.content_id / "original.jpg").is_file()
    assert verify(InFolder(folder)).is_good


def test_its_links_lead_to_files_or_to_the_site(folder):
    post = a_post(attachments=(a_picture(),))
    export(folder)
    page = folder / post.path[1:] / "index.html"
    links = re.findall(r'\s(?:href|src)="([^"#]+)[#"]', page.read_text())
    local = [link for link in links if "://" not in link and ":" not in link]
    assert len(local) > 5
    assert [link for link in local if not (page.parent / link).is_file()] == []


def test_an_earlier_export_is_brought_up_to_date(folder):
    post = a_post("One that is taken back")
    export(folder)
    there = folder / post.path[1:]
    assert there.is_dir()
    corrections.withdraw(post=post)
    later = a_post("Another one")
    export(folder)
    assert (folder / later.path[1:] / "index.html").is_file()
    assert b"One that is taken back" not in b"".join(
        file.read_bytes() for file in folder.rglob("*.html")
    )
    assert verify(InFolder(folder)).is_good


def test_a_folder_with_something_else_in_it_is_left_alone(folder):
    folder.mkdir()
    (folder / "letter").write_text("kept")
    with pytest.raises(CommandError, match="holds something that is no export"):
        call_command("export", str(folder))
    assert [each.name for each in folder.iterdir()] == ["letter"]


def test_verify_names_what_was_changed(folder, capsys):
    post = a_post()
    export(folder)
    name = f"{post.path[1:]}index.html"
    (folder / name).write_text("forged")
    with pytest.raises(CommandError, match="this copy is wrong: 1 file of"):
        call_command("verify", str(folder))
    assert capsys.readouterr()[0].splitlines()[0] == f"changed: {name}"


def test_the_manifest_of_the_site_is_part_of_what_it_serves(folder):
    a_post()
    call_command("manifest")
    root = Path(settings.PUBLIC_DIR)
    assert verify(InFolder(root)).is_good
    assert (root / "manifest" / "head").stat().st_mode & 0o777 == 0o644
