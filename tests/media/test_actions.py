import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from commonwire.media import actions, contents, store, work
from commonwire.media.exchange import Options
from commonwire.media.messages import CAMERA, GPS, STILL, Refused
from commonwire.media.models import Attachment
from tests.media import pictures

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 15, 16, 17, tzinfo=UTC)
NAMES = ["320.webp", "original.jpg"]


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Run what is to happen after the commit, as a real transaction would."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def attachment():
    """A draft's picture whose files are not worth decoding."""
    made = [
        {"name": name, "width": 320, "height": 200, "type": "image/webp", "bytes": 7}
        for name in NAMES
    ]
    return a_draft_s(made, b"picture")


def a_draft_s(made, content):
    row = Attachment.objects.create(width=320, height=200, renditions=made, note=STILL)
    store.make_room(row.public_id)
    making = store.bench(row.public_id)
    for name in NAMES:
        (making / name).write_bytes(content)
    row.content_id = store.settle_in(row.public_id, making, contents.digests_of(making))
    row.save()
    return row


@pytest.fixture
def published(attachment, commit):
    with commit():
        actions.publish(attachments=[attachment])
    return attachment


def listed(directory):
    return (
        sorted(path.name for path in directory.iterdir())
        if directory.exists()
        else None
    )


def private_files(attachment):
    return listed(store.made(attachment.public_id, attachment.content_id))


def public_files(attachment):
    return listed(store.public(attachment.content_id))


def taken_in(content, **words):
    attachment = actions.receive(upload=arrived(content), **words)
    return work.make_now(attachment, tell=id)


def arrived(content):
    path, file = store.new_upload()
    with file:
        file.write(content)
    return path


def age(path, **by):
    moment = (timezone.now() - timedelta(**by)).timestamp()
    os.utime(path, (moment, moment))


def test_a_picture_is_taken_in_and_its_upload_deleted(commit):
    with commit():
        attachment = taken_in(pictures.telling("JPEG"), alt="A march", credit="Ana")
    assert (attachment.alt, attachment.credit) == ("A march", "Ana")
    assert (attachment.width, attachment.height) == (400, 300)
    assert {GPS, CAMERA} <= {
        trace["phrase"] for trace in store.traces(attachment.public_id)
    }
    assert private_files(attachment) == sorted(attachment.names)
    assert listed(store.quarantine()) == []


def test_a_refused_file_leaves_nothing_behind():
    upload = arrived(b"%PDF-1.7")
    with pytest.raises(Refused, match="This PDF is damaged"):
        actions.receive(upload=upload)
    assert not Attachment.objects.exists()
    assert listed(store.quarantine()) == []
    assert listed(store.quarantine().parent / "unpublished") == []


def test_words_that_are_too_long_are_refused_and_the_upload_deleted():
    upload = arrived(pictures.telling("JPEG"))
    with pytest.raises(ValidationError):
        actions.receive(upload=upload, alt="a" * 1001)
    assert not upload.exists()


def test_nothing_of_the_upload_is_left_in_the_data_directory(data_directory, commit):
    with commit():
        actions.publish(attachments=[taken_in(pictures.telling("PNG"))])
    files = [path for path in data_directory.rglob("*") if path.is_file()]
    assert len(files) > 2
    assert not any(pictures.SENTINEL.encode() in path.read_bytes() for path in files)


def test_describing_changes_only_what_is_told(attachment):
    attachment.caption = "old"
    actions.describe(attachment=attachment, alt="A march", decorative=False)
    attachment.refresh_from_db()
    assert (attachment.alt, attachment.caption) == ("A march", "")


def test_publishing_moves_the_files_and_forgets_what_was_found(published):
    published.refresh_from_db()
    assert public_files(published) == NAMES
    assert private_files(published) is None
    assert (store.traces(published.public_id), published.note) == ([], "")
    assert published.published_at is not None


def test_published_files_can_be_read_by_any_web_server(published):
    directory = store.public(published.content_id)
    assert directory.stat().st_mode & 0o777 == 0o755
    assert {path.stat().st_mode & 0o777 for path in directory.iterdir()} == {0o644}


