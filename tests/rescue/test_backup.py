"""What is in a backup, and what is not."""

import errno
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from pyrage import x25519

from commonwire.media import store
from commonwire.moderation.models import SignCount
from commonwire.publishing.models import Post
from commonwire.rescue import backing_up, known, sealing
from commonwire.rescue.failures import Refused
from tests.factories import a_picture, a_post, an_editor
from tests.media.files import a_made
from tests.rescue.backups import a_backup, keys, members, pieces_of_posts

pytestmark = pytest.mark.django_db


def test_it_holds_rows_as_lines_of_json():
    post = a_post("Dockers stay out")
    ((_name, rows),) = pieces_of_posts(a_backup())
    (row,) = [json.loads(line) for line in rows.splitlines()]
    assert row[:3] == [post.pk, "report", "Dockers stay out"]


def test_only_a_whole_one_counts_as_the_last(monkeypatch):
    folder = Path(settings.DATA_DIR) / known.FOLDER
    monkeypatch.setattr(backing_up.archive, "written", None)
    with pytest.raises(TypeError):
        a_backup("broken")
    assert known.last_kept(folder) is None
    monkeypatch.undo()
    a_backup()
    assert timezone.now() - known.last_kept(folder) < timedelta(minutes=1)


def test_it_holds_the_files_of_posts_and_of_drafts():
    picture, draft = a_picture(), a_made("video")
    a_post(attachments=(picture,))
    found = members(a_backup())
    public = f"media/{picture.content_id}/original.jpg"
    private = f"unpublished/{draft.public_id}/{draft.content_id}/{draft.names[0]}"
    assert (
        found[public]
        == (store.public(picture.content_id) / "original.jpg").read_bytes()
    )
    assert private in found


def test_the_keys_are_in_an_encrypted_one_only():
    keys()
    identity = x25519.Identity.generate()
    sealed = a_backup("sealed", seal=sealing.Seal(identity.to_public()))
    assert {"keys/secret_key", "keys/log_key"} <= members(sealed, identity).keys()
    plain = a_backup("plain")
    assert not [name for name in members(plain) if name.startswith("keys/")]


def test_it_says_that_it_left_out_the_keys(capsys):
    keys()
    call_command("backup", str(Path(settings.DATA_DIR).parent / "plain"))
    assert (
        "left out: secret_key: this backup is not encrypted" in capsys.readouterr()[0]
    )


def test_no_byte_of_it_knows_an_address_or_a_session(contributor, client):
    address = "198.51.100.7"
    contributor.publish(title="From somewhere", body="A text.")
    client.force_login(an_editor(), settings.AUTHENTICATION_BACKENDS[0])
    draft = a_made("video")
    store.keep_traces(draft.public_id, [{"what": "GPS position 44.97"}])
    every = b"\0".join(members(a_backup()).values())
    assert b"From somewhere" in every
    assert address.encode() not in every
    assert client.session.session_key.encode() not in every
    assert b"GPS position" not in every


def test_the_next_one_holds_what_is_new_and_names_what_is_gone():
    gone, kept = a_picture((50, 40)), a_picture((30, 40))
    a_post(attachments=(gone,))
    a_post(attachments=(kept,))
    first = a_backup("first")
    store.remove_public(gone.content_id)
    type(gone).objects.filter(pk=gone.pk).delete()
    new = a_picture((20, 20))
    a_post(attachments=(new,))
    found = members(a_backup("second", since=first))
    assert {name.split("/")[1] for name in found if name.startswith("media/")} == {
        new.content_id
    }
    assert (
        f'{{"gone": "media/{gone.content_id}/"}}'.encode() in found["contents.jsonl.gz"]
    )


def test_rows_that_are_as_they_were_are_not_in_the_next_one():
    a_post()
    first = a_backup("first")
    second = members(a_backup("second", since=first))
    assert not [name for name in second if name.startswith("rows/")]


def test_a_row_that_was_changed_is_in_the_next_one():
    post = a_post()
    first = a_backup("first")
    Post.objects.filter(pk=post.pk).update(title="Another title")
    ((_name, rows),) = pieces_of_posts(a_backup("second", since=first))
    assert b"Another title" in rows


def test_rows_with_keys_that_are_far_apart_are_in_few_pieces():
    signs = [number * 10**12 for number in range(-700, 800)]
    SignCount.objects.bulk_create(SignCount(sign=n, spam=1, fine=0) for n in signs)
    found = members(a_backup())
    pieces = sorted(
        name for name in found if name.startswith("rows/moderation_signcount/")
    )
    rows = [json.loads(line) for name in pieces for line in found[name].splitlines()]
    assert len(pieces) == 2
    assert rows == [[sign, 1, 0] for sign in signs]


def test_a_file_that_comes_while_it_runs_is_taken_with_its_row(monkeypatch):
    picture = a_picture()
    a_post(attachments=(picture,))
    monkeypatch.setattr(backing_up, "_folders_of_files", lambda: ())
    assert f"media/{picture.content_id}/original.jpg" in members(a_backup())


def test_a_row_without_its_file_is_said_and_no_backup_is_left():
    picture = a_picture()
    a_post(attachments=(picture,))
    store.remove_public(picture.content_id)
    with pytest.raises(Refused, match=f"such as those of {picture.content_id}"):
        a_backup()
    assert not list(Path(settings.DATA_DIR).parent.glob("*site.backup*"))


def test_what_is_there_already_is_not_written_over():
    first = a_backup()
    before = first.read_bytes()
    with pytest.raises(Refused, match="is there already"):
        a_backup()
    assert first.read_bytes() == before


def test_it_goes_on_from_nothing_that_this_machine_does_not_remember():
    first = a_backup("first")
    (only,) = (Path(settings.DATA_DIR) / "backups").iterdir()
    only.unlink()
    with pytest.raises(Refused, match="does not remember"):
        a_backup("second", since=first)


def test_a_full_disk_is_one_line_and_no_file(monkeypatch):
    a_post()

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backing_up.Pieces, "add_file", full)
    target = Path(settings.DATA_DIR).parent / "site.backup"
    with pytest.raises(CommandError, match=f"no room left for {target}"):
        call_command("backup", str(target))
    assert not list(target.parent.glob("*site.backup*"))


def test_a_short_passphrase_is_refused(monkeypatch):
    monkeypatch.setenv("COMMONWIRE_BACKUP_PASSPHRASE", "short")
    with pytest.raises(CommandError, match="shorter than 12 characters"):
        call_command("backup", "never-made")


def test_a_recipient_that_is_none_is_refused():
    with pytest.raises(CommandError, match="is no age recipient"):
        call_command("backup", "never-made", recipient="age1nobody")
