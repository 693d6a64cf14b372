"""`commonwire media`: whether files and rows agree, and renditions made again."""

import os
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from PIL import Image

from commonwire.changes.models import Change
from commonwire.kit import progress
from commonwire.media import actions, store
from commonwire.media.exchange import Box, Options
from commonwire.media.models import Attachment
from commonwire.media.recipe import RECIPE
from commonwire.media.workshop import refusal, the_workshop
from commonwire.publishing.actions import files
from tests.factories import a_picture, a_post
from tests.media import clips, papers
from tests.media.files import a_made, a_waiting
from tests.media.pictures import encoded

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


@pytest.mark.parametrize("name", ["320.webp", "640.jpg"])
def test_a_rendition_whose_bytes_have_changed_is_made_again(name, picture):
    file = store.public(picture.content_id) / name
    whole = file.read_bytes()
    damaged = whole[:-200] + b"\0" * 100 + whole[-100:]
    file.write_bytes(damaged)
    assert f"{picture.public_id} {name} is not as it was made" in media("check")[0]
    assert not media("check", "--mend")[1]
    row = Attachment.objects.get()
    assert (store.public(row.content_id) / name).read_bytes() != damaged


def test_a_draft_s_changed_rendition_is_made_again_from_its_master():
    row = a_picture((700, 500))
    file = store.made(row.public_id, row.content_id) / "320.jpg"
    file.write_bytes(file.read_bytes()[:-100] + b"\0" * 100)
    assert "waits to be made again" in media("check", "--mend")[0]


def test_captions_that_were_changed_are_laid_down_again():
    video = a_made("video", captions=CAPTIONS)
    a_post(attachments=(video,))
    file = store.public(video.captions_id) / "captions.vtt"
    file.write_text(CAPTIONS.replace("stay", "go!!"))
    assert not media("check", "--mend")[1]
    assert file.read_text() == CAPTIONS


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


@pytest.mark.parametrize("kind", ["file", "directory", "link"])
def test_strays_among_the_contents_are_removed(kind, picture, tmp_path):
    stray = store.public_root() / {"file": "notes.txt"}.get(kind, "s" * 22)
    if kind == "file":
        stray.write_bytes(b"x")
    elif kind == "link":
        stray.symlink_to(tmp_path)
    else:
        stray.mkdir()
        (stray / "below").mkdir()
        (stray / "below" / "a.jpg").write_bytes(b"x")
    os.utime(stray, (0, 0), follow_symlinks=False)
    assert f"{stray.name} belongs to nothing" in media("check")[0]
    assert not media("check", "--mend")[1]
    assert not os.path.lexists(stray)
    assert tmp_path.exists()


def test_a_directory_among_renditions_is_removed(picture):
    room = store.public(picture.content_id)
    (room / "thumbs").mkdir()
    (room / "thumbs" / "320.jpg").write_bytes(b"x")
    old(room)
    assert "1 fault found, 0 left" in media("check", "--mend")[0]
    assert (room / "original.jpg").exists()
    assert not (room / "thumbs").exists()


def test_a_young_stray_may_still_be_under_way(picture):
    (store.public_root() / ".copy.part").write_bytes(b"x")
    assert media("check") == ("0 faults found, 0 left\n", False)


# What is left when the full-size file is gone


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    path = tmp_path_factory.mktemp("clip") / "a.mp4"
    return clips.video(path, size=(1280, 720), seconds=0.4, tone=None).read_bytes()


def published(content):
    path, file = store.new_upload()
    with file:
        file.write(content)
    row = files.make_now(actions.receive(upload=path))
    return row, a_post(attachments=(row,))


def lose(row, *names):
    for name in names:
        (store.public(row.content_id) / name).unlink()


def test_a_lost_video_is_made_again_from_the_small_one(clip, client):
    row, post = published(clip)
    gone = [name for name in ("video.mp4", "video.webm") if name in row.names]
    lose(row, *gone)
    said, _failed = media("check")
    assert "video.mp4 is missing and can be made again from small.mp4" in said
    said, failed = media("check", "--mend")
    assert (failed, "made again from small.mp4" in said) == (False, True)
    row.refresh_from_db()
    assert (row.width, row.height) == (854, 480)
    for source in row.video_sources:
        assert (store.public_root().parent / source["address"][1:]).exists()
        assert source["address"] in client.get(post.path).content.decode()


def test_a_lost_original_is_made_again_from_the_widest(picture):
    lose(picture, "original.jpg", "320.jpg")
    kept = (store.public(picture.content_id) / "640.jpg").read_bytes()
    assert not media("check", "--mend")[1]
    again = Attachment.objects.get()
    room = store.public(again.content_id)
    assert {path.name for path in room.iterdir()} == set(again.names)
    assert {"original.jpg", "320.jpg"} < set(again.names)
    assert (room / "640.jpg").read_bytes() == kept


