"""A site from its backup."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from commonwire.rescue import sealing
from tests.factories import a_comment, a_picture, a_post, a_section
from tests.live import command
from tests.rescue.backups import WORDS, a_backup, keys, members, restored, rewritten

pytestmark = pytest.mark.django_db
SITE = {"SITE_URL": "http://wire.example"}


@pytest.fixture
def data(tmp_path):
    return tmp_path / "new"


def tree(data):
    """Every file of the public tree by its address."""
    public = data / "public"
    return {
        str(file.relative_to(public)): file.read_bytes()
        for file in public.rglob("*")
        if file.is_file()
    }


@pytest.mark.slow
def test_a_restored_site_prints_the_same_tree(tmp_path):
    section = a_section()
    post = a_post(attachments=(a_picture(),), topics=(section,))
    a_comment(post, body="Thank you.")
    keys()
    first = a_backup("first", seal=sealing.by_passphrase(WORDS))
    one, two = tmp_path / "one", tmp_path / "two"
    words = {"BACKUP_PASSPHRASE": WORDS}
    assert restored(first, one, **words).returncode == 0
    assert command("print", "--all", data=one).returncode == 0
    second = tmp_path / "second"
    assert command("backup", str(second), data=one, **words).returncode == 0
    assert restored(second, two, **words).returncode == 0
    assert command("print", "--all", data=two).returncode == 0
    assert tree(one).keys() >= {f"{post.path[1:]}index.html", "log/checkpoint"}
    assert tree(two) == tree(one)


def test_one_that_goes_on_from_another_is_restored_with_it(data):
    gone, kept = a_picture((50, 40)), a_picture((30, 40))
    a_post(attachments=(gone,))
    a_post(attachments=(kept,))
    first = a_backup("first")
    type(gone).objects.filter(pk=gone.pk).delete()
    later = a_picture((20, 20))
    a_post("A later one", attachments=(later,))
    second = a_backup("second", since=first)
    done = restored(second, data, "--new-keys")
    assert done.returncode == 0, done.stderr
    assert {each.name for each in (data / "public" / "media").iterdir()} == {
        kept.content_id,
        later.content_id,
    }
    again = data.parent / "again"
    made = command(
        "backup", str(again), data=data, SECRET_KEY="of the restored site " * 2
    )
    assert made.returncode == 0, made.stderr
    name = "rows/publishing_post/000000000.jsonl.gz"
    assert members(again)[name] == members(second)[name]


def refused(done, data, *words):
    """One line that says why, and nothing there."""
    assert done.returncode == 1
    (line,) = done.stderr.strip().splitlines()
    assert all(word in line for word in words), line
    assert not data.exists() or list(data.iterdir()) == []


@pytest.mark.parametrize("kept", [0.0, 0.01, 0.5, 0.98])
def test_a_file_that_was_cut_is_refused(data, kept):
    a_post(attachments=(a_picture(),))
    whole = a_backup()
    cut = whole.with_name("cut")
    cut.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * kept)])
    refused(restored(cut, data, "--new-keys"), data, "cut or changed")


def test_a_file_that_was_changed_is_refused(data):
    a_post(body="We stay.", attachments=(picture := a_picture(),))
    whole = a_backup()
    inner = members(whole)[f"media/{picture.content_id}/original.jpg"]
    changed = whole.with_name("changed")
    changed.write_bytes(whole.read_bytes().replace(inner[50:90], b"x" * 40))
    refused(restored(changed, data, "--new-keys"), data, "was changed")


def test_an_encrypted_file_that_was_changed_is_refused(data):
    whole = a_backup(seal=sealing.by_passphrase(WORDS))
    changed = bytearray(whole.read_bytes())
    changed[len(changed) // 2] ^= 1
    other = whole.with_name("changed")
    other.write_bytes(changed)
    done = restored(other, data, BACKUP_PASSPHRASE=WORDS)
    refused(done, data, "cut or changed")


def test_a_wrong_passphrase_is_refused(data):
    whole = a_backup(seal=sealing.by_passphrase(WORDS))
    done = restored(whole, data, BACKUP_PASSPHRASE="words of somebody else")
    refused(done, data, "the passphrase does not open this backup")


def test_the_backup_of_a_later_version_is_refused(data):
    def later(about):
        told = json.loads(about)
        told["migrations"]["publishing"].append("9999_from_later")
        return json.dumps({**told, "version": "9.1"}).encode()

    done = restored(rewritten(a_backup(), later), data, "--new-keys")
    refused(done, data, "made by Commonwire 9.1", "install that version")


def test_the_format_of_a_later_version_is_refused(data):
    def later(about):
        return json.dumps({**json.loads(about), "format": 2, "version": "9.1"}).encode()

    done = restored(rewritten(a_backup(), later), data, "--new-keys")
    refused(done, data, "made by Commonwire 9.1", "install that version")


def test_a_directory_with_something_in_it_is_refused_and_left_alone(data):
    data.mkdir()
    (data / "letter").write_text("kept")
    done = restored(a_backup(), data, "--new-keys")
    assert done.returncode == 1
    assert f"there is something already: {data / 'letter'}" in done.stderr
    assert [each.name for each in data.iterdir()] == ["letter"]


def test_without_the_keys_of_the_old_site_it_asks_for_them(data):
    refused(restored(a_backup(), data), data, "put secret_key of the old site into")


def test_one_that_it_goes_on_from_has_to_lie_beside_it(data):
    first = a_backup("first")
    second = a_backup("second", since=first)
    first.unlink()
    done = restored(second, data, "--new-keys")
    refused(done, data, "goes on from first, which is not beside it")


def test_what_is_no_backup_is_refused(data):
    letter = Path(settings.DATA_DIR).parent / "letter"
    letter.write_text("Dear friend")
    refused(restored(letter, data, "--new-keys"), data, "letter is no backup")
