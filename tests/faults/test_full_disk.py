"""A disk without room: a sentence for whoever sent something, nothing half-written, and
the site goes on.

Real limits, which need no rights: of what this process and its children may write to a
file, and of the pages that the database may have.
"""

import contextlib
import errno
import os
import resource
from pathlib import Path

import pytest
from django.db import connection
from PIL import Image

from commonwire.media import actions, resting, store, work, workshop
from commonwire.media.models import Attachment
from commonwire.publishing.models import Draft, Post
from tests.contributor import a_file, the_post
from tests.media import clips, papers
from tests.media.pictures import encoded
from tests.publishing.tus import Sender

pytestmark = pytest.mark.django_db(transaction=True)
ROOM = 60_000


def noise(size=(400, 300)):
    """A picture that cannot be made small."""
    return encoded(Image.effect_noise(size, 90).convert("RGB"), "JPEG", quality=95)


@contextlib.contextmanager
def little_room(monkeypatch):
    """Files of this process find no room beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, before[1]))
    with monkeypatch.context() as patched:
        patched.setattr(Path, "hardlink_to", on_another_disk)
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)


def on_another_disk(_path, _source):
    raise OSError(errno.EXDEV, "Invalid cross-device link")


@contextlib.contextmanager
def full_database():
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")


def files_in(directory):
    return [path for path in directory.rglob("*") if path.is_file()]


CONTENTS = {
    "picture": lambda _place: noise(),
    "document": lambda _place: papers.telling(),
    "video": lambda place: clips.video(place / "a.mp4", seconds=1.0).read_bytes(),
    "sound": lambda place: clips.sound(
        place / "a.wav", codec="pcm_s16le", seconds=1.0
    ).read_bytes(),
}


@pytest.mark.parametrize("kind", CONTENTS)
def test_a_file_whose_renditions_find_no_room_waits(kind, tmp_path, monkeypatch):
    path, file = store.new_upload()
    with file:
        file.write(CONTENTS[kind](tmp_path))
    row = actions.receive(upload=path)
    with monkeypatch.context() as patched:
        patched.setattr(workshop, "FILE_SIZE", 500)
        assert work.make(row.public_id, tell=print) is False
    assert list(store.unpublished(row.public_id).glob(".making-*")) == []
    assert work.make_now(row, tell=lambda _row: None).is_made


def test_a_file_that_is_never_small_enough_is_refused_in_words(monkeypatch):
    path, file = store.new_upload()
    with file:
        file.write(noise())
    row = actions.receive(upload=path)
    monkeypatch.setattr(workshop, "FILE_SIZE", 500)
    for _ in range(work.MOST_ATTEMPTS):
        work.make(row.public_id, tell=lambda _row: None)
        resting.forget(row.public_id)
    row.refresh_from_db()
    assert row.refusal.startswith("The site could not work on this file just now")
    assert files_in(store.quarantine()) == []
    assert not store.unpublished(row.public_id).exists()


def test_what_finds_no_room_in_the_public_tree_waits(monkeypatch):
    path, file = store.new_upload()
    with file:
        file.write(noise())
    row = actions.receive(upload=path)
    actions.publish(attachments=[row])
    with little_room(monkeypatch):
        assert work.make(row.public_id, tell=print) is False
    assert all(not path.name.startswith(".") for path in files_in(store.public_root()))
    row = work.make_now(row, tell=lambda _row: None)
    assert {path.name for path in files_in(store.public_root())} == set(row.names)


def test_a_piece_that_finds_no_room_is_answered_so(client, data_directory, monkeypatch):
    sender, photo = Sender(client).save(title="A", body="Text."), noise()
    where = sender.begin(len(photo))["Location"]
    with little_room(monkeypatch):
        answer = sender.patch(where, 0, photo)
    assert answer.status_code == 507
    assert "no room for files just now" in answer.json()["sentence"]
    assert files_in(data_directory / "arriving") == []
    assert sender.send(photo).status_code == 204


def test_a_whole_upload_that_finds_no_room_in_quarantine_stays(
    client, data_directory, monkeypatch
):
    sender, photo = Sender(client).save(title="A", body="Text."), noise()
    where = sender.begin(len(photo))["Location"]
    sender.patch(where, 0, photo[:-1])
    with monkeypatch.context() as patched:
        patched.setattr(store, "to_quarantine", without_room)
        assert sender.patch(where, len(photo) - 1, photo[-1:]).status_code == 507
    assert files_in(data_directory / "quarantine") == []
    assert sender.head(where)["Upload-Offset"] == str(len(photo))
    assert Attachment.objects.count() == 1


def without_room(_source):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_plain_form_s_file_finds_no_room_but_its_text_does(
    contributor, data_directory, monkeypatch
):
    contributor.open()
    with little_room(monkeypatch):
        contributor.send(title="A", body="Text.", files=[a_file(noise())], do="preview")
    (notice,) = contributor.notices
    assert "The site has no room" in notice
    assert files_in(data_directory / "quarantine") == []
    contributor.publish()
    assert the_post().title == "A"


def test_a_post_whose_pictures_find_no_room_is_not_half_published(
    contributor, monkeypatch
):
    contributor.preview(title="A", body="Text.", files=[a_file(noise())])
    with little_room(monkeypatch):
        contributor.send(do="publish")
    assert contributor.answer.status_code == 507
    assert "The site's disk is full" in contributor.page.text
    assert Post.objects.count() == 0
    left = files_in(store.public_root())
    assert [path for path in left if path.name.startswith(".")] == []
    contributor.get(contributor.where).publish()
    (picture,) = the_post().pictures
    assert (store.public(picture.content_id) / "original.jpg").exists()


def test_a_draft_that_finds_no_room_is_answered_so_and_readers_are_served(
    contributor, client
):
    contributor.open()
    typed = {"title": "A", "body": "Text. " * 9_000, "do": "preview"}
    with full_database():
        contributor.send(**typed)
        assert contributor.answer.status_code == 507
        assert "nothing was saved" in contributor.page.text
        assert client.get("/").status_code == 200
    assert Draft.objects.count() == 0
    contributor.open().send(**typed)
    assert contributor.answer.status_code == 200
    assert Draft.objects.count() == 1


def test_a_program_is_told_of_a_full_disk_as_a_problem(client):
    body = {"title": "A", "body": "Text. " * 9_000}
    with full_database():
        answer = client.post("/api/v1/posts", body, content_type="application/json")
    assert answer.status_code == 507
    assert answer["Content-Type"] == "application/problem+json"