def test_a_file_s_time_says_the_day_only(attachment):
    store.publish(attachment.public_id, attachment.content_id, NAMES, day=NOW)
    times = {
        path.stat().st_mtime for path in store.public(attachment.content_id).iterdir()
    }
    assert times == {datetime(2026, 3, 4, tzinfo=UTC).timestamp()}


def test_publishing_twice_is_publishing_once(published, commit):
    moment = published.published_at
    with commit():
        actions.publish(attachments=[published])
    assert published.published_at == moment
    assert public_files(published) == NAMES


def test_files_are_public_before_the_commit_and_private_until_after(attachment, commit):
    with commit():
        actions.publish(attachments=[attachment])
        assert public_files(attachment) == NAMES
        assert private_files(attachment) == NAMES


def test_a_publication_that_fails_can_be_tried_again(attachment, commit):
    with commit(), transaction.atomic():
        actions.publish(attachments=[attachment])
        transaction.set_rollback(True)
    again = Attachment.objects.get()
    with commit():
        actions.publish(attachments=[again])
    assert public_files(again) == NAMES


def test_a_disk_without_hard_links_is_served_by_copies(attachment, commit, monkeypatch):
    def refuse(self, target):
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    with commit():
        actions.publish(attachments=[attachment])
    assert public_files(attachment) == NAMES


def test_discarding_removes_everything(published, commit):
    with commit():
        actions.discard(attachments=[published])
    assert (public_files(published), private_files(published)) == (None, None)
    assert not Attachment.objects.exists()


def test_a_preview_opens_what_is_not_public_yet(attachment):
    ids = attachment.public_id, attachment.content_id
    with store.open_preview(*ids, "320.webp") as file:
        assert file.read() == b"picture"


def test_a_preview_opens_what_is_public_already(published):
    ids = published.public_id, published.content_id
    with store.open_preview(*ids, "320.webp") as file:
        assert file.read() == b"picture"


@pytest.mark.parametrize(
    ("content_id", "name"),
    [("..", "320.webp"), ("a" * 22, "../../commonwire.sqlite3"), ("a" * 22, "1.jpg")],
)
def test_a_preview_opens_nothing_else(content_id, name):
    with pytest.raises(FileNotFoundError):
        store.open_preview("b" * 22, content_id, name)


def test_the_sweep_deletes_uploads_older_than_an_hour(commit):
    old, young = arrived(b"old"), arrived(b"young")
    age(old, minutes=61)
    swept = actions.sweep(now=timezone.now(), unplaced=Attachment.objects.all())
    assert swept.uploads == 1
    assert (old.exists(), young.exists()) == (False, True)


def test_the_sweep_discards_pictures_of_abandoned_drafts(attachment, commit):
    later = timezone.now() + timedelta(hours=25)
    with commit():
        swept = actions.sweep(now=later, unplaced=Attachment.objects.all())
    assert swept.attachments == 1
    assert private_files(attachment) is None


def test_the_sweep_keeps_young_placed_and_published_pictures(attachment, commit):
    later = timezone.now() + timedelta(hours=25)
    with commit():
        actions.sweep(now=timezone.now(), unplaced=Attachment.objects.all())
        actions.sweep(now=later, unplaced=Attachment.objects.none())
        actions.publish(attachments=[attachment])
        actions.sweep(now=later, unplaced=Attachment.objects.all())
    assert public_files(attachment) == NAMES


def test_the_sweep_removes_directories_no_row_wants(attachment, published, commit):
    for directory in (store.make_room("b" * 22), store.public("c" * 22)):
        directory.mkdir(exist_ok=True)
        age(directory, minutes=61)
    young = store.make_room("d" * 22)
    swept = actions.sweep(now=timezone.now(), unplaced=Attachment.objects.none())
    assert swept.directories == 2
    assert young.exists()
    assert public_files(published) == NAMES


def test_makers_feel_at_once_that_a_file_waits(attachment, commit, tmp_path):
    before = store.pulse().now()
    upload, file = store.new_upload()
    file.write(pictures.encoded(pictures.gradient((40, 30)), "PNG"))
    file.close()
    with commit():
        actions.receive(upload=upload)
    received = store.pulse().now()
    with commit():
        actions.change_options(attachment=attachment, options=Options(disguise=True))
    assert len({before, received, store.pulse().now()}) == 3