@pytest.mark.parametrize("gone", ["animation.mp4", "animation.webp"])
def test_an_animation_is_made_again_from_its_other_form(gone):
    first, *others = (Image.new("RGB", (64, 64), each) for each in ("red", "blue"))
    moving = {"save_all": True, "append_images": others, "duration": 300}
    row, _post = published(encoded(first, "GIF", **moving))
    lose(row, gone)
    assert not media("check", "--mend")[1]
    again = Attachment.objects.get()
    assert {"original.jpg", "animation.mp4", "animation.webp"} <= set(again.names)
    assert media("check") == ("0 faults found, 0 left\n", False)


def test_a_lost_document_says_that_its_author_must_send_it_again(client):
    row, post = published(papers.telling())
    lose(row, "document.pdf")
    assert "document.pdf is missing and nothing is left to make it" in media("check")[0]
    said, failed = media("check", "--mend")
    assert (failed, "its author must send it once more" in said) == (False, True)
    assert not store.public(row.content_id).exists()
    page = client.get(post.path).content.decode()
    assert row.content_id not in page


def test_a_full_disk_costs_no_file_that_is_left(picture, monkeypatch):
    lose(picture, "original.jpg")

    def full(**_):
        raise refusal("unmade")

    monkeypatch.setattr(the_workshop, "make", full)
    said, failed = media("check", "--mend")
    assert (failed, "left as it is" in said) == (True, True)
    assert Attachment.objects.get().is_made
    assert (store.public(picture.content_id) / "640.jpg").exists()


def test_a_draft_s_lost_files_are_made_again_from_its_master():
    row = a_picture((700, 500))
    (store.made(row.public_id, row.content_id) / "320.jpg").write_bytes(b"cut")
    assert "waits to be made again" in media("check", "--mend")[0]
    row = files.make_now(Attachment.objects.get())
    assert (row.is_made, media("check")[1]) == (True, False)


def test_an_older_recipe_s_renditions_are_made_again(picture):
    Attachment.objects.update(recipe=RECIPE - 1)
    full = (store.public(picture.content_id) / "original.jpg").read_bytes()
    said, failed = media("again")
    assert (said, failed) == (f"1 file made again by recipe {RECIPE}, 0 not\n", False)
    again = Attachment.objects.get()
    assert again.recipe == RECIPE
    assert (store.public(again.content_id) / "original.jpg").read_bytes() == full
    assert media("check")[1] is False
    assert media("again")[0].startswith("0 files")


def remade():
    """Made again; where the files lie that an older recipe had made as another set."""
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
    return other


def test_the_old_renditions_stay_for_a_while(picture):
    other, again = remade(), Attachment.objects.get()
    assert "320.webp" in again.names
    assert (store.public(again.content_id) / "320.webp").exists()
    assert (other / "original.jpg").exists()
    assert Change.objects.latest("pk").kind == "post.media"


@pytest.mark.parametrize("taken", ["covered", "withdrawn"])
def test_what_is_covered_or_withdrawn_does_not_stay_at_its_old_address(picture, taken):
    other, again = remade(), Attachment.objects.get()
    if taken == "covered":
        options = Options(covers=(Box(0.1, 0.1, 0.5, 0.5),))
        post = again.placement.post
        files.cover_published(post=post, attachment=again, options=options)
    else:
        actions.discard(attachments=[again])
    assert not other.exists()
    assert not store.public(again.content_id).exists()


def test_notes_of_old_files_go_with_them(picture):
    other, row = remade(), Attachment.objects.get()
    assert store.former(row.public_id) == [other.name]
    old(other)
    actions.sweep(now=timezone.now(), unplaced=Attachment.objects.none())
    assert store.former(row.public_id) == []


def test_all_are_made_again_when_that_is_wanted(picture):
    assert media("again", "--all")[0].startswith("1 file")


def test_making_all_again_can_be_gone_on_with(monkeypatch):
    made_here = [a_picture((60 + number, 50)) for number in range(3)]
    a_post(attachments=tuple(made_here))
    make_again, made = files.make_again, []

    def broken_off(public_id):
        if len(made) == 2:
            raise KeyboardInterrupt
        made.append(public_id)
        return make_again(public_id)

    with monkeypatch.context() as breaking:
        breaking.setattr(files, "make_again", broken_off)
        said, failed = media("again", "--all")
    assert failed
    assert said.startswith("broken off: 2 of 3 files made again")
    assert "`commonwire media again` goes on" in said
    assert media("again")[0].startswith("1 file made again")


def test_where_nobody_sees_a_bar_lines_say_how_far_it_is(picture, capsys, monkeypatch):
    monkeypatch.setattr(progress, "LINE_SECONDS", 0)
    a_post(attachments=(a_picture((60, 50)),))
    media("again", "--all")
    media("check")
    assert capsys.readouterr().err == "1 of 2 files\n" * 2


def test_a_file_that_cannot_be_made_again_stays(picture):
    Attachment.objects.update(recipe=RECIPE - 1)
    (store.public(picture.content_id) / "original.jpg").write_bytes(b"\xff\xd8\xff")
    said, failed = media("again")
    assert failed
    assert "stays as it is" in said
    assert Attachment.objects.get().content_id == picture.content_id
    assert not store.unpublished(picture.public_id).exists()
