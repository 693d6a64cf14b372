"""Captions are published as files of their own, and go when nobody has them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from commonwire.media import actions, checking, store, work
from commonwire.media.exchange import Options
from commonwire.media.models import Attachment
from tests.media import clips
from tests.media.files import a_made

pytestmark = pytest.mark.django_db
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nWe stay.\n"


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def video(commit):
    made = a_made("video", captions=CAPTIONS)
    with commit():
        actions.publish(attachments=[made])
    return Attachment.objects.get()


def file_of(attachment):
    return store.public(attachment.captions_id) / "captions.vtt"


def test_captions_are_laid_down_for_all_to_read(video):
    file = file_of(video)
    assert file.read_text() == CAPTIONS
    assert file.stat().st_mode & 0o777 == 0o644
    assert video.captions_address == f"/media/{video.captions_id}/captions.vtt"


def test_a_draft_s_captions_are_under_its_own_address():
    made = a_made("video", captions=CAPTIONS)
    made.folder = "/publish/secret/pictures"
    assert (
        made.captions_address
        == f"/publish/secret/pictures/{made.public_id}/captions.vtt"
    )
    assert a_made("video").captions_address == ""


def test_changed_captions_have_another_address_and_the_old_ones_are_gone(video, commit):
    old = file_of(video)
    Attachment.objects.update(captions=CAPTIONS.replace("stay", "go"))
    with commit():
        actions.publish_captions(attachment=video)
    assert file_of(Attachment.objects.get()).read_text().endswith("We go.\n")
    assert not old.exists()


def test_captions_that_are_taken_away_are_gone(video, commit):
    old = file_of(video)
    Attachment.objects.update(captions="")
    with commit():
        actions.publish_captions(attachment=video)
    assert not old.exists()


def test_the_same_captions_of_two_stay_for_the_second(video, commit):
    second = a_made("video", captions=CAPTIONS)
    with commit():
        actions.publish(attachments=[second])
    with commit():
        actions.discard(attachments=[video])
    assert file_of(second).read_text() == CAPTIONS
    with commit():
        actions.discard(attachments=[second])
    assert not file_of(second).exists()


# No page leads to captions without a player


def test_while_a_file_is_made_again_its_captions_are_not_public(video, commit):
    file = file_of(video)
    with commit():
        actions.change_options(attachment=video, options=Options(disguise=True))
    assert not file.exists()
    assert Attachment.objects.get().captions_id == ""
    with commit():
        actions.publish_captions(attachment=video)
    assert not file.exists()
    assert list(checking.find(now=timezone.now())) == []


def test_captions_come_back_with_the_file_that_is_made_again(commit, tmp_path):
    path, file = store.new_upload()
    with file:
        clip = clips.sound(tmp_path / "a.wav", codec="pcm_s16le", seconds=0.5)
        file.write(clip.read_bytes())
    row = actions.receive(upload=path)
    row.captions = CAPTIONS
    row.save()
    with commit():
        actions.publish(attachments=[row])
    assert list(store.public_root().iterdir()) == []
    with commit():
        row = work.make_now(row, tell=lambda _row: None)
    assert file_of(row).read_text() == CAPTIONS


def test_captions_of_a_file_that_is_refused_are_not_public(video, commit):
    file = file_of(video)
    with commit():
        work.refuse(video, "lost", lambda _row: None)
    assert not file.exists()


def test_the_sweep_keeps_them(video):
    late = timezone.now() + timedelta(days=2)
    actions.sweep(now=late, unplaced=Attachment.objects.none())
    assert file_of(video).exists()
