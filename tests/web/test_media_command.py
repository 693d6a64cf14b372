"""`commonwire media`: whether files and rows agree, and renditions made again."""

import os
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from commonwire.changes.models import Change
from commonwire.media import store
from commonwire.media.models import Attachment
from commonwire.media.recipe import RECIPE
from tests.factories import a_picture, a_post
from tests.media.files import a_made, a_waiting

pytestmark = pytest.mark.django_db(transaction=True)
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nWe stay.\n"


def media(*words):
    """What the command says, and whether it failed."""
    out = StringIO()
    try:
        call_command("media", *words, stdout=out, stderr=out)
    except CommandError as error:
        return out.getvalue() + str(error), True
    return out.getvalue(), False


def old(directory):
    os.utime(directory, (0, 0))
    return directory


@pytest.fixture
def picture():
    row = a_picture((700, 500))
    a_post(attachments=(row,))
    return Attachment.objects.get(pk=row.pk)


def test_a_sound_store_has_no_faults(picture):
    a_made("video")
    said, failed = media("check")
    assert (said, failed) == ("0 faults found, 0 left\n", False)


def test_a_missing_rendition_is_made_again(picture):
    (store.public(picture.content_id) / "320.webp").unlink()
    said, failed = media("check")
    assert failed
    assert f"{picture.public_id} 320.webp is missing" in said
    said, failed = media("check", "--mend")
    assert not failed
    assert "made again" in said
    assert media("check") == ("0 faults found, 0 left\n", False)


def test_a_rendition_of_a_wrong_size_is_made_again(picture):
    file = store.public(picture.content_id) / "320.webp"
    file.write_bytes(b"cut")
    assert f"{picture.public_id} 320.webp is not as it was made" in media("check")[0]
    assert not media("check", "--mend")[1]


def test_what_is_lost_is_refused_and_its_page_printed(picture, client):
    for file in store.public(picture.content_id).iterdir():
        file.unlink()
    said, failed = media("check", "--mend")
    assert not failed
    assert "refused" in said
    picture.refresh_from_db()
    assert picture.refusal == "This file was lost on the site; send it once more."
    assert Change.objects.latest("pk").kind == "post.media"


def test_lost_captions_are_laid_down_again():
    video = a_made("video", captions=CAPTIONS)
    a_post(attachments=(video,))
    file = store.public(video.captions_id) / "captions.vtt"
    file.unlink()
    assert not media("check", "--mend")[1]
    assert file.read_text() == CAPTIONS


def test_what_waits_for_nothing_is_refused():
    row = a_waiting("video")
    assert "nothing to make it from" in media("check")[0]
    assert not media("check", "--mend")[1]
    row.refresh_from_db()
    assert row.state == "refused"


def test_what_belongs_to_nothing_is_removed(picture):
    directory = store.public("o" * 22)
    directory.mkdir()
    (directory / "320.jpg").write_bytes(b"x")
    extra = store.public(picture.content_id) / "9999.jpg"
    extra.write_bytes(b"x")
    room = store.make_room("r" * 22)
    for each in (directory, extra.parent, room):
        old(each)
    said, _failed = media("check", "--mend")
    assert "3 faults found, 0 left" in said
    assert not any(each.exists() for each in (directory, extra, room))


def test_an_older_recipe_s_renditions_are_made_again(picture):
    Attachment.objects.update(recipe=RECIPE - 1)
    full = (store.public(picture.content_id) / "original.jpg").read_bytes()
    said, failed = media("again")
    assert (said, failed) == (f"1 files made again by recipe {RECIPE}, 0 not\n", False)
    again = Attachment.objects.get()
    assert again.recipe == RECIPE
    assert (store.public(again.content_id) / "original.jpg").read_bytes() == full
    assert media("check")[1] is False
    assert media("again")[0].startswith("0 files")


def test_the_old_renditions_stay_for_a_while(picture):
    # As if an older recipe had made another set.
    row = Attachment.objects.get()
    row.renditions = [item for item in row.renditions if item["name"] != "320.webp"]
    row.recipe = RECIPE - 1
    row.save()
    (store.public(row.content_id) / "320.webp").unlink()
    room = store.public(row.content_id)
    other = store.public("p" * 22)
    room.rename(other)
    Attachment.objects.update(content_id="p" * 22)
    media("again")
    again = Attachment.objects.get()
    assert "320.webp" in again.names
    assert (store.public(again.content_id) / "320.webp").exists()
    assert (other / "original.jpg").exists()
    assert Change.objects.latest("pk").kind == "post.media"


def test_all_are_made_again_when_that_is_wanted(picture):
    assert media("again", "--all")[0].startswith("1 files")


def test_a_file_that_cannot_be_made_again_stays(picture):
    Attachment.objects.update(recipe=RECIPE - 1)
    (store.public(picture.content_id) / "original.jpg").write_bytes(b"\xff\xd8\xff")
    said, failed = media("again")
    assert failed
    assert "stays as it is" in said
    assert Attachment.objects.get().content_id == picture.content_id
    assert not store.unpublished(picture.public_id).exists()
