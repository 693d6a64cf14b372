"""A site from its backup."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from commonwire.rescue import sealing
from commonwire.rescue.failures import Refused
from commonwire.rescue.restoring import restore
from tests.factories import a_comment, a_picture, a_post, a_section
from tests.live import command
from tests.rescue.backups import (
    WORDS,
    a_backup,
    keys,
    members,
    pieces_of_posts,
    restored,
    rewritten,
)

pytestmark = pytest.mark.django_db


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
    assert pieces_of_posts(again) == pieces_of_posts(second)


def refused(done, data, *words):
    """One line that says why, and nothing there."""
    assert done.returncode == 1
    (line,) = done.stderr.strip().splitlines()
    assert all(word in line for word in words), line
    assert not data.exists() or list(data.iterdir()) == []


@pytest.mark.parametrize("kept", [0.01, 0.98])
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


# What is refused before anything is begun: no process of its own is needed.


@pytest.fixture
def refuses(data, settings):
    """Tries to restore into an empty directory; the one line that says why not."""

    def refuse(path, **words):
        settings.DATA_DIR, settings.PUBLIC_DIR = data, data / "public"
        with pytest.raises(Refused) as caught:
            restore(path, identity=lambda _opened: None, **words)
        assert not data.exists() or {each.name for each in data.iterdir()} <= {"letter"}
        return str(caught.value)

    return refuse


def later(**more):
    """Turns about.json into a later version's."""
    return lambda about: json.dumps(
        {**json.loads(about), **more, "version": "9.1"}
    ).encode()


def test_the_backup_of_a_later_version_is_refused(refuses):
    migrations = {"publishing": ["0001_initial", "9999_from_later"]}
    path = rewritten(a_backup(), later(migrations=migrations))
    assert "made by Commonwire 9.1, which knows more" in refuses(path, new_keys=True)


def test_the_format_of_a_later_version_is_refused(refuses):
    path = rewritten(a_backup(), later(format=2))
    assert "made by Commonwire 9.1, and this one is older" in refuses(path)


def test_a_directory_with_something_in_it_is_refused_and_left_alone(data, refuses):
    path = a_backup()
    data.mkdir()
    (data / "letter").write_text("kept")
    said = refuses(path, new_keys=True)
    assert said.startswith(f"there is something already: {data / 'letter'}")
    assert (data / "letter").read_text() == "kept"


def test_without_the_keys_of_the_old_site_it_asks_for_them(refuses):
    assert "put secret_key of the old site into" in refuses(a_backup())


def test_one_that_it_goes_on_from_has_to_lie_beside_it(refuses):
    first = a_backup("first")
    second = a_backup("second", since=first)
    first.unlink()
    assert "goes on from first, which is not beside it" in refuses(second)


def test_one_that_it_goes_on_from_has_to_be_that_one(refuses):
    first = a_backup("first")
    second = a_backup("second", since=first)
    first.unlink()
    a_backup("first")
    assert "is not the backup that second goes on from" in refuses(second)


def test_what_is_no_backup_is_refused(refuses):
    letter = Path(settings.DATA_DIR).parent / "letter"
    letter.write_text("Dear friend")
    assert refuses(letter) == "letter is no backup, or was cut or changed"
